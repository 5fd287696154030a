/** Each kind of leaf constraint on its own, as sections 5 and 6.1 of the language put it. */
import { refreshToken, accessToken, readOnlyOnWrites } from './credentials.ts';
import type { AgeOf, Assurance, Clock, Device, Grant, Leaf, MaxAge, Online, Quota, Risk } from './document.ts';
import { milliseconds } from './duration.ts';
import { boolean, count, interactive, pastInstant, read, text, texts, word, type Fact } from './facts.ts';
import { schedule } from './schedule.ts';
import { stepUp } from './step-up.ts';
import { SATISFIED, together, unknown, unusable, violated, type Asked, type Verdict } from './verdict.ts';
import { when } from './when.ts';
import { BINDING, CLOCK_STATES, CONNECTIVITY, INTEGRITY, PERSISTENT_STORAGE, RISK, STORAGE } from './words.ts';

export function judge(leaf: Leaf, asked: Asked): Verdict {
  switch (leaf.kind) {
    case 'maxAge':
      return maxAge(leaf, asked);
    case 'online':
      return online(leaf, asked);
    case 'token':
      return leaf.is === 'refreshable' ? refreshToken(asked) : readOnlyOnWrites(accessToken(false, asked), asked);
    case 'stepUp':
      return stepUp(leaf, asked);
    case 'assurance':
      return assurance(leaf, asked);
    case 'grant':
      return grant(leaf, asked);
    case 'schedule':
      return schedule(leaf, asked);
    case 'device':
      return device(leaf, asked);
    case 'quota':
      return quota(leaf, asked);
    case 'clock':
      return clock(leaf, asked);
    case 'risk':
      return risk(leaf, asked);
    case 'when':
      return when(leaf, asked);
  }
}

const AGE_FACTS: Readonly<Record<AgeOf, readonly string[]>> = {
  serverConfirmation: ['session', 'lastConfirmedAt'],
  authTime: ['session', 'authTime'],
  permissionSnapshot: ['permissions', 'fetchedAt'],
  policyIssue: ['policy', 'issuedAt'],
  activity: ['session', 'lastActivityAt'],
};

/** The instant whose age a `maxAge` or a warning asks for. */
export function instantOf(
  of: AgeOf,
  { request, now, tolerance }: Pick<Asked, 'request' | 'now' | 'tolerance'>,
): Fact<number> {
  return pastInstant(read(request, ...AGE_FACTS[of]), now, tolerance);
}

const AGE_MISSING: Readonly<Record<AgeOf, string>> = {
  serverConfirmation: 'never_authenticated',
  authTime: 'fact_missing',
  permissionSnapshot: 'permission_snapshot_missing',
  policyIssue: 'fact_missing',
  activity: 'fact_missing',
};

function maxAge({ of, limit }: MaxAge, asked: Asked): Verdict {
  const at = instantOf(of, asked);
  if (at.is !== 'known') return unusable(at, AGE_MISSING[of]);
  if (asked.now - at.value <= milliseconds(limit)) return SATISFIED;
  if (of === 'permissionSnapshot') return violated('permission_snapshot_stale');
  if (of === 'policyIssue') return violated('policy_expired', 'policyIssue');
  return violated('reauth_required', of);
}

function online({ token }: Online, asked: Asked): Verdict {
  const connectivity = word(read(asked.request, 'connectivity'), CONNECTIVITY);
  if (connectivity.is !== 'known') return unusable(connectivity);
  if (connectivity.value !== 'online') return violated('online_required');
  return token === undefined ? SATISFIED : accessToken(token === 'fresh', asked);
}

function assurance({ acrAny, amrAll }: Assurance, { request }: Asked): Verdict {
  const acr = text(read(request, 'session', 'acr'));
  const amr = texts(read(request, 'session', 'amr'));
  if (acr.is === 'ill' || (amrAll !== undefined && amr.is === 'ill')) return unknown('fact_invalid');
  const acrMet = acr.is === 'known' && acrAny.includes(acr.value);
  const amrMet = amrAll === undefined || (amr.is === 'known' && amrAll.every((each) => amr.value.includes(each)));
  if (acrMet && amrMet) return SATISFIED;
  const connectivity = word(read(request, 'connectivity'), CONNECTIVITY);
  if (connectivity.is !== 'known' || connectivity.value !== 'online') return violated('online_required');
  return violated(interactive(request) ? 'assurance_insufficient' : 'interaction_required');
}

