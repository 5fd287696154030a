/** What outlives the page: the session with its clock record, and the commands that wait for a network. */
import type { Session } from 'latchkey/session';

export interface Command {
  readonly capability: string;
  readonly at: number;
}

export interface Store {
  /** The session as last kept; undefined when there is none. */
  readonly session: () => Promise<Session | undefined>;
  /** Written whole, in one transaction: the clock record is part of it and is never stored apart. */
  readonly keep: (session: Session) => Promise<void>;
  readonly enqueue: (command: Command) => Promise<void>;
  readonly waiting: () => Promise<number>;
}

const KEY = 'session';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store refused'));
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the store gave up'));
  });
}

export async function openStore(): Promise<Store> {
  const opening = indexedDB.open('work-orders', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('sessions');
    opening.result.createObjectStore('commands', { autoIncrement: true });
  };
  const database = await done(opening);
  const reading = (name: string): IDBObjectStore => database.transaction(name).objectStore(name);
  const writing = (name: string): IDBTransaction => database.transaction(name, 'readwrite', { durability: 'strict' });
  return {
    session: () => done(reading('sessions').get(KEY) as IDBRequest<Session | undefined>),
    keep: (session) => {
      const transaction = writing('sessions');
      transaction.objectStore('sessions').put(session, KEY);
      return committed(transaction);
    },
    enqueue: (command) => {
      const transaction = writing('commands');
      transaction.objectStore('commands').add(command);
      return committed(transaction);
    },
    waiting: () => done(reading('commands').count()),
  };
}
