/** `quota`: only so many uses between two confirmations by the server. */
import type { Facts } from '../facts.ts';
import { member, type Read } from '../own.ts';
import type { Quota } from '../policy.ts';
import { tell, unread, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeQuota(written: Written<Quota>, path: string): Quota {
  return { kind: 'quota', path, limit: written.limit, per: written.per };
}

/** Uses already made of the capability asked for; an absent counter is unknown, never 0. */
function used(facts: Facts): Read<number> {
  const value = member(facts.request.usage, facts.asked?.id ?? '');
  if (value === undefined) return undefined;
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

export function compileQuota({ limit }: Quota): Rule {
  return {
    test(facts) {
      const count = used(facts);
      if (count === undefined || count === null) return unread(count);
      return count < limit ? undefined : 'quota_exhausted';
    },
    measure(finding, facts) {
      tell(finding, limit, used(facts));
    },
  };
}
