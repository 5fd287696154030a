/** The simulator's copy: short labels for decisions, lanes, events and controls. Sentences are in `explanation.ts`. */
import type { Policy } from 'latchkey';
import type { Diagnostic } from 'latchkey/load';
import type { ExpectationResult, Lanes } from 'latchkey/timeline';
import { OUTCOMES, REASON_LABELS } from './decision.ts';

export const SIMULATOR = {
  title: 'Simulator',
  timeline: 'Timeline',
  lanes: 'Lanes',
  table: 'Table',
  view: 'View',
  legend: 'Legend',
  events: 'Events',
  session: 'Session',
  capabilities: 'Capabilities',
  checks: 'Expectations',
  scrubber: 'Time on the timeline',
  previousChange: 'Previous change',
  nextChange: 'Next change',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  playback: 'Playback',
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomFit: 'Fit the whole timeline',
  noTimelineTitle: 'No timeline yet',
  noTimelineText:
    'A timeline tells a story of network, sign-ins and events, and shows what this policy decides at every moment of it. Add one as a JSON file in the policy’s timelines folder.',
  noProgramTitle: 'Nothing to simulate yet',
  noProgramText:
    'The policy has problems and there is no earlier valid version to show. Mend them and the lanes appear here by themselves.',
  brokenTitle: 'This timeline cannot run',
  brokenText: 'Mend the timeline document, or choose another one.',
  noCapabilities: 'This policy lists no capability, so every request is denied.',
  why: 'Why',
  requirements: 'What is required',
  noRequirements: 'Nothing is required beyond a confirmed session.',
  nextHeading: 'What changes next',
  helpHeading: 'What would help',
  carryOut: 'The app must',
  advice: 'The app may also show',
  showInDocument: 'Show in the document',
  nothingChanges: 'Nothing changes any more, however long one waits.',
  timePasses: 'a time limit passes',
  met: 'Met',
  unmet: 'Not met',
  spare: 'Not met, and not needed',
  holds: 'Holds',
  fails: 'Fails',
  checkLegend: 'Expectation',
  keys: 'Arrow keys move by 15 minutes, with Shift by an hour; [ and ] jump between changes.',
  showFailing: 'Show the first that fails',
  stop: 'Stop',
  again: 'Simulate again',
} as const;

/** Heads of the table view. */
export const TABLE = {
  caption: 'Every stretch of every lane, capabilities first.',
  from: 'From',
  offset: 'After start',
  lasts: 'Lasts',
  value: 'Shows',
  notes: 'Because of, or the app must',
} as const;

/** How a simulation that takes long is getting on. */
export function runText(
  state: 'done' | 'running' | 'stopped' | 'failed',
  events: number,
  capabilities: number,
): string {
  switch (state) {
    case 'done':
      return '';
    case 'running':
      return `Simulating ${number.format(events)} events on ${number.format(capabilities)} capabilities…`;
    case 'stopped':
      return 'Stopped before the simulation was there.';
    case 'failed':
      return 'The simulation failed. This browser may not have enough memory for it.';
  }
}

const number = new Intl.NumberFormat('en-GB');

/** Which part of a policy a pointer lies in: `Tier B`, `This capability`, `Every capability`. */
export function originOf(policy: Policy, pointer: string): string {
  const [, part, key] = pointer.split('/');
  switch (part) {
    case 'guards':
      return 'Every capability';
    case 'tiers':
      return `Tier ${policy.tiers[Number(key)]?.id ?? key ?? ''}`;
    case 'sensitivity':
      return `${key ?? ''} data`;
    case 'capabilities':
      return 'This capability';
    case 'onState':
      return 'Session state';
    case 'wipe':
      return 'Wipe';
    default:
      return '';
  }
}

/** What happened instead of what was expected, and since when. */
export function happenedText(decision: string, moment: string, before: string): string {
  return `Instead ${decision.toLowerCase()}, since ${moment} (${before} before).`;
}

export type LaneName = keyof Lanes;

/** Lanes of the session, in the order they are drawn. */
export const LANE_LABELS: Readonly<Record<LaneName, string>> = {
  connectivity: 'Network',
  authState: 'Sign-in',
  accessToken: 'Access token',
  refreshToken: 'Refresh token',
  stepUp: 'Step-up',
  clock: 'Device clock',
  schedule: 'Opening hours',
  policy: 'Policy',
};

