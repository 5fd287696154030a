/** `grant`: roles or scopes from the permission snapshot. An unknown snapshot is not a known-empty one. */
import type { ReasonCode } from '../decision.ts';
import { texts, word, type Facts, type Read } from '../facts.ts';
import type { Grant } from '../policy.ts';
import { INTEGRITY, type Instant } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { against, worse, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeGrant(written: Written<Grant>, path: string): Grant {
  const { kind, rolesAny, rolesAll, scopesAll, maxAge, integrity, onMissing } = written;
  return {
    kind,
    path,
    ...(rolesAny === undefined ? {} : { rolesAny }),
    ...(rolesAll === undefined ? {} : { rolesAll }),
    ...(scopesAll === undefined ? {} : { scopesAll }),
    ...(maxAge === undefined ? {} : { maxAge: milliseconds(maxAge) }),
    ...(integrity === undefined ? {} : { integrity }),
    onMissing: onMissing ?? 'deny',
  };
}

function heldBy({ permissions }: Facts, { scopesAll }: Grant): Read<readonly string[]> {
  if (!permissions) return permissions;
  return texts(scopesAll === undefined ? permissions.roles : permissions.scopes);
}

function granted({ rolesAny, rolesAll, scopesAll }: Grant, held: readonly string[]): boolean {
  if (rolesAny !== undefined) return rolesAny.some((role) => held.includes(role));
  return (rolesAll ?? scopesAll ?? []).every((name) => held.includes(name));
}

function testList(grant: Grant, held: Read<readonly string[]>): ReasonCode | undefined {
  if (held === undefined) return 'permission_snapshot_missing';
  if (held === null) return 'fact_invalid';
  return granted(grant, held) ? undefined : 'permission_missing';
}

function testIntegrity(facts: Facts): ReasonCode | undefined {
  const { permissions } = facts;
  const integrity = word(permissions ? permissions.integrity : permissions, INTEGRITY);
  if (integrity === null) return 'fact_invalid';
  return integrity === 'signed' ? undefined : 'permission_snapshot_missing';
}

function fetched(facts: Facts): Read<Instant> {
  const { permissions } = facts;
  return facts.past(permissions ? permissions.fetchedAt : permissions);
}

function testAge(facts: Facts, limit: number): ReasonCode | undefined {
  const fetchedAt = fetched(facts);
  if (fetchedAt === undefined) return 'permission_snapshot_missing';
  if (fetchedAt === null) return 'fact_invalid';
  return facts.olderThan(fetchedAt, limit) ? 'permission_snapshot_stale' : undefined;
}

export function compileGrant(grant: Grant): Rule {
  const { maxAge, integrity, onMissing } = grant;
  return {
    test(facts) {
      let code = testList(grant, heldBy(facts, grant));
      if (integrity !== undefined) code = worse(code, testIntegrity(facts));
      if (maxAge !== undefined) code = worse(code, testAge(facts, maxAge));
      return code === 'permission_snapshot_missing' && onMissing === 'readOnly' ? 'read_only' : code;
    },
    measure(facts, code) {
      const wanted = grant.rolesAny ?? grant.rolesAll ?? grant.scopesAll;
      const fetchedAt = fetched(facts);
      const aged = maxAge !== undefined && typeof fetchedAt === 'number' ? facts.age(fetchedAt) : undefined;
      if (maxAge !== undefined && aged !== undefined && (code === undefined || code === 'permission_snapshot_stale'))
        return against(maxAge, aged);
      return { actual: heldBy(facts, grant), limit: wanted };
    },
  };
}
