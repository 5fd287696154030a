/** `maxAge`: something happened at most so long ago. */
import type { AgeOf, ReasonCode } from '../decision.ts';
import type { Facts, Read } from '../facts.ts';
import type { MaxAge } from '../policy.ts';
import type { Instant } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { against, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeMaxAge(written: Written<MaxAge>, path: string): MaxAge {
  return { kind: 'maxAge', path, of: written.of, limit: milliseconds(written.limit) };
}

/** When the thing an age is counted from happened. */
export function instantOf(of: AgeOf, facts: Facts): Read<Instant> {
  const { session } = facts;
  switch (of) {
    case 'serverConfirmation':
      return facts.past(facts.lastConfirmedAt);
    case 'authTime':
      return facts.past(session ? session.authTime : session);
    case 'activity':
      return facts.past(session ? session.lastActivityAt : session);
    case 'permissionSnapshot': {
      const { permissions } = facts;
      return facts.past(permissions ? permissions.fetchedAt : permissions);
    }
    case 'policyIssue': {
      const { policy } = facts;
      return facts.past(policy ? policy.issuedAt : policy);
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
      return facts.olderThan(at, limit) ? tooOld : undefined;
    },
    measure(facts, code) {
      const at = instantOf(of, facts);
      if (typeof at !== 'number') return { limit };
      const actual = facts.age(at);
      return code === tooOld && of !== 'permissionSnapshot'
        ? { detail: of, actual, limit, margin: limit - actual }
        : against(limit, actual);
    },
    ageLimit: { of, limit },
  };
}
