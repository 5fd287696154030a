/** `grant`: roles or scopes from the permission snapshot. An unknown snapshot is not a known-empty one. */
import type { ReasonCode } from '../decision.ts';
import { texts, word, type Facts, type Read } from '../facts.ts';
import type { Grant } from '../policy.ts';
import { INTEGRITY, type Milliseconds } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { against, worse, type Rule } from './check.ts';
import { instantOf } from './max-age.ts';
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

const MISSING = 'permission_snapshot_missing';
const STALE = 'permission_snapshot_stale';

/** The code for a part of the snapshot that could not be read. */
function unknown(part: undefined | null): ReasonCode {
  return part === undefined ? MISSING : 'fact_invalid';
}

function testList(grant: Grant, held: Read<readonly string[]>): ReasonCode | undefined {
  if (!held) return unknown(held);
  return granted(grant, held) ? undefined : 'permission_missing';
}

function testIntegrity(facts: Facts): ReasonCode | undefined {
  const { permissions } = facts;
  const integrity = word(permissions ? permissions.integrity : permissions, INTEGRITY);
  if (integrity === null) return 'fact_invalid';
  return integrity === 'signed' ? undefined : MISSING;
}

function testAge(facts: Facts, limit: Milliseconds): ReasonCode | undefined {
  const fetchedAt = instantOf('permissionSnapshot', facts);
  if (typeof fetchedAt !== 'number') return unknown(fetchedAt);
  return facts.olderThan(fetchedAt, limit) ? STALE : undefined;
}

export function compileGrant(grant: Grant): Rule {
  const { maxAge, integrity, onMissing } = grant;
  return {
    test(facts) {
      let code = testList(grant, heldBy(facts, grant));
      if (integrity !== undefined) code = worse(code, testIntegrity(facts));
      if (maxAge !== undefined) code = worse(code, testAge(facts, maxAge));
      return code === MISSING && onMissing === 'readOnly' ? 'read_only' : code;
    },
    measure(facts, code) {
      const fetchedAt = instantOf('permissionSnapshot', facts);
      if (maxAge !== undefined && typeof fetchedAt === 'number' && (code === undefined || code === STALE))
        return against(maxAge, facts.age(fetchedAt));
      return { actual: heldBy(facts, grant), limit: grant.rolesAny ?? grant.rolesAll ?? grant.scopesAll };
    },
  };
}
