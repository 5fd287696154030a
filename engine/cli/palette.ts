/**
 * How a decision looks, in the terminal and in a drawing: one family for every kind of answer a person can
 * act on differently, each with its own letter, fill, colour and pattern. Letters are unique.
 */
import type { Decision, Outcome, ReasonCode } from '../decision.ts';
import type { Milliseconds } from '../request.ts';
import type { Lanes, Segment } from '../timeline/simulation.ts';

/** Hatchings of the drawing; no two families of one outcome share one. */
export type Pattern = 'plain' | 'dots' | 'rising' | 'falling' | 'cross' | 'level' | 'upright' | 'grid';

export interface Family {
  readonly letter: string;
  readonly words: string;
  /** One of the terminal's 256 colours; black is readable on each. */
  readonly paper: number;
  /** The drawing's background and, darker, its pattern. */
  readonly colour: string;
  readonly line: string;
  readonly pattern: Pattern;
}

const family = (
  letter: string,
  words: string,
  paper: number,
  pattern: Pattern,
  colour: string,
  line: string,
): Family => ({
  letter,
  words,
  paper,
  pattern,
  colour,
  line,
});

const PERMITTED = {
  plain: family('P', 'permitted', 114, 'plain', '#cdebd0', '#3f8f4c'),
  queued: family('Q', 'permitted, queued until the server takes it', 79, 'dots', '#c3ebe3', '#2b8a78'),
  readOnly: family('V', 'permitted, for viewing only', 151, 'level', '#dfeed1', '#6b8f3a'),
  warned: family('W', 'permitted, with a warning', 185, 'upright', '#f0efb4', '#8f8a1f'),
} as const;

const REFUSED = {
  stepUp: family('S', 'unlock to continue', 221, 'rising', '#ffe3a6', '#a86f00'),
  stronger: family('A', 'sign in with a stronger method', 215, 'falling', '#ffd2a3', '#b25a00'),
  connect: family('O', 'needs a connection', 111, 'rising', '#cfe0fb', '#3467b8'),
  signIn: family('R', 'sign in again', 210, 'falling', '#fbd0cd', '#b5382f'),
  never: family('N', 'nobody has signed in yet', 250, 'level', '#e3e3e3', '#7a7a7a'),
  locked: family('L', 'locked', 203, 'cross', '#f5b5b5', '#8f1d1d'),
  permission: family('M', 'permission missing or unknown', 176, 'grid', '#ecd2f1', '#86449a'),
  device: family('D', 'device or risk not acceptable', 174, 'upright', '#f3d3d8', '#9c4253'),
  clock: family('K', 'clock not trusted', 180, 'cross', '#ead9c3', '#80592a'),
  token: family('T', 'token expired or not acceptable', 147, 'dots', '#d9d7f7', '#564fb0'),
  hours: family('H', 'outside the allowed hours', 109, 'level', '#d0e1e6', '#396f80'),
  quota: family('U', 'used up', 144, 'grid', '#e5e3c8', '#7b7539'),
  condition: family('F', 'a condition is not met or a fact is missing', 182, 'falling', '#efd8ea', '#96548a'),
  policy: family('Y', 'policy missing, invalid or expired', 139, 'upright', '#e0d0e2', '#6f4675'),
  unknown: family('X', 'not in this policy', 246, 'cross', '#d5d5d5', '#5c5c5c'),
  fault: family('E', 'could not be decided', 196, 'grid', '#f2a3a3', '#7d0000'),
} as const;

const FAMILY_OF_CODE: Readonly<Record<ReasonCode, Family>> = {
  engine_error: REFUSED.fault,
  locked: REFUSED.locked,
  wipe_pending: REFUSED.locked,
  signed_out: REFUSED.signIn,
  never_authenticated: REFUSED.never,
  account_mismatch: REFUSED.signIn,
  policy_missing: REFUSED.policy,
  policy_invalid: REFUSED.policy,
  policy_rollback: REFUSED.policy,
  policy_equivocation: REFUSED.policy,
  policy_expired: REFUSED.policy,
  unknown_capability: REFUSED.unknown,
  fact_missing: REFUSED.condition,
  fact_invalid: REFUSED.condition,
  permission_missing: REFUSED.permission,
  device_not_compliant: REFUSED.device,
  storage_insufficient: REFUSED.device,
  risk_too_high: REFUSED.device,
  clock_untrusted: REFUSED.clock,
  reauth_required: REFUSED.signIn,
  permission_snapshot_missing: REFUSED.permission,
  permission_snapshot_stale: REFUSED.permission,
  condition_not_met: REFUSED.condition,
  read_only: REFUSED.token,
  token_expired: REFUSED.token,
  token_invalid: REFUSED.token,
  token_unverifiable: REFUSED.token,
  online_required: REFUSED.connect,
  token_not_fresh: REFUSED.connect,
  outside_schedule: REFUSED.hours,
  schedule_unresolvable: REFUSED.hours,
  quota_exhausted: REFUSED.quota,
  assurance_insufficient: REFUSED.stronger,
  interaction_required: REFUSED.stepUp,
  step_up_failed: REFUSED.stepUp,
  step_up_required: REFUSED.stepUp,
  obligation_unsupported: REFUSED.policy,
};