const LANE_VALUES: Readonly<Partial<Record<LaneName, Readonly<Record<string, string>>>>> = {
  connectivity: { online: 'Online', offline: 'Offline', limited: 'Limited' },
  authState: {
    none: 'Nobody signed in',
    ACTIVE: 'Signed in',
    OFFLINE_STALE: 'Signed in, stale',
    REAUTH_REQUIRED: 'Must sign in again',
    LOCKED: 'Account locked',
    SIGNED_OUT: 'Signed out',
  },
  accessToken: { none: 'None', fresh: 'Fresh', expiring: 'Expiring', expired: 'Expired' },
  refreshToken: { none: 'None', unsent: 'Refused', expired: 'Expired', usable: 'Usable' },
  clock: {
    ok: 'Proven',
    unproven_forward: 'Ahead, unproven',
    unproven_reboot: 'Unproven since reboot',
    rolled_back: 'Set back',
    untrusted: 'Not trusted',
  },
  schedule: { none: 'None', open: 'Open', closed: 'Closed', unknown: 'Time zone not known' },
};

/** A lane's value in words; one the simulator does not know is shown as it is. */
export function laneValue(lane: LaneName, value: string): string {
  if (lane === 'stepUp') return value === 'none' ? 'None' : capitalised(value.split('+').map(methodName).join(' + '));
  return LANE_VALUES[lane]?.[value] ?? value;
}

const METHODS: Readonly<Record<string, string>> = {
  face: 'face',
  fpt: 'fingerprint',
  pin: 'PIN',
  pwd: 'password',
  otp: 'one-time code',
  hwk: 'hardware key',
  swk: 'software key',
  sms: 'text message',
  mfa: 'several factors',
  iris: 'iris',
  vbm: 'voice',
};

/** An authentication method by its everyday name; others by their registered one. */
export function methodName(amr: string): string {
  return METHODS[amr] ?? amr;
}

/** With its first letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The scrubber's value as it is spoken: `Tuesday 18:00, 34 hours after start`. */
export function spokenInstant(moment: string, sinceStart: string): string {
  return `${moment}, ${sinceStart} after start`;
}

/** What a person expects, as a label: `Unlock first`, `Denied`. */
export function expectedText({ outcome, reason, obligations }: ExpectationResult['expected']): string {
  const said = [
    ...(outcome === undefined ? [] : [OUTCOMES[outcome].toLowerCase()]),
    ...(reason === undefined ? [] : [REASON_LABELS[reason].toLowerCase()]),
  ];
  const words = said.filter((word, index) => said.indexOf(word) === index);
  if (obligations !== undefined)
    words.push(obligations.length === 0 ? 'no obligations' : `obliged to ${obligations.join(', ')}`);
  return words.length === 0 ? 'anything' : words.join(', ');
}

/** An expectation in one line: whether it holds, what it says and why. */
export function expectationTitle({ ok, expected }: ExpectationResult): string {
  const because = expected.because === undefined ? '' : ` because ${expected.because}`;
  return `${ok ? 'Holds' : 'Fails'}: expected ${expectedText(expected)}${because}`;
}

/** `All 5 expectations hold`. */
export function expectationSummary(held: number, all: number): string {
  if (all === 0) return 'No expectations';
  if (held === all) return all === 1 ? 'The one expectation holds' : `All ${all} expectations hold`;
  const failed = all - held;
  return `${failed} of ${all} expectations ${failed === 1 ? 'fails' : 'fail'}`;
}

/** An option of the timeline picker: title with pass or fail of its expectations. */
export function timelineOption(title: string, run: TimelineRunWords): string {
  if (run === 'pending') return title;
  if (run === 'broken') return `⚠ ${title} (has problems)`;
  if (run.all === 0) return `${title} (nothing expected)`;
  return run.held === run.all ? `✓ ${title}` : `✗ ${title} (${run.all - run.held} of ${run.all} fail)`;
}

export type TimelineRunWords = 'pending' | 'broken' | { readonly held: number; readonly all: number };

/** Where a problem of a timeline document is: `line 12, column 5 · bad_duration · /events/3/at`. */
export function problemPlace({ line, column, code, pointer }: Diagnostic): string {
  return `line ${line}, column ${column} · ${code}${pointer === '' ? '' : ` · ${pointer}`}`;
}
