/**
 * The whole answer by hand: for the requests of the benchmark, member by member what `decide` says, from facts read with as
 * much suspicion, by code that knows one policy; nothing of spoilt facts. It tells what a full decision costs at the least.
 */
import type { Advice, Alternative, Decision, Instant, Obligation, Reason, ReasonCode, Remedy, Request } from 'latchkey';
import { panel, type Contender, type Given } from '../contender.ts';
import { holds, isHeld, isInstant, isPlain, isReadable, isStrong, isTechnician, type Members } from './suspicion.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOLERANCE = 5 * MINUTE;
const EXPIRY_MARGIN = 2 * MINUTE;
const NOTHING: readonly never[] = [];
const TECHNICIAN = ['technician'];
const GROUP = '/tiers/2/require/0';
const READ_ONLY: readonly Obligation[] = [{ type: 'readOnly' }];
const ENQUEUE: readonly Obligation[] = [{ type: 'enqueue' }];
const BANNER: readonly Advice[] = [{ type: 'present', as: 'banner' }];
const BLOCKING: readonly Advice[] = [{ type: 'present', as: 'blocking' }];
const CLEAR_AND_LOCK: readonly Obligation[] = [{ type: 'clearTokens' }, { type: 'lock' }];

/** What is asked for: which of the three it is like, and where the document asks for its role. */
interface Asked {
  readonly like: string;
  readonly rolePath: string;
}

/** A request that was looked at, and what is found out about it. */
interface Sheet {
  readonly request: Members;
  readonly session: Members;
  readonly now: Instant;
  readonly online: boolean;
  readonly clockState: Decision['clockState'];
  reasons: Reason[] | undefined;
  remedies: Remedy[] | undefined;
  alternatives: readonly Alternative[];
  validUntil: number;
}

function add(sheet: Sheet, reason: Reason, remedy: Remedy): void {
  const { reasons, remedies } = sheet;
  if (reasons === undefined) sheet.reasons = [reason];
  else reasons.push(reason);
  if (remedies === undefined) sheet.remedies = [remedy];
  else if (!remedies.includes(remedy)) remedies.push(remedy);
}

/** True while `at` is at most `limit` old; notes when it stops being so. */
function within(sheet: Sheet, at: Instant, limit: number): boolean {
  until(sheet, at + limit + 1);
  return sheet.now - at <= limit;
}

function until(sheet: Sheet, at: Instant): void {
  if (at > sheet.now && at < sheet.validUntil) sheet.validUntil = at;
}

/** An instant that is not from the future; NaN otherwise, which no limit lets through. */
function pastOf(value: unknown, now: Instant): number {
  return isInstant(value) && value - TOLERANCE <= now ? value : NaN;
}

function late(path: string, limit: number, actual: number): Reason {
  return { code: 'reauth_required', path, detail: 'serverConfirmation', actual, limit, margin: limit - actual };
}

function judgeAge(sheet: Sheet, seen: number, path: string, limit: number): void {
  if (!within(sheet, seen, limit)) add(sheet, late(path, limit, Math.max(0, sheet.now - seen)), 'reauthenticate');
}

/** Locked or signed out: nothing is graver. */
function addGone(sheet: Sheet): boolean {
  const { authState } = sheet.session;
  if (authState === 'LOCKED') add(sheet, { code: 'locked', path: '' }, 'contact_admin');
  else if (authState === 'SIGNED_OUT') add(sheet, { code: 'signed_out', path: '' }, 'reauthenticate');
  else return false;
  return true;
}

function addRefused(sheet: Sheet): void {
  if (sheet.session.authState === 'REAUTH_REQUIRED')
    add(sheet, { code: 'reauth_required', path: '' }, 'reauthenticate');
}

/** When a proof by this person, on this boot and with these fingers, was given; NaN for any other. */
function proofAt(proof: unknown, { session, now }: Sheet, device: Members): number {
  if (!isHeld(proof) || !isPlain(proof, proof.at) || proof.sameBoot !== true) return NaN;
  const { subject, biometricEpoch } = proof;
  if (typeof biometricEpoch !== 'string' || biometricEpoch !== device.biometricEpoch) return NaN;
  if (!isHeld(subject) || !isPlain(subject, subject.sub) || typeof subject.sub !== 'string') return NaN;
  const same = subject.sub === session.sub && subject.tenant === session.tenant && subject.iss === session.iss;
  return same ? pastOf(proof.at, now) : NaN;
}

