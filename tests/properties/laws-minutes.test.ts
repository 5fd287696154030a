import { differs, nextChange, type Request } from 'latchkey';
import { expect } from 'vitest';
import { decideFor, law, RUNS } from './law-pairs.ts';

const MINUTE = 60_000;
const TEN_DAYS = 10 * 24 * 60;

let looked = 0;
law(
  'nothing changes at any minute of ten days before nextChange says so',
  { runs: RUNS, after: () => console.log(`  ${looked} minutes looked at`) },
  ({ program, given }) => {
    const first = decideFor(program, given);
    const { evaluatedAt: now } = first;
    if (now === null) return;
    const change = nextChange(program, given as unknown as Request)?.at ?? Infinity;
    const begin = Math.ceil((now + 1) / MINUTE) * MINUTE;
    const end = Math.min(change, begin + TEN_DAYS * MINUTE, 8.64e15);
    const request = { ...given };
    for (let at = begin; at < end; at += MINUTE) {
      request['now'] = at;
      looked += 1;
      if (differs(first, decideFor(program, request))) expect.fail(`differs ${at - now} ms on, before the change told`);
    }
  },
);
