import { compile, decide, nextChange, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { expect, test } from 'vitest';

const DAY = 86_400_000;
/** A Monday. */
const NOW = Date.parse('2026-03-02T12:00:00.000Z');
const WEEKDAYS = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], start: '00:00', end: '24:00' };
const SCHEDULE = { kind: 'schedule', timeZone: 'UTC', windows: [WEEKDAYS] };

function programOf(...require: readonly object[]): Program {
  const tiers = [{ id: 'all', sensitivity: 'public', require: [] }];
  const capabilities = [{ id: 'ask', tier: 'all', access: 'read', require }];
  const loaded = load(JSON.stringify({ language: 1, id: 'far', version: 1, tiers, capabilities }));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** A request that counts how often it is looked at. */
function counted(authTime: () => number): { readonly request: Request; looks: number } {
  const found = {
    looks: 0,
    request: {
      capability: 'ask',
      now: NOW,
      clock: { state: 'ok' },
      get connectivity() {
        found.looks++;
        return 'online' as const;
      },
      session: {
        authState: 'ACTIVE',
        lastConfirmedAt: NOW,
        get authTime() {
          return authTime();
        },
      },
    } satisfies Request,
  };
  return found;
}

test('hours that change nothing are not walked through for the thousands of years until a fact is no longer ahead', () => {
  const program = programOf(
    { kind: 'anyOf', of: [SCHEDULE, { kind: 'online' }] },
    { kind: 'maxAge', of: 'authTime', limit: '1h' },
  );
  const ahead = NOW + 250_000 * 365 * DAY;
  const told = counted(() => ahead);
  expect(decide(program, told.request).reason).toBe('fact_invalid');
  expect(nextChange(program, told.request)).toEqual({
    at: ahead - program.policy.clock.tolerance,
    constraint: '/capabilities/0/require/1',
  });
  expect(told.looks).toBeLessThan(1000);
});

test('what lies ahead for other hours than those last looked at is not passed over', () => {
  const whileOpen = { kind: 'allOf', of: [SCHEDULE, { kind: 'maxAge', of: 'authTime', limit: '3000d' }] };
  const program = programOf({
    kind: 'anyOf',
    of: [whileOpen, { kind: 'maxAge', of: 'serverConfirmation', limit: '1001d' }],
  });
  const { request } = counted(() => NOW);
  // The limit is reached on a Monday, when it does not matter; on Sunday it does.
  expect(nextChange(program, request)?.at).toBe(Date.parse('2028-12-03T00:00:00.000Z'));
});

test('a request that tells another time whenever it is read has a change, found within reason', () => {
  const program = programOf({ kind: 'maxAge', of: 'authTime', limit: '1h' });
  let reads = 0;
  const told = counted(() => NOW + reads++);
  expect(nextChange(program, told.request)).toMatchObject({ constraint: '' });
  expect(told.looks).toBeLessThan(20_000);
});
