import { readFileSync } from 'node:fs';
import { compile, type Constraint, type Decision, type Explanation, type Milliseconds, type Policy } from 'latchkey';
import { load } from 'latchkey/load';
import { messageOf } from 'latchkey/messages';
import type { SessionEvent } from 'latchkey/session';
import { constraintAt } from '$lib/state/constraints.ts';
import { decisionLabel, decisionTitle, helpTexts } from '$lib/words/decision.ts';
import { eventCause, eventLabel } from '$lib/words/events.ts';
import { sentenceOf } from '$lib/words/explanation.ts';
import { lengthText, offsetText, spokenLength, WallClock } from '$lib/words/moments.ts';
import { expectationSummary, laneValue, originOf, spokenInstant, timelineOption } from '$lib/words/simulator.ts';
import { lapseText, onOrAfter, turnText, whenText } from '$lib/words/upcoming.ts';
import { describe, expect, test } from 'vitest';

const MINUTE: Milliseconds = 60_000;
const HOUR: Milliseconds = 60 * MINUTE;
const DAY: Milliseconds = 24 * HOUR;

describe('a length', () => {
  test.each([
    [0, '0 s'],
    [1, '1 ms'],
    [1500, '1 s 500 ms'],
    [90_000, '1 min 30 s'],
    [34 * HOUR, '34 h'],
    [48 * HOUR + 1, '48 h'],
    [24 * HOUR - 1, '24 h'],
    [71 * HOUR + 30 * MINUTE, '71 h 30 min'],
    [7 * DAY, '7 days'],
    [6 * DAY + 4 * HOUR + 30 * MINUTE, '6 days 4 h'],
    [-2 * HOUR, '2 h'],
  ])('of %i ms reads as %s', (length, text) => {
    expect(lengthText(length)).toBe(text);
  });

  test.each([
    [HOUR, '1 hour'],
    [34 * HOUR, '34 hours'],
    [8 * DAY + HOUR, '8 days 1 hour'],
    [0, '0 seconds'],
  ])('of %i ms is spoken as %s', (length, text) => {
    expect(spokenLength(length)).toBe(text);
  });

  test.each([
    [0, '+0s'],
    [3 * HOUR + 12 * MINUTE, '+3h12m'],
    [DAY + 10 * HOUR, '+1d10h'],
    [48 * HOUR + 1, '+2d1ms'],
  ])('of %i ms after the start is written as %s', (offset, text) => {
    expect(offsetText(offset)).toBe(text);
  });
});

describe('a wall clock', () => {
  const berlin = new WallClock('Europe/Berlin');
  const evening = Date.parse('2026-03-03T18:00:00+01:00');

  test('reads instants in its zone, seconds only where there are some', () => {
    expect(berlin.moment(evening)).toBe('Tue 3 Mar, 18:00');
    expect(berlin.moment(evening + 7000)).toBe('Tue 3 Mar, 18:00:07');
    expect(berlin.moment(evening + 1)).toBe('Tue 3 Mar, 18:00');
    expect(berlin.seconds(evening + 1)).toBe(':00.001');
    expect(spokenInstant(berlin.spoken(evening), spokenLength(34 * HOUR))).toBe('Tuesday 18:00, 34 hours after start');
  });

  test('reads an unknown zone and none at all as UTC, and says so', () => {
    for (const zone of [undefined, 'Mars/Olympus']) {
      const clock = new WallClock(zone);
      expect(clock.timeZone).toBe('UTC');
      expect(clock.moment(evening)).toBe('Tue 3 Mar, 17:00');
    }
  });

  test('finds the instant of a wall time on both sides of a change of the clocks', () => {
    for (const local of ['2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', '2026-10-26T00:00:00+01:00']) {
      const wall = Date.parse(`${local.slice(0, 19)}Z`);
      expect(berlin.instantOf(wall)).toBe(Date.parse(local));
    }
  });
});