function judgeProofs(sheet: Sheet): void {
  const { stepUps, device, interactive } = sheet.request;
  const [path, limit] = ['/tiers/1/require/1', 12 * HOUR];
  let code: ReasonCode = 'step_up_required';
  let latest = -Infinity;
  if (Array.isArray(stepUps) && isHeld(device) && isPlain(device, device.biometricEpoch))
    for (let i = 0; i < stepUps.length; i++) {
      const proof: unknown = Object.hasOwn(stepUps, i) ? stepUps[i] : undefined;
      const at = proofAt(proof, sheet, device);
      if (Number.isNaN(at)) continue;
      const strong = holds((proof as Members).amr, isStrong);
      if (within(sheet, at, limit)) {
        if (strong) return;
        code = 'assurance_insufficient';
      }
      if (strong) latest = Math.max(latest, at);
    }
  if (interactive !== undefined && interactive !== true) code = 'interaction_required';
  const actual = Math.max(0, sheet.now - latest);
  add(sheet, latest > 0 ? { code, path, actual, limit, margin: limit - actual } : { code, path, limit }, 'step_up');
}

function tokenFailure(sheet: Sheet, path: string): Reason | undefined {
  const { accessToken: token } = sheet.request;
  if (!isHeld(token) || !isPlain(token, token.expiresAt)) return { code: 'token_not_fresh', path };
  const { issuedAt, expiresAt, verified } = token;
  if (!isInstant(expiresAt)) return { code: 'token_not_fresh', path };
  const half = isInstant(issuedAt) ? Math.floor((expiresAt - issuedAt) / 2) : EXPIRY_MARGIN;
  const stale = expiresAt - Math.min(EXPIRY_MARGIN, half);
  until(sheet, stale);
  if (sheet.now < stale && verified === true) return undefined;
  const unverified = verified === undefined ? 'token_unverifiable' : 'token_invalid';
  const code = sheet.now >= stale ? 'token_not_fresh' : unverified;
  return { code, path, actual: sheet.now, limit: expiresAt, margin: expiresAt - sheet.now };
}

function onlineFailure(sheet: Sheet): Reason | undefined {
  const path = `${GROUP}/of/0`;
  if (sheet.online) return tokenFailure(sheet, path);
  return { code: 'online_required', path, actual: sheet.request.connectivity, limit: 'online' };
}

const ONLINE_REMEDIES: Readonly<Partial<Record<ReasonCode, Remedy>>> = {
  online_required: 'connect',
  token_not_fresh: 'refresh',
};

/** Online with a fresh token, or just seen by a trusted clock; of the two the first is always the nearer one. */
function judgeFreshness(sheet: Sheet, seen: number): void {
  const failure = onlineFailure(sheet);
  if (failure === undefined) return;
  const { clockState } = sheet;
  const trusted = clockState !== 'rolled_back' && clockState !== 'untrusted';
  const recent = within(sheet, seen, 5 * MINUTE);
  if (trusted && recent) return;
  const path = `${GROUP}/of/1`;
  const reasons: Reason[] = [];
  if (!trusted) reasons.push({ code: 'clock_untrusted', path: `${path}/of/0`, actual: clockState, limit: 'trusted' });
  if (!recent) reasons.push(late(`${path}/of/1`, 5 * MINUTE, Math.max(0, sheet.now - seen)));
  add(sheet, failure, ONLINE_REMEDIES[failure.code] ?? 'reauthenticate');
  sheet.alternatives = [{ group: GROUP, path, reasons }];
}

function roleFailure(sheet: Sheet, path: string): Reason | undefined {
  const { permissions } = sheet.request;
  const limit = TECHNICIAN;
  if (!isHeld(permissions) || !isPlain(permissions, permissions.fetchedAt) || !Array.isArray(permissions.roles))
    return { code: 'permission_snapshot_missing', path, limit };
  const { roles } = permissions;
  const fetchedAt = pastOf(permissions.fetchedAt, sheet.now);
  const recent = within(sheet, fetchedAt, 48 * HOUR);
  if (!holds(roles, isTechnician)) return { code: 'permission_missing', path, actual: roles, limit };
  const actual = Math.max(0, sheet.now - fetchedAt);
  const most = 48 * HOUR;
  return recent ? undefined : { code: 'permission_snapshot_stale', path, actual, limit: most, margin: most - actual };
}

function judgeComplete(sheet: Sheet, seen: number, rolePath: string): void {
  addGone(sheet);
  const role = roleFailure(sheet, rolePath);
  if (role?.code === 'permission_missing') add(sheet, role, 'contact_admin');
  addRefused(sheet);
  if (role && role.code !== 'permission_missing') add(sheet, role, 'refresh');
  judgeFreshness(sheet, seen);
}