function grant(constraint: Grant, asked: Asked): Verdict {
  const verdict = together([held(constraint, asked), signed(constraint, asked), fetched(constraint, asked)]);
  const becomesReadOnly = constraint.onMissing === 'readOnly' && verdict.is !== 'satisfied';
  return becomesReadOnly && verdict.code === 'permission_snapshot_missing'
    ? { is: verdict.is, code: 'read_only' }
    : verdict;
}

function held({ rolesAny, rolesAll, scopesAll }: Grant, { request }: Asked): Verdict {
  const has = texts(read(request, 'permissions', scopesAll === undefined ? 'roles' : 'scopes'));
  // An absent `permissions` is an absent snapshot, and so is its list.
  if (has.is !== 'known') return unusable(has, 'permission_snapshot_missing');
  const suffices =
    rolesAny === undefined
      ? (rolesAll ?? scopesAll ?? []).every((each) => has.value.includes(each))
      : rolesAny.some((each) => has.value.includes(each));
  return suffices ? SATISFIED : violated('permission_missing');
}

function signed({ integrity }: Grant, { request }: Asked): Verdict {
  if (integrity === undefined) return SATISFIED;
  const found = word(read(request, 'permissions', 'integrity'), INTEGRITY);
  if (found.is !== 'known') return unusable(found, 'permission_snapshot_missing');
  return found.value === 'signed' ? SATISFIED : violated('permission_snapshot_missing');
}

function fetched({ maxAge: limit }: Grant, asked: Asked): Verdict {
  if (limit === undefined) return SATISFIED;
  const at = instantOf('permissionSnapshot', asked);
  if (at.is !== 'known') return unusable(at, 'permission_snapshot_missing');
  return asked.now - at.value <= milliseconds(limit) ? SATISFIED : violated('permission_snapshot_stale');
}

function device({ compliant, storageAtLeast, binding }: Device, { request }: Asked): Verdict {
  const parts: Verdict[] = [];
  if (compliant !== undefined) {
    const found = boolean(read(request, 'device', 'compliant'));
    if (found.is !== 'known') parts.push(unusable(found));
    else parts.push(found.value ? SATISFIED : violated('device_not_compliant'));
  }
  if (storageAtLeast !== undefined) {
    const found = word(read(request, 'device', 'storage'), STORAGE);
    const enough = ['memory', ...PERSISTENT_STORAGE.slice(PERSISTENT_STORAGE.indexOf(storageAtLeast))];
    if (found.is !== 'known') parts.push(unusable(found));
    else parts.push(enough.includes(found.value) ? SATISFIED : violated('storage_insufficient'));
  }
  if (binding !== undefined) {
    const found = word(read(request, 'device', 'binding'), BINDING);
    if (found.is !== 'known') parts.push(unusable(found));
    else parts.push(found.value === 'unchanged' ? SATISFIED : violated('reauth_required', 'deviceBinding'));
  }
  return together(parts);
}

function quota({ limit }: Quota, { request, capability }: Asked): Verdict {
  const used = count(read(request, 'usage', capability.id));
  if (used.is !== 'known') return unusable(used);
  return used.value < limit ? SATISFIED : violated('quota_exhausted');
}

function clock({ is }: Clock, { request }: Asked): Verdict {
  const state = word(read(request, 'clock', 'state'), CLOCK_STATES);
  if (state.is !== 'known') return unusable(state);
  const good = is === 'proven' ? state.value === 'ok' : state.value !== 'rolled_back' && state.value !== 'untrusted';
  return good ? SATISFIED : violated('clock_untrusted');
}

function risk({ atMost }: Risk, { request }: Asked): Verdict {
  const level = word(read(request, 'risk', 'level'), RISK);
  if (level.is !== 'known') return unusable(level);
  return RISK.indexOf(level.value) <= RISK.indexOf(atMost) ? SATISFIED : violated('risk_too_high');
}
