/** What every capability must pass besides its constraints: required facts, the session's state, policy expiry, wipe. */
import type { Capability, Document, Level, Tier } from './document.ts';
import { milliseconds } from './duration.ts';
import { instant, pastInstant, read, usable, word, type Fact } from './facts.ts';
import { AUTH_STATES, CAUSES, CLOCK_STATES, CONNECTIVITY, FRESHNESS, LEVELS } from './words.ts';

export interface GateReason {
  readonly code: string;
  readonly path: string;
  readonly detail?: string;
}

/** What the gates look at. `now` is undefined when the request has none that can be used. */
export interface Arrival {
  readonly document: Document;
  readonly request: unknown;
  readonly now: number | undefined;
  readonly tolerance: number;
  /** Absent: the policy does not list what was asked for. */
  readonly capability?: Capability;
  readonly tier?: Tier;
}

/** The higher of the tier's level and the request's; what cannot be read or is not listed counts as `restricted`. */
export function levelInForce({ request, tier }: Arrival): Level {
  const raised = sensitivityOf(request);
  if (tier === undefined || raised.is === 'ill') return 'restricted';
  const levels = [tier.sensitivity ?? 'restricted', usable(raised) ?? 'public'].map((level) =>
    LEVELS.indexOf(level as Level),
  );
  return LEVELS[Math.max(...levels)] ?? 'restricted';
}

function sensitivityOf(request: unknown): Fact<string> {
  return word(read(request, 'resource', 'sensitivity'), LEVELS);
}

/** The reasons of all gates, in order. Gates that fail alike at one place are one reason. */
export function gates(arrival: Arrival): readonly GateReason[] {
  const { capability } = arrival;
  const all = [
    ...(capability === undefined ? [{ code: 'unknown_capability', path: '' }] : []),
    ...requiredFacts(arrival),
    ...firstSignIn(arrival),
    ...authState(arrival),
    ...policyExpiry(arrival),
    ...overdueWipes(arrival).map(({ path }) => ({ code: 'wipe_pending', path })),
  ];
  return all.filter(
    (reason, index) => index === all.findIndex((each) => each.code === reason.code && each.path === reason.path),
  );
}

function factReason(fact: Fact<unknown>, missing: string): readonly GateReason[] {
  if (fact.is === 'known') return [];
  return [{ code: fact.is === 'missing' ? missing : 'fact_invalid', path: '' }];
}

function requiredFacts({ request }: Arrival): readonly GateReason[] {
  const session = read(request, 'session');
  return [
    ...factReason(instant(read(request, 'now')), 'fact_missing'),
    ...factReason(word(read(request, 'connectivity'), CONNECTIVITY), 'fact_missing'),
    ...factReason(word(read(request, 'clock', 'state'), CLOCK_STATES), 'fact_missing'),
    ...(session.is === 'missing' ? [] : factReason(stateOf(request), 'fact_missing')),
    ...(sensitivityOf(request).is === 'ill' ? [{ code: 'fact_invalid', path: '' }] : []),
  ];
}

function stateOf(request: unknown): Fact<string> {
  return word(read(request, 'session', 'authState'), AUTH_STATES);
}

function firstSignIn(arrival: Arrival): readonly GateReason[] {
  return factReason(confirmation(arrival), 'never_authenticated');
}

/** Without a usable `now` nothing is known to lie too far ahead. */
function confirmation({ request, now, tolerance }: Arrival): Fact<number> {
  return pastInstant(read(request, 'session', 'lastConfirmedAt'), now ?? Infinity, tolerance);
}

function authState(arrival: Arrival): readonly GateReason[] {
  const { request } = arrival;
  const cause = usable(word(read(request, 'session', 'cause'), CAUSES));
  const withCause = cause === undefined ? {} : { detail: cause };
  switch (usable(stateOf(request))) {
    case 'LOCKED':
      return [{ code: 'locked', path: '', ...withCause }];
    case 'SIGNED_OUT':
      return confirmation(arrival).is === 'missing' ? [] : [{ code: 'signed_out', path: '', ...withCause }];
    case 'REAUTH_REQUIRED':
      return reauthRequired(arrival).map((code) => ({ code, path: openingPath(arrival), ...withCause }));
    default:
      return [];
  }
}

/** What `REAUTH_REQUIRED` leaves open of the tier asked for; above `internal` nothing. */
export function opening(arrival: Arrival): 'full' | 'readOnly' | 'locked' {
  const { document, tier } = arrival;
  if (tier === undefined || LEVELS.indexOf(levelInForce(arrival)) > LEVELS.indexOf('internal')) return 'locked';
  const tiers = document.onState?.['REAUTH_REQUIRED']?.tiers ?? {};
  return Object.hasOwn(tiers, tier.id) ? (tiers[tier.id] ?? 'locked') : 'locked';
}

function openingPath({ document, tier }: Arrival): string {
  const tiers = document.onState?.['REAUTH_REQUIRED']?.tiers ?? {};
  return tier !== undefined && Object.hasOwn(tiers, tier.id) ? `/onState/REAUTH_REQUIRED/tiers/${tier.id}` : '';
}

function reauthRequired(arrival: Arrival): readonly string[] {
  switch (opening(arrival)) {
    case 'full':
      return [];
    case 'readOnly':
      return arrival.capability?.access === 'read' ? [] : ['read_only'];
    case 'locked':
      return ['reauth_required'];
  }
}

function policyExpiry(arrival: Arrival): readonly GateReason[] {
  const { request, now, capability } = arrival;
  const expiresAt = instant(read(request, 'policy', 'expiresAt'));
  const freshness = word(read(request, 'policy', 'freshness'), FRESHNESS);
  const invalid = expiresAt.is === 'ill' || freshness.is === 'ill' ? [{ code: 'fact_invalid', path: '' }] : [];
  const passed = expiresAt.is === 'known' && now !== undefined && now >= expiresAt.value;
  if (!passed && usable(freshness) !== 'expired') return invalid;
  const grave = LEVELS.indexOf(levelInForce(arrival)) >= LEVELS.indexOf('confidential');
  const barred = capability?.access !== 'read' || grave;
  return barred ? [...invalid, { code: 'policy_expired', path: '' }] : invalid;
}

interface OverdueWipe {
  readonly path: string;
  /** Due by monotonic evidence too, so that what cannot be undone may be done. */
  readonly proven: boolean;
}

/** The `maxAge` rules of `wipe` that are due by `now`. */
export function overdueWipes(arrival: Arrival): readonly OverdueWipe[] {
  const { document, request, now } = arrival;
  const at = usable(confirmation(arrival));
  if (at === undefined || now === undefined) return [];
  const provenNow = usable(pastInstant(read(request, 'clock', 'provenNow'), now, arrival.tolerance));
  return (document.wipe?.when ?? []).flatMap(({ maxAge }, index) => {
    if (maxAge === undefined || now - at <= milliseconds(maxAge)) return [];
    const proven = provenNow !== undefined && provenNow - at > milliseconds(maxAge);
    return [{ path: `/wipe/when/${index}`, proven }];
  });
}
