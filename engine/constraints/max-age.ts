/** `maxAge`: something happened at most so long ago. */
import type { AgeOf, ReasonCode } from '../decision.ts';
import { age, olderThan, past, permissionsOf, policyOf, type Facts } from '../facts.ts';
import type { Owned, Read } from '../own.ts';
import type { MaxAge } from '../policy.ts';
import type { Instant } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { tell, tellTime, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeMaxAge(written: Written<MaxAge>, path: string): MaxAge {
  return { kind: 'maxAge', path, of: written.of, limit: milliseconds(written.limit) };
}

export function fetchedIn(snapshot: Read<Owned>, facts: Facts): Read<Instant> {
  return past(facts, snapshot && snapshot.fetchedAt);
}

/** When the thing an age is counted from happened. */
export function instantOf(of: AgeOf, facts: Facts): Read<Instant> {
  const { session } = facts;
  switch (of) {
    case 'serverConfirmation':
      return past(facts, facts.lastConfirmedAt);
    case 'authTime':
      return past(facts, session && session.authTime);
    case 'activity':
      return past(facts, session && session.lastActivityAt);
    case 'permissionSnapshot':
      return fetchedIn(permissionsOf(facts), facts);
    case 'policyIssue': {
      const policy = policyOf(facts);
      return past(facts, policy && policy.issuedAt);
    }
  }
}

const MISSING: Readonly<Partial<Record<AgeOf, ReasonCode>>> & { readonly __proto__: null } = {
  __proto__: null,
  serverConfirmation: 'never_authenticated',
  permissionSnapshot: 'permission_snapshot_missing',
};

const TOO_OLD: Readonly<Partial<Record<AgeOf, ReasonCode>>> & { readonly __proto__: null } = {
  __proto__: null,
  permissionSnapshot: 'permission_snapshot_stale',
  policyIssue: 'policy_expired',
};

export function compileMaxAge({ of, limit }: MaxAge): Rule {
  const tooOld = TOO_OLD[of] ?? 'reauth_required';
  return {
    test(facts) {
      const at = instantOf(of, facts);
      if (at === undefined) return MISSING[of] ?? 'fact_missing';
      if (at === null) return 'fact_invalid';
      return olderThan(facts, at, limit) ? tooOld : undefined;
    },
    measure(finding, facts, code) {
      const at = instantOf(of, facts);
      const detail = code === tooOld && of !== 'permissionSnapshot' ? of : undefined;
      if (typeof at === 'number') tellTime(finding, limit, age(facts, at), detail);
      else tell(finding, limit);
    },
    ageLimit: { of, limit },
  };
}
