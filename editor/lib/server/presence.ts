import { Client } from 'pg';

/** How long somebody who looked counts as being there, in ms: an open page looks every four seconds. */
const LASTS = 15_000;
/** How nodes on one PostgreSQL tell each other who looked. */
const CHANNEL = 'latchkey_presence';
/** How long to wait before listening again, in ms. */
const AGAIN = 5_000;

/** Who looks at which policy now. It is held in memory alone: nothing of it is evidence. */
export interface Presence {
  saw(policy: string, person: string): void;
  /** Ids of everybody else who looked just now, in their order. */
  others(policy: string, person: string): readonly string[];
  stop(): Promise<void>;
}

/** Keeps who is there; with the address of a PostgreSQL, together with all other nodes on it. */
export function openPresence(
  now: () => number,
  url: string | undefined,
  { again = AGAIN }: { readonly again?: number } = {},
): Presence {
  const seen = new Map<string, Map<string, number>>();
  const note = (policy: string, person: string): void => {
    seen.set(policy, new Map(seen.get(policy)).set(person, now()));
  };
  const others = url === undefined ? null : listen(url, again, note);
  return {
    saw(policy, person) {
      note(policy, person);
      others?.tell(policy, person);
    },
    others(policy, person) {
      const there = [...(seen.get(policy) ?? [])].filter(([, at]) => now() - at < LASTS);
      if (there.length === 0) seen.delete(policy);
      else seen.set(policy, new Map(there));
      return there.flatMap(([id]) => (id === person ? [] : [id])).toSorted();
    },
    stop: async () => others?.stop(),
  };
}

/** Hears and tells on a connection of its own. While the database is away, each node knows only of its own visitors. */
function listen(url: string, again: number, hear: (policy: string, person: string) => void) {
  /** Answers questions; null until it listens. */
  let client: Client | null = null;
  let opened: Client;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** What is told as soon as the connection has nothing else to do. */
  const waiting = new Set<string>();
  let telling = false;

  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
    opened = fresh;
    fresh.on('error', () => undefined);
    fresh.on('end', () => {
      client = null;
      if (!stopped) timer = setTimeout(() => void connect(), again).unref();
    });
    fresh.on('notification', ({ payload = '' }) => {
      const [policy, person] = payload.split(' ');
      if (policy !== undefined && person !== undefined) hear(policy, person);
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
    } catch {
      await fresh.end().catch(() => undefined);
    }
  };

  const tellAll = async (): Promise<void> => {
    if (telling) return;
    telling = true;
    try {
      while (client !== null && waiting.size > 0) {
        const all = [...waiting];
        waiting.clear();
        await client.query('select pg_notify($1, told) from unnest($2::text[]) as told', [CHANNEL, all]);
      }
    } catch {
      // Whoever is not told of one look is told of the next.
    } finally {
      telling = false;
    }
  };

  void connect();
  return {
    tell(policy: string, person: string): void {
      if (client === null) return;
      waiting.add(`${policy} ${person}`);
      void tellAll();
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await opened.end().catch(() => undefined);
    },
  };
}