function judge(sheet: Sheet, { like, rolePath }: Asked, seen: number): void {
  if (like === 'work_order.complete') {
    judgeComplete(sheet, seen, rolePath);
    return;
  }
  addGone(sheet);
  if (like === 'work_order.view') {
    judgeAge(sheet, seen, '/tiers/0/require/0', 7 * DAY);
    until(sheet, seen + 6 * DAY + 1);
    return;
  }
  addRefused(sheet);
  judgeAge(sheet, seen, '/tiers/1/require/0', 48 * HOUR);
  judgeProofs(sheet);
}

function obligationsOf({ session, online }: Sheet, like: string, permitted: boolean): readonly Obligation[] {
  if (session.authState === 'LOCKED') return CLEAR_AND_LOCK;
  if (!permitted) return NOTHING;
  if (session.authState === 'REAUTH_REQUIRED') return READ_ONLY;
  return online || like === 'work_order.view' ? NOTHING : ENQUEUE;
}

function shownAs(authState: unknown): readonly Advice[] {
  if (authState === 'OFFLINE_STALE') return BANNER;
  return authState === 'REAUTH_REQUIRED' || authState === 'LOCKED' ? BLOCKING : NOTHING;
}

function adviceOf({ session, now }: Sheet, like: string, permitted: boolean, seen: number): readonly Advice[] {
  const shown = shownAs(session.authState);
  if (!permitted || like !== 'work_order.view' || now - seen <= 6 * DAY) return shown;
  return [{ type: 'warn', of: 'serverConfirmation', remaining: 7 * DAY - Math.max(0, now - seen) }, ...shown];
}

function outcomeOf(reasons: readonly Reason[]): Decision['outcome'] {
  if (reasons.length === 0) return 'permit';
  const asks = reasons.every(({ code }) => code === 'step_up_required' || code === 'assurance_insufficient');
  return asks ? 'challenge' : 'deny';
}

function sheetOf(request: unknown): Sheet | undefined {
  if (!isReadable(request)) return undefined;
  const { session, now, clock } = request;
  return {
    request,
    session,
    now,
    online: request.connectivity === 'online',
    clockState: clock.state,
    reasons: undefined,
    remedies: undefined,
    alternatives: NOTHING,
    validUntil: Infinity,
  };
}

/** Undefined where the facts are spoilt, or what is asked for is not known. */
function decide(request: unknown, asked: Asked | undefined, policy: Decision['policy']): Decision | undefined {
  const sheet = sheetOf(request);
  if (sheet === undefined || asked === undefined) return undefined;
  const seen = pastOf(sheet.session.lastConfirmedAt, sheet.now);
  if (Number.isNaN(seen)) return undefined;
  judge(sheet, asked, seen);
  const { reasons = NOTHING, remedies = NOTHING, alternatives, session, online, now, clockState } = sheet;
  const permitted = reasons.length === 0;
  const decision: { -readonly [Member in keyof Decision]: Decision[Member] } = {
    outcome: outcomeOf(reasons),
    capability: sheet.request.capability as string,
    reason: reasons[0]?.code ?? null,
    reasons,
    remedies,
    obligations: obligationsOf(sheet, asked.like, permitted),
    advice: adviceOf(sheet, asked.like, permitted, seen),
    validUntil: sheet.validUntil === Infinity ? null : sheet.validUntil,
    evaluatedAt: now,
    clockState,
    confirmed: online && session.authState === 'ACTIVE',
    mode: 'enforce',
    policy,
  };
  if (alternatives.length > 0) decision.alternatives = alternatives;
  return decision;
}

/** Answers requests about those capabilities. */
export function decideWhole({
  capabilities,
  policy: { id, version },
}: Given): (request: Request) => Decision | undefined {
  const policy = { id, version, digest: null };
  const asked = new Map(
    capabilities.map(({ id: name, like }, index) => [name, { like, rolePath: `/capabilities/${index}/require/0` }]),
  );
  return (request) => decide(request, asked.get(request.capability), policy);
}

export const handWrittenWhole: Contender = {
  name: 'hand-written, the whole answer',
  file: 'hand-written-whole',
  exported: 'handWrittenWhole',
  imports: "export { handWrittenWhole } from './tests/bench/contenders/hand-written-whole.ts';",
  setUp:
    'The rules as plain code on guard; all that `decide` says, with paths, figures, alternatives, remedies and advice.',
  build(given) {
    const answer = decideWhole(given);
    return panel(
      (request) => request,
      (request) => answer(request)?.outcome === 'permit',
    );
  },
};