/** The family of a decision: of its primary reason, or of what its permit comes with. */
export function familyOf(decision: Decision): Family {
  if (decision.reason !== null) return FAMILY_OF_CODE[decision.reason];
  if (decision.advice.some((advice) => advice.type === 'warn')) return PERMITTED.warned;
  const types = decision.obligations.map((obligation) => obligation.type);
  if (types.includes('readOnly')) return PERMITTED.readOnly;
  return types.includes('enqueue') ? PERMITTED.queued : PERMITTED.plain;
}

/** A stretch in which a capability's decisions look the same; what else changes in it does not change the picture. */
export interface Look {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly family: Family;
  readonly outcome: Outcome;
  /** Primary reasons, in the order they come up. */
  readonly codes: readonly ReasonCode[];
}

/** The looks of a lane, neighbours with one outcome and family joined. */
export function looksOf(segments: readonly Segment[]): readonly Look[] {
  const looks: Look[] = [];
  for (const { from, to, decision } of segments) {
    const { outcome, reason } = decision;
    const family = familyOf(decision);
    const last = looks.at(-1);
    if (last?.family === family && last.outcome === outcome) {
      const codes = reason === null || last.codes.includes(reason) ? last.codes : [...last.codes, reason];
      looks.splice(-1, 1, { ...last, to, codes });
    } else looks.push({ from, to, family, outcome, codes: reason === null ? [] : [reason] });
  }
  return looks;
}

/** Every family, in the order legends list them. */
export const FAMILIES: readonly Family[] = [...Object.values(PERMITTED), ...Object.values(REFUSED)];

/** What fills a run of cells after its letter, so that a lane reads without colour. */
export const FILLS: Readonly<Record<Outcome, string>> = { permit: '━', challenge: '┅', deny: '░' };

/** The state lanes with their titles, in the order they are drawn. */
const STATE_LANES = [
  ['connectivity', 'connectivity'],
  ['authState', 'auth state'],
  ['accessToken', 'access token'],
  ['refreshToken', 'refresh token'],
  ['stepUp', 'step-up'],
  ['clock', 'clock'],
  ['schedule', 'schedule'],
  ['policy', 'policy'],
] as const satisfies readonly (readonly [keyof Lanes, string])[];

/** The state lanes to draw; opening hours only where there are some. */
export function stateLanesOf({ schedule }: Lanes): readonly (typeof STATE_LANES)[number][] {
  const scheduled = schedule.some(({ value }) => value !== 'none');
  return STATE_LANES.filter(([lane]) => lane !== 'schedule' || scheduled);
}

/** How a value of a state lane looks: grey for the ordinary, and more colour the more it takes away. */
export interface Tone {
  readonly paper: number;
  readonly colour: string;
  readonly line: string;
}

const NOTHING: Tone = { paper: 253, colour: '#f4f4f4', line: '#9a9a9a' };
const FINE: Tone = { paper: 152, colour: '#e2eef0', line: '#5b8890' };
const WATCH: Tone = { paper: 223, colour: '#fdeecb', line: '#a9822f' };
const LOST: Tone = { paper: 217, colour: '#f9dad7', line: '#ad5049' };

const TONES: ReadonlyMap<string, Tone> = new Map([
  ...['none'].map((value) => [value, NOTHING] as const),
  ...['OFFLINE_STALE', 'limited', 'offline', 'expiring', 'unproven_forward', 'unproven_reboot', 'unsent', 'closed'].map(
    (value) => [value, WATCH] as const,
  ),
  ...['REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT', 'expired', 'rolled_back', 'untrusted', 'unknown'].map(
    (value) => [value, LOST] as const,
  ),
]);

/** The tone of a state lane's value; ordinary for a word that is not listed. */
export function toneOf(value: string): Tone {
  return TONES.get(value) ?? FINE;
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['none', '·'],
  ['offline', 'x'],
  ['expired', 'x'],
  ['closed', 'x'],
  ['unknown', '?'],
  ['unsent', 'n'],
  ['unproven_forward', 'w'],
  ['unproven_reboot', 'b'],
]);
const OTHERS = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A letter for each value of a state lane, for where its word has no room: its own if it has one, else the first of its
 * word, or of all, that no value before it has. The same letter may mean something else in another lane.
 */
export function lettersOf(values: readonly string[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set<string>();
  for (const value of new Set(values)) {
    // A policy's version says more than the name that all of them share.
    const word = LETTERS.get(value) ?? value.slice(value.lastIndexOf('@') + 1).replaceAll(/[^\w]/g, '');
    const letter = [...word, ...OTHERS].find((each) => !taken.has(each)) ?? '+';
    letters.set(value, letter);
    taken.add(letter);
  }
  return letters;
}

/** What the letters of one state lane mean, as a legend says it: `o online`. */
export interface Meanings {
  readonly title: string;
  readonly meanings: readonly string[];
}

/** A lane whose values `shortened` are drawn as letters; none if they are not. */
export function meaningsOf(
  title: string,
  values: readonly string[],
  shortened: readonly string[],
): readonly Meanings[] {
  const letters = lettersOf(values);
  const meanings = [...letters]
    .filter(([value]) => shortened.includes(value))
    .map(([value, each]) => `${each} ${value}`);
  return meanings.length === 0 ? [] : [{ title, meanings }];
}
