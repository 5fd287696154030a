import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REASON_CODES, type Reason } from 'latchkey';
import { DIAGNOSTIC_CODES, helpOf, messageOf, type Catalogue } from 'latchkey/messages';
import { readAwaiting, readFixtures } from '../invalid/fixture.ts';
import { lintedCodes } from './lint-fixture.ts';

/** Codes that no document gives by itself: they are about what stands beside it, and the command's tests show them. */
const OF_SURROUNDINGS = ['unknown_policy', 'unknown_capability', 'unreadable_file'];

function reason(code: Reason['code'], detail?: Reason['detail']): Reason {
  return { code, path: '', ...(detail && { detail }) };
}

describe('messageOf', () => {
  it.each(REASON_CODES)('has words for %s: one short line without a full stop', (code) => {
    expect(messageOf(reason(code))).toMatch(/^\p{Lu}[^\n]{5,60}[^.\n]$/u);
  });

  it('keeps the words that apps and tests rely on', () => {
    expect(messageOf(reason('online_required'))).toBe('Requires connection');
    expect(messageOf(reason('reauth_required'))).toBe('Sign in again');
    expect(messageOf(reason('step_up_required'))).toBe('Unlock to continue');
  });

  it('prefers the words of an app, those for a detail first', () => {
    const catalogue: Catalogue = {
      reauth_required: 'Bitte neu anmelden',
      'reauth_required.authTime': (given) => `Anmeldung zu alt (${given.path || '/'})`,
    };
    expect(messageOf(reason('reauth_required', 'serverConfirmation'), catalogue)).toBe('Bitte neu anmelden');
    expect(messageOf(reason('reauth_required', 'authTime'), catalogue)).toBe('Anmeldung zu alt (/)');
    expect(messageOf(reason('locked'), catalogue)).toBe(messageOf(reason('locked')));
  });
});

describe('helpOf', () => {
  it.each([...DIAGNOSTIC_CODES, ...REASON_CODES])('explains %s in whole sentences', (code) => {
    expect(helpOf(code)).toMatch(/^\S[^\n]{20,}\.$/);
  });
});

describe('diagnostic codes', () => {
  it('each have a fixture, or a stated reason why none can exist yet', () => {
    const inTimelines = readdirSync(new URL('../invalid-timelines/', import.meta.url), { withFileTypes: true });
    const shown = [
      ...readFixtures().map(({ code }) => code),
      ...lintedCodes(),
      ...inTimelines.filter((entry) => entry.isDirectory()).map(({ name }) => name),
    ];
    const accounted = new Set([...shown, ...Object.keys(readAwaiting()), ...OF_SURROUNDINGS]);
    expect([...accounted].sort()).toEqual([...DIAGNOSTIC_CODES].sort());
    for (const why of Object.values(readAwaiting())) expect(why).not.toBe('');
  });
});