describe('a sentence about a requirement', () => {
  const maxAge: Constraint = { kind: 'maxAge', path: '/p', of: 'serverConfirmation', limit: 48 * HOUR };
  const stepUp: Constraint = {
    kind: 'stepUp',
    path: '/p',
    amrAny: ['face', 'fpt', 'pin'],
    maxAge: 12 * HOUR,
    surviveReboot: false,
  };
  const technician: Constraint = { kind: 'grant', path: '/p', rolesAny: ['technician'], onMissing: 'deny' };
  const hours: Constraint = { kind: 'schedule', path: '/p', timeZone: 'UTC', windows: [], except: [] };
  const managed: Constraint = { kind: 'device', path: '/p', compliant: true };
  const fresh: Constraint = { kind: 'online', path: '/p', token: 'fresh' };

  const told = (constraint: Constraint, found: Partial<Explanation>): string => {
    const { text, detail } = sentenceOf({ kind: constraint.kind, path: '/p', met: false, ...found }, constraint);
    return detail === undefined ? text : `${text}; ${detail}`;
  };

  test.each<[Constraint, Partial<Explanation>, string]>([
    [maxAge, { met: true, actual: 34 * HOUR }, 'Server confirmed the session 34 h ago; limit 48 h — 14 h left'],
    [
      maxAge,
      { code: 'reauth_required', actual: 50 * HOUR },
      'Server confirmed the session 50 h ago; limit 48 h — 2 h over',
    ],
    [
      maxAge,
      { code: 'reauth_required', actual: 48 * HOUR + 1 },
      'Server confirmed the session 48 h ago; limit 48 h — 1 ms over',
    ],
    [maxAge, { code: 'never_authenticated' }, 'The server has never confirmed a session; limit 48 h'],
    [stepUp, { met: true, actual: 0 }, 'Unlocked with face, fingerprint or PIN just now; limit 12 h — 12 h left'],
    [stepUp, { code: 'step_up_required' }, 'Not unlocked yet with face, fingerprint or PIN; asked for within 12 h'],
    [stepUp, { code: 'assurance_insufficient' }, 'Unlocked, but not with face, fingerprint or PIN'],
    [technician, { met: true, actual: ['technician'], limit: ['technician'] }, 'Has the role technician'],
    [technician, { code: 'permission_missing', actual: [] }, 'Lacks the role technician; has none'],
    [
      technician,
      { code: 'permission_missing', actual: ['viewer', 'clerk'] },
      'Lacks the role technician; has viewer and clerk',
    ],
    [
      { ...technician, maxAge: 48 * HOUR },
      { met: true, actual: HOUR, limit: 48 * HOUR },
      'Has the role technician; fetched 1 h ago; limit 48 h — 47 h left',
    ],
    [hours, { met: true }, 'Within opening hours in UTC'],
    [hours, { code: 'outside_schedule' }, 'Outside opening hours in UTC'],
    [managed, { met: true, actual: true, limit: true }, 'Device is managed as required'],
    [managed, { code: 'device_not_compliant', actual: false, limit: true }, 'Device is not managed as required'],
    [
      { ...managed, storageAtLeast: 'os', binding: 'unchanged' },
      { met: true, actual: true, limit: true },
      'Device is managed as required, stores data safely enough and is still the one that signed in; storage needed: at least protected by the operating system',
    ],
    [
      { ...managed, storageAtLeast: 'hardware' },
      { code: 'storage_insufficient', actual: 'plain', limit: 'hardware' },
      'Device does not store data safely enough; storage: not protected; needed: at least protected by hardware',
    ],
    [
      { ...managed, binding: 'unchanged' },
      { code: 'reauth_required', actual: 'changed', limit: 'unchanged' },
      'Device is not the one that signed in',
    ],
    [fresh, { code: 'online_required', actual: 'offline' }, 'Device is offline; a connection is required'],
    [
      fresh,
      { met: true, actual: 0, limit: 43 * MINUTE, margin: 43 * MINUTE },
      'Device is online with a fresh access token; expires in 43 min',
    ],
    [
      { kind: 'clock', path: '/p', is: 'trusted' },
      { code: 'clock_untrusted', actual: 'rolled_back' },
      'Device clock cannot be trusted; clock: set back',
    ],
  ])('of %j with %j', (constraint, found, sentence) => {
    expect(told(constraint, found)).toBe(sentence);
  });

  test.each(['fact_missing', 'fact_invalid'] as const)('claims nothing about what could not be read: %s', (code) => {
    expect(told(maxAge, { code })).toBe(messageOf({ code, path: '/p' }));
  });

  test('shows how much of a limit is used up', () => {
    const { used } = sentenceOf({ kind: 'maxAge', path: '/p', met: true, actual: 12 * HOUR }, maxAge);
    expect(used).toBe(0.25);
  });

  test('of a gate gives its cause', () => {
    const gate: Explanation = {
      kind: 'gate',
      path: '',
      met: false,
      code: 'reauth_required',
      detail: 'sessionRevoked',
    };
    expect(sentenceOf(gate, undefined).detail).toBe('the session was revoked');
  });

  test.each([
    [hours, 'the opening hours end'],
    [maxAge, 'the 48 h limit since the server last confirmed the session passes'],
    [stepUp, 'the unlock with face, fingerprint or PIN becomes older than 12 h'],
    [fresh, 'the access token is no longer fresh'],
    [undefined, 'a time limit passes'],
  ])('of %j says why time ends it', (constraint, text) => {
    expect(lapseText(constraint, false)).toBe(text);
  });
});

const decision = (change: Partial<Decision>): Decision => ({
  outcome: 'permit',
  capability: 'work_order.note',
  reason: null,
  reasons: [],
  remedies: [],
  obligations: [],
  advice: [],
  validUntil: null,
  evaluatedAt: 0,
  clockState: 'ok',
  confirmed: false,
  mode: 'enforce',
  policy: { id: 'field-service', version: 1, digest: null },
  ...change,
});
const permit = decision({});
const queued = decision({ obligations: [{ type: 'enqueue' }] });
const unlock = decision({
  outcome: 'challenge',
  reason: 'step_up_required',
  reasons: [{ code: 'step_up_required', path: '/b' }],
  remedies: ['step_up'],
});
const again = decision({
  outcome: 'deny',
  reason: 'reauth_required',
  reasons: [{ code: 'reauth_required', path: '/a' }],
});
const both = decision({ ...again, reasons: [...again.reasons, ...unlock.reasons] });

