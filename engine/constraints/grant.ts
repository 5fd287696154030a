/** `grant`: roles or scopes from the permission snapshot. An unknown snapshot is not a known-empty one. */
import type { ReasonCode } from '../decision.ts';
import { age, olderThan, permissionsOf, type Facts } from '../facts.ts';
import { texts, word, type Owned, type Read } from '../own.ts';
import type { Grant } from '../policy.ts';
import { INTEGRITY, type Instant, type Milliseconds } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { holds, tell, tellTime, worse, type Rule } from './check.ts';
import { fetchedIn } from './max-age.ts';
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

/** What the snapshot lists of the kind asked for: an unread snapshot is as unread as a list of it. */
function heldIn(snapshot: Read<Owned>, { scopesAll }: Grant): Read<readonly string[]> {
  return snapshot && texts(scopesAll === undefined ? snapshot.roles : snapshot.scopes);
}

const MISSING = 'permission_snapshot_missing';
const STALE = 'permission_snapshot_stale';

/** The code for a part of the snapshot that could not be read. */
function unknown(part: undefined | null): ReasonCode {
  return part === undefined ? MISSING : 'fact_invalid';
}

function testList(grant: Grant, held: Read<readonly string[]>): ReasonCode | undefined {
  if (!held) return unknown(held);
  return holds(held, grant.rolesAny, grant.rolesAll ?? grant.scopesAll) ? undefined : 'permission_missing';
}

function testIntegrity(snapshot: Read<Owned>): ReasonCode | undefined {
  const integrity = word(snapshot && snapshot.integrity, INTEGRITY);
  if (integrity === null) return 'fact_invalid';
  return integrity === 'signed' ? undefined : MISSING;
}

function testAge(facts: Facts, fetchedAt: Read<Instant>, limit: Milliseconds): ReasonCode | undefined {
  if (typeof fetchedAt !== 'number') return unknown(fetchedAt);
  return olderThan(facts, fetchedAt, limit) ? STALE : undefined;
}

export function compileGrant(grant: Grant): Rule {
  const { maxAge, integrity, onMissing } = grant;
  return {
    test(facts) {
      const permissions = permissionsOf(facts);
      let code = testList(grant, heldIn(permissions, grant));
      if (integrity !== undefined) code = worse(code, testIntegrity(permissions));
      if (maxAge !== undefined) code = worse(code, testAge(facts, fetchedIn(permissions, facts), maxAge));
      return code === MISSING && onMissing === 'readOnly' ? 'read_only' : code;
    },
    measure(finding, facts, code) {
      const permissions = permissionsOf(facts);
      const fetchedAt = fetchedIn(permissions, facts);
      if (maxAge !== undefined && typeof fetchedAt === 'number' && (code === undefined || code === STALE))
        tellTime(finding, maxAge, age(facts, fetchedAt));
      else tell(finding, grant.rolesAny ?? grant.rolesAll ?? grant.scopesAll, heldIn(permissions, grant));
    },
  };
}
