/**
 * What a careful developer writes when field-service is the only policy there will ever be: its rules as
 * plain code, trusting the types of the facts. It says every reason, the obligations and how long the
 * answer holds, and nothing of paths, figures, alternatives or remedies.
 */
import type { Instant, ReasonCode, Request, StepUpProof } from 'latchkey';
import { panel, type Contender, type Given } from '../contender.ts';

export interface Answer {
  readonly outcome: 'permit' | 'challenge' | 'deny';
  readonly reasons: readonly ReasonCode[];
  readonly obligations: readonly string[];
  /** The answer holds before this instant while no fact changes; null: for good. */
  readonly validUntil: Instant | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOLERANCE = 5 * MINUTE;
const EXPIRY_MARGIN = 2 * MINUTE;
const NOTHING: readonly never[] = [];
const READ_ONLY = ['readOnly'];
const ENQUEUE = ['enqueue'];
const CLEAR_AND_LOCK = ['clearTokens', 'lock'];

/** Tier A: seen within a week; after a refused refresh, still there to read. */
function permitsView({ now, session }: Request): boolean {
  if (session?.lastConfirmedAt === undefined) return false;
  if (session.authState === 'LOCKED' || session.authState === 'SIGNED_OUT') return false;
  return now - session.lastConfirmedAt <= 7 * DAY;
}

function isOpen(request: Request): boolean {
  const state = request.session?.authState;
  return state === 'ACTIVE' || state === 'OFFLINE_STALE';
}

/** A proof by this person, on this boot and with these fingers, that is not from the future. */
function counts(proof: StepUpProof, { now, session, device }: Request): boolean {
  return (
    proof.at <= now + TOLERANCE &&
    proof.sameBoot &&
    proof.subject.sub === session?.sub &&
    proof.subject.tenant === session.tenant &&
    proof.subject.iss === session.iss &&
    proof.biometricEpoch === device?.biometricEpoch
  );
}

function isStrong(method: string): boolean {
  return method === 'face' || method === 'fpt' || method === 'pin';
}

function permitsNote(request: Request): boolean {
  const { now, session, stepUps = NOTHING } = request;
  if (!isOpen(request) || session?.lastConfirmedAt === undefined) return false;
  if (now - session.lastConfirmedAt > 48 * HOUR) return false;
  for (const proof of stepUps)
    if (now - proof.at <= 12 * HOUR && counts(proof, request) && proof.amr.some(isStrong)) return true;
  return false;
}

function expiryMargin({ issuedAt, expiresAt = 0 }: NonNullable<Request['accessToken']>): number {
  return issuedAt === undefined ? EXPIRY_MARGIN : Math.min(EXPIRY_MARGIN, Math.floor((expiresAt - issuedAt) / 2));
}

function isFreshOnline({ now, connectivity, accessToken: token }: Request): boolean {
  if (connectivity !== 'online' || token?.expiresAt === undefined || token.verified !== true) return false;
  return now < token.expiresAt - expiryMargin(token);
}

function permitsComplete(request: Request): boolean {
  const { now, clock, session, permissions } = request;
  if (!isOpen(request) || session?.lastConfirmedAt === undefined) return false;
  if (permissions?.roles?.includes('technician') !== true) return false;
  if (permissions.fetchedAt === undefined || now - permissions.fetchedAt > 48 * HOUR) return false;
  if (isFreshOnline(request)) return true;
  return clock.state !== 'rolled_back' && clock.state !== 'untrusted' && now - session.lastConfirmedAt <= 5 * MINUTE;
}

/** The answer as yes or no, at the least cost, for a capability like that one. */
function permitsLike(like: string | undefined, request: Request): boolean {
  switch (like) {
    case 'work_order.view':
      return permitsView(request);
    case 'work_order.note':
      return permitsNote(request);
    case 'work_order.complete':
      return permitsComplete(request);
    default:
      return false;
  }
}

/** Gathers what stands in the way, the most serious first because the rules add it in that order. */
class Sheet {
  readonly reasons: ReasonCode[] = [];
  validUntil = Infinity;
  readonly now: Instant;

  constructor(now: Instant) {
    this.now = now;
  }

  /** True while `at` is at most `limit` old; remembers when it stops being so. */
  within(at: Instant, limit: number): boolean {
    this.until(at + limit + 1);
    return this.now - at <= limit;
  }

