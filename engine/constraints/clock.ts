/** `clock`: how far the device's clock can be believed. */
import type { ReasonCode } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Clock } from '../policy.ts';
import { tell, unread, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeClock(written: Written<Clock>, path: string): Clock {
  return { kind: 'clock', path, is: written.is };
}

/** Proven, or at least not caught running backwards and with a record to count from. */
export function testClock({ clockState }: Facts, proven: boolean): ReasonCode | undefined {
  if (clockState === undefined || clockState === null) return unread(clockState);
  const believed = proven ? clockState === 'ok' : clockState !== 'rolled_back' && clockState !== 'untrusted';
  return believed ? undefined : 'clock_untrusted';
}

export function compileClock({ is }: Clock): Rule {
  return {
    test: (facts) => testClock(facts, is === 'proven'),
    measure(finding, facts) {
      tell(finding, is, facts.clockState);
    },
  };
}
