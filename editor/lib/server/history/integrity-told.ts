import type { IntegrityProgress, IntegrityTold } from '$lib/state/integrity.ts';
import { may, type Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { history as words } from '$lib/words/history.ts';
import { checkIntegrity, integrity, type Integrity } from './integrity.ts';

/** Problems that are named; where there are more, everything is to be looked at. */
const NAMED = 50;

/** The badge. */
export async function integrityTold(store: Store, at: number): Promise<IntegrityTold> {
  return told(await integrity(store, at));
}

/** A check that runs now, line by line as JSON: how far it is, and at the end what it found. Throws Refusal, at once. */
export function checkedNow(store: Store, by: Person, at: number): ReadableStream<Uint8Array> {
  if (!may(by, 'audit')) throw new Refusal(403, 'not_allowed', words.notAllowed);
  // Whoever asked may go away; the check goes on for the others.
  let listening = true;
  return new ReadableStream({
    async start(controller) {
      const write = (line: object): void => {
        if (listening) controller.enqueue(Buffer.from(`${JSON.stringify(line)}\n`));
      };
      try {
        write({ told: told(await checkIntegrity(store, at, (progress: IntegrityProgress) => write({ progress }))) });
        if (listening) controller.close();
      } catch (error) {
        if (listening) controller.error(error);
      }
    },
    cancel() {
      listening = false;
    },
  });
}

function told({ verification, checkedAt }: Integrity): IntegrityTold {
  const { problems, size, rows, signedSize } = verification;
  return {
    ...{ entries: size, rows, signed: signedSize, checkedAt },
    problems: problems.slice(0, NAMED),
    count: problems.length,
  };
}