  until(at: Instant): void {
    if (at > this.now && at < this.validUntil) this.validUntil = at;
  }
}

function addState(sheet: Sheet, { session }: Request, opensReads: boolean): void {
  if (session?.lastConfirmedAt === undefined) sheet.reasons.push('never_authenticated');
  else if (session.authState === 'LOCKED') sheet.reasons.push('locked');
  else if (session.authState === 'SIGNED_OUT') sheet.reasons.push('signed_out');
  else if (session.authState === 'REAUTH_REQUIRED' && !opensReads) sheet.reasons.push('reauth_required');
}

function judgeView(sheet: Sheet, request: Request): void {
  addState(sheet, request, true);
  const seen = request.session?.lastConfirmedAt;
  if (seen === undefined) return;
  if (!sheet.within(seen, 7 * DAY)) sheet.reasons.push('reauth_required');
  sheet.until(seen + 6 * DAY + 1);
}

function judgeNote(sheet: Sheet, request: Request): void {
  addState(sheet, request, false);
  const seen = request.session?.lastConfirmedAt;
  if (seen === undefined || !sheet.within(seen, 48 * HOUR)) sheet.reasons.push('reauth_required');
  let found: ReasonCode | undefined = 'step_up_required';
  for (const proof of request.stepUps ?? NOTHING) {
    if (!counts(proof, request) || !sheet.within(proof.at, 12 * HOUR)) continue;
    if (proof.amr.some(isStrong)) found = undefined;
    else if (found !== undefined) found = 'assurance_insufficient';
  }
  if (found !== undefined) sheet.reasons.push(request.interactive === false ? 'interaction_required' : found);
}

function onlineFailure(sheet: Sheet, { now, connectivity, accessToken: token }: Request): ReasonCode | undefined {
  if (connectivity !== 'online') return 'online_required';
  if (token?.expiresAt === undefined) return 'token_not_fresh';
  const stale = token.expiresAt - expiryMargin(token);
  sheet.until(stale);
  if (now >= stale) return 'token_not_fresh';
  if (token.verified === undefined) return 'token_unverifiable';
  return token.verified ? undefined : 'token_invalid';
}

function rolesFailure({ permissions }: Request): ReasonCode | undefined {
  if (permissions?.roles === undefined) return 'permission_snapshot_missing';
  return permissions.roles.includes('technician') ? undefined : 'permission_missing';
}

function judgeComplete(sheet: Sheet, request: Request): void {
  const { clock, session, permissions } = request;
  const roles = rolesFailure(request);
  const fetchedAt = permissions?.fetchedAt;
  const recent = fetchedAt !== undefined && sheet.within(fetchedAt, 48 * HOUR);
  // The state's own reasons stand before a missing role only when they are graver than `reauth_required`.
  const gone = session?.lastConfirmedAt === undefined || ['LOCKED', 'SIGNED_OUT'].includes(session.authState);
  if (gone) addState(sheet, request, false);
  if (roles === 'permission_missing') sheet.reasons.push(roles);
  if (!gone) addState(sheet, request, false);
  if (roles === 'permission_snapshot_missing') sheet.reasons.push(roles);
  if (!recent && roles === undefined) sheet.reasons.push('permission_snapshot_stale');
  const online = onlineFailure(sheet, request);
  const trusted = clock.state !== 'rolled_back' && clock.state !== 'untrusted';
  const seen = session?.lastConfirmedAt;
  const justSeen = seen !== undefined && sheet.within(seen, 5 * MINUTE) && trusted;
  if (online !== undefined && !justSeen) sheet.reasons.push(online);
}

function outcomeOf(reasons: readonly ReasonCode[]): Answer['outcome'] {
  if (reasons.length === 0) return 'permit';
  const asks = reasons.every((code) => code === 'step_up_required' || code === 'assurance_insufficient');
  return asks ? 'challenge' : 'deny';
}

function obligationsOf(like: string | undefined, request: Request, outcome: Answer['outcome']): readonly string[] {
  const state = request.session?.authState;
  if (state === 'LOCKED') return CLEAR_AND_LOCK;
  if (outcome !== 'permit') return NOTHING;
  if (state === 'REAUTH_REQUIRED') return READ_ONLY;
  return request.connectivity === 'online' || like === 'work_order.view' ? NOTHING : ENQUEUE;
}

/** The answer with every reason, what must be carried out, and how long it holds, for a capability like that one. */
function decideLike(like: string | undefined, request: Request): Answer {
  const sheet = new Sheet(request.now);
  if (like === 'work_order.view') judgeView(sheet, request);
  else if (like === 'work_order.note') judgeNote(sheet, request);
  else if (like === 'work_order.complete') judgeComplete(sheet, request);
  else sheet.reasons.push('unknown_capability');
  const outcome = outcomeOf(sheet.reasons);
  return {
    outcome,
    reasons: sheet.reasons,
    obligations: obligationsOf(like, request, outcome),
    validUntil: sheet.validUntil === Infinity ? null : sheet.validUntil,
  };
}

/** The answer with reasons, for the three capabilities under their own names. */
export function decideByHand(request: Request): Answer {
  return decideLike(request.capability, request);
}

/** Three names are a `switch`; for three hundred, nobody writes more than a table of which is like which. */
export function namesOf({ capabilities, like }: Given): (request: Request) => string | undefined {
  if (capabilities.every((each) => each.id === each.like)) return ({ capability }) => capability;
  return ({ capability }) => like.get(capability);
}

export const handWritten: Contender = {
  name: 'hand-written',
  file: 'hand-written',
  exported: 'handWritten',
  imports: "export { handWritten } from './tests/bench/contenders/hand-written.ts';",
  setUp: 'The rules as plain code; yes or no.',
  build(given) {
    const nameOf = namesOf(given);
    return panel(
      (request) => request,
      (request) => permitsLike(nameOf(request), request),
    );
  },
};

export const handWrittenReasons: Contender = {
  name: 'hand-written, with reasons',
  file: 'hand-written',
  exported: 'handWrittenReasons',
  imports: "export { handWrittenReasons } from './tests/bench/contenders/hand-written.ts';",
  setUp: 'The rules as plain code; the outcome, every reason’s code, the obligations and how long it holds.',
  build(given) {
    const nameOf = namesOf(given);
    return panel(
      (request) => request,
      (request) => decideLike(nameOf(request), request).outcome === 'permit',
    );
  },
};
