import { describe, expect, it } from 'vitest';
import { requestFromJson } from 'latchkey/load';

const NOON = '2026-03-02T12:00:00Z';
const noon = Date.UTC(2026, 2, 2, 12);

describe('requestFromJson', () => {
  it('reads date-times where a request has instants, and leaves the rest alone', () => {
    const written = {
      capability: NOON,
      now: NOON,
      clock: { state: 'ok', provenNow: NOON },
      session: { authState: 'ACTIVE', sub: NOON, lastConfirmedAt: NOON, authTime: '2026-03-02T13:00:00+01:00' },
      accessToken: { issuedAt: NOON, expiresAt: '2026-03-02T12:00:00.5Z', verified: NOON },
      refreshToken: { present: true, idleExpiresAt: NOON, absoluteExpiresAt: NOON },
      permissions: { roles: [NOON], fetchedAt: NOON },
      stepUps: [{ at: NOON, amr: ['fpt'], longestIdle: NOON }, 5],
      device: { unlockedAt: NOON, timeZone: NOON },
      policy: { issuedAt: NOON, expiresAt: NOON },
      facts: { now: NOON },
    };
    expect(requestFromJson(written)).toEqual({
      capability: NOON,
      now: noon,
      clock: { state: 'ok', provenNow: noon },
      session: { authState: 'ACTIVE', sub: NOON, lastConfirmedAt: noon, authTime: noon },
      accessToken: { issuedAt: noon, expiresAt: noon + 500, verified: NOON },
      refreshToken: { present: true, idleExpiresAt: noon, absoluteExpiresAt: noon },
      permissions: { roles: [NOON], fetchedAt: noon },
      stepUps: [{ at: noon, amr: ['fpt'], longestIdle: NOON }, 5],
      device: { unlockedAt: noon, timeZone: NOON },
      policy: { issuedAt: noon, expiresAt: noon },
      facts: { now: NOON },
    });
  });

  it('leaves text that is no full date-time as it is, for `decide` to refuse', () => {
    const text = ['2026-03-02', '2026-03-02T12:00:00', '2026-02-30T12:00:00Z', '2026-03-02T24:00:00Z', 'noon', ''];
    for (const now of text) expect(requestFromJson({ now })).toEqual({ now });
  });

  it('leaves numbers, ill-typed members and what is no object alone', () => {
    for (const value of [{ now: 5, session: null, stepUps: 'x', clock: [NOON] }, null, 3, 'x', [NOON]])
      expect(requestFromJson(value)).toEqual(value);
  });

  it('changes a copy and keeps an own `__proto__` an own member', () => {
    const written = JSON.parse(`{ "now": "${NOON}", "__proto__": { "now": 1 } }`) as Record<string, unknown>;
    const request = requestFromJson(written) as object;
    expect(written['now']).toBe(NOON);
    expect(Object.hasOwn(request, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(request)).toBe(Object.prototype);
  });
});
