import type { Decision, Outcome, ReasonCode } from 'latchkey';
import type { LaneSegment, Segment, Simulation } from 'latchkey/timeline';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UNTIL = 9 * DAY;

/** A decision with one reason, or none. */
export function decisionOf(
  outcome: Outcome,
  code: ReasonCode | null = null,
  obligations: readonly string[] = [],
  warned = false,
): Decision {
  return {
    outcome,
    capability: 'work_order.view',
    reason: code,
    reasons: code === null ? [] : [{ code, path: '/tiers/0/require/0' }],
    remedies: [],
    obligations: obligations.map((type) => ({ type })),
    advice: warned ? [{ type: 'warn', of: 'serverConfirmation', remaining: null }] : [],
    validUntil: null,
    evaluatedAt: 0,
    clockState: 'ok',
    confirmed: false,
    mode: 'enforce',
    policy: { id: 'field-service', version: 1, digest: null },
  };
}

function lane<V extends string>(...starts: readonly (readonly [number, V])[]): readonly LaneSegment<V>[] {
  return starts.map(([from, value], index) => ({ from, to: starts[index + 1]?.[0] ?? UNTIL, value }));
}

function decisions(...starts: readonly (readonly [number, Decision])[]): readonly Segment[] {
  return starts.map(([from, decision], index) => ({ from, to: starts[index + 1]?.[0] ?? UNTIL, decision }));
}

const note = decisions(
  [0, decisionOf('challenge', 'step_up_required')],
  [HOUR / 2, decisionOf('permit', null, ['enqueue'])],
  [12.5 * HOUR, decisionOf('challenge', 'step_up_required')],
  [2 * DAY, decisionOf('deny', 'reauth_required')],
);

/** Nine days with stretches from five minutes to eight days, drawn up by hand so that drawing is tested alone. */
export const simulationOfNineDays: Simulation = {
  start: Date.parse('2026-03-02T08:00:00+01:00'),
  until: UNTIL,
  segments: {
    'work_order.view': decisions(
      [0, decisionOf('permit')],
      [6 * DAY, decisionOf('permit', null, [], true)],
      [7 * DAY, decisionOf('deny', 'reauth_required')],
    ),
    'work_order.note': note,
    'work_order.photo': note,
    'work_order.complete': decisions(
      [0, decisionOf('permit')],
      [HOUR / 6, decisionOf('permit', null, ['enqueue'])],
      [HOUR / 4, decisionOf('deny', 'online_required')],
      [8 * DAY, decisionOf('deny', 'locked')],
    ),
  },
  lanes: {
    authState: lane([0, 'ACTIVE'], [8 * DAY, 'LOCKED']),
    connectivity: lane(
      [0, 'online'],
      [HOUR / 6, 'offline'],
      [4 * DAY, 'limited'],
      [4.1 * DAY, 'offline'],
      [8 * DAY, 'online'],
    ),
    accessToken: lane([0, 'fresh'], [0.97 * HOUR, 'expiring'], [HOUR, 'expired'], [8 * DAY, 'none']),
    refreshToken: lane([0, 'usable'], [8 * DAY, 'none']),
    stepUp: lane<string>([0, 'none'], [HOUR / 2, 'fpt']),
    clock: lane([0, 'ok'], [3 * DAY, 'unproven_forward'], [3.2 * DAY, 'ok'], [5 * DAY, 'rolled_back']),
    schedule: lane<string>([0, 'none']),
    policy: lane<string>([0, 'field-service@1']),
  },
  attempts: [
    {
      at: 2 * HOUR,
      capability: 'work_order.note',
      decision: decisionOf('permit', null, ['enqueue']),
      path: '/events/3',
    },
    {
      at: 3 * DAY,
      capability: 'work_order.complete',
      decision: decisionOf('deny', 'online_required'),
      path: '/events/4',
    },
  ],
  expectations: [],
  marks: [],
  effects: [],
};