describe('a decision', () => {
  test('has a label and a title', () => {
    expect([permit, queued, unlock, again].map(decisionLabel)).toEqual([
      'Allowed',
      'Allowed, queued',
      'Unlock first',
      'Sign in again',
    ]);
    expect([permit, unlock, again].map(decisionTitle)).toEqual(['Allowed', 'Unlock first', 'Denied: sign in again']);
  });

  test('turns into another in words', () => {
    expect(turnText(permit, again)).toBe('Becomes denied (sign in again)');
    expect(turnText(again, permit)).toBe('Becomes allowed');
    expect(turnText(permit, unlock)).toBe('Asks for an unlock');
    expect(turnText(permit, queued)).toBe('Stays allowed, as: allowed, queued');
    expect(turnText(again, both)).toBe('Stays denied, now also: unlock first');
    expect(turnText(both, again)).toBe('Stays denied, no longer: unlock first');
  });

  test('names the methods that would help', () => {
    expect(helpTexts(unlock, 'fingerprint or PIN')).toEqual(['Unlock with fingerprint or PIN']);
    expect(helpTexts(unlock, undefined)).toEqual(['Unlock with a fingerprint, a face or a PIN']);
  });

  test('changes on a moment, or just after an inclusive limit', () => {
    expect(onOrAfter(HOUR)).toBe('on');
    expect(onOrAfter(HOUR + 1)).toBe('just after');
    expect(whenText(3 * HOUR, HOUR, DAY)).toBe('in 2 h');
    expect(whenText(2 * DAY, HOUR, DAY)).toBe('in 47 h, after the end of this timeline');
  });
});

describe('an event', () => {
  test.each<[SessionEvent, string, string]>([
    [{ type: 'connectivity-change', to: 'offline' }, 'Goes offline', 'the device goes offline'],
    [{ type: 'step-up', result: 'ok', amr: ['fpt'] }, 'Fingerprint', 'the person unlocks with fingerprint'],
    [{ type: 'step-up', result: 'failed', amr: ['pin'] }, 'PIN failed', 'the unlock does not succeed'],
    [{ type: 'token-refresh', result: 'invalid' }, 'Refresh refused', 'refreshing the session fails'],
    [{ type: 'clock-change', delta: -2 * HOUR }, 'Clock back 2 h', 'the device clock is set back by 2 h'],
    [{ type: 'permission-snapshot', roles: [], integrity: 'signed' }, 'Permissions: none', 'new permissions arrive'],
    [{ type: 'attempt', capability: 'note' }, 'Tries Add a note', 'the capability is used'],
    [{ type: 'account-disabled' }, 'Account disabled', 'the account is disabled'],
  ])('%j has a label and is a cause', (event, label, cause) => {
    expect(eventLabel(event, () => 'Add a note')).toBe(label);
    expect(eventCause(event)).toBe(cause);
  });
});

describe('the rest of the copy', () => {
  test('says how expectations came out', () => {
    expect(
      [
        [0, 0],
        [1, 1],
        [5, 5],
        [4, 5],
        [3, 5],
      ].map(([held = 0, all = 0]) => expectationSummary(held, all)),
    ).toEqual([
      'No expectations',
      'The one expectation holds',
      'All 5 expectations hold',
      '1 of 5 expectations fails',
      '2 of 5 expectations fail',
    ]);
    expect(timelineOption('Story', 'pending')).toBe('Story');
    expect(timelineOption('Story', { held: 5, all: 5 })).toBe('✓ Story');
    expect(timelineOption('Story', { held: 4, all: 5 })).toBe('✗ Story (1 of 5 fail)');
  });

  test('names lane values, and shows ones it does not know as they are', () => {
    expect(laneValue('stepUp', 'fpt+pin')).toBe('Fingerprint + PIN');
    expect(laneValue('stepUp', 'none')).toBe('None');
    expect(laneValue('clock', 'rolled_back')).toBe('Set back');
    expect(laneValue('policy', 'field-service@1')).toBe('field-service@1');
  });
});

describe('a place in a policy', () => {
  const loaded = load(readFileSync('policies/field-service/1.json'));
  if (!loaded.ok) throw new TypeError('the sample policy does not load');
  const policy: Policy = compile(loaded.value.policy).policy;

  test('says where a requirement comes from', () => {
    expect(originOf(policy, '/tiers/1/require/0')).toBe('Tier B');
    expect(originOf(policy, '/capabilities/3/require/0')).toBe('This capability');
    expect(originOf(policy, '/guards/0')).toBe('Every capability');
    expect(originOf(policy, '')).toBe('');
  });

  test('leads to its constraint, also inside groups, and to none elsewhere', () => {
    expect(constraintAt(policy, '/tiers/2/require/0/of/1/of/1')).toMatchObject({ kind: 'maxAge', limit: 5 * MINUTE });
    expect(constraintAt(policy, '/capabilities/3/require/0')).toMatchObject({ kind: 'grant' });
    expect(constraintAt(policy, '/warn/0')).toBeUndefined();
  });
});
