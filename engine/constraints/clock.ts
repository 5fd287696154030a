/** `clock`: how far the device's clock can be believed. */
import type { Facts } from '../facts.ts';
import type { Clock } from '../policy.ts';
import { unread, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeClock(written: Written<Clock>, path: string): Clock {
  return { kind: 'clock', path, is: written.is };
}

/** Not caught running backwards, and with a record to count from. */
function trusted(facts: Facts): boolean {
  return facts.clockState !== 'rolled_back' && facts.clockState !== 'untrusted';
}

export function compileClock({ is }: Clock): Rule {
  return {
    test(facts) {
      if (facts.clockState === undefined || facts.clockState === null) return unread(facts.clockState);
      const believed = is === 'proven' ? facts.clockState === 'ok' : trusted(facts);
      return believed ? undefined : 'clock_untrusted';
    },
    measure(facts) {
      return { actual: facts.clockState, limit: is };
    },
  };
}
