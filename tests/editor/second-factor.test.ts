import decodeQR from 'qr/decode.js';
import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { problemOf } from '$lib/components/shared/action-answer.ts';
import type { AuthAnswer } from '$lib/state/auth-client.ts';
import { qrCode } from '$lib/state/qr-code.ts';
import { SecondFactor } from '$lib/state/second-factor.svelte.ts';

const URI = 'otpauth://totp/Latchkey:ada%40example.org?secret=ABCDEFGHIJ&issuer=Latchkey';
const CODES = ['aaaaa-bbbbb', 'ccccc-ddddd'];

/** A second factor whose server gives these answers in turn, and what it was asked. */
function facing(...answers: readonly AuthAnswer[]) {
  const asked: [string, object][] = [];
  let changes = 0;
  const rest = [...answers];
  const factor = new SecondFactor(
    async () => void (changes += 1),
    async (path, body) => {
      asked.push([path, body]);
      return rest.shift() ?? { ok: false };
    },
  );
  return { factor, asked, changes: () => changes };
}

describe('a second factor', () => {
  test('is set up by password, picture and code, and then shows its recovery codes until they are put away', async () => {
    const { factor, asked, changes } = facing({ ok: true, totpURI: URI, recoveryCodes: CODES }, { ok: true });
    factor.begin('set_up');
    await factor.prove('secret words here');
    flushSync();
    expect([factor.step, factor.key, changes()]).toEqual(['scan', 'ABCD EFGH IJ', 0]);
    await factor.confirm(' 123 456 ');
    expect([factor.step, factor.codes, factor.uri, changes()]).toEqual(['codes', CODES, '', 1]);
    expect(asked).toEqual([
      ['two-factor/enable', { password: 'secret words here' }],
      ['two-factor/verify-totp', { code: '123456' }],
    ]);
    factor.end();
    expect([factor.step, factor.codes]).toEqual(['idle', []]);
  });

  test('a wrong password or code stays where it is, and says why', async () => {
    const refused = { ok: false, detail: 'The password is not right.' };
    const { factor } = facing(refused, { ok: true, totpURI: URI, recoveryCodes: CODES }, { ok: false });
    factor.begin('set_up');
    await factor.prove('wrong');
    expect([factor.step, factor.problem, factor.busy]).toEqual(['password', refused.detail, false]);
    await factor.prove('right');
    await factor.confirm('000000');
    expect(factor.step).toBe('scan');
    expect(factor.problem).toMatch(/does not answer/);
  });

  test('new codes are shown at once, and turning it off shows nothing', async () => {
    const { factor, changes } = facing({ ok: true, recoveryCodes: CODES }, { ok: true });
    factor.begin('renew');
    await factor.prove('right');
    expect([factor.step, factor.codes]).toEqual(['codes', CODES]);
    factor.begin('turn_off');
    await factor.prove('right');
    expect([factor.step, factor.codes, changes()]).toEqual(['idle', [], 1]);
  });
});

test('a QR code is read back as what it was made of', () => {
  const { path, side } = qrCode(URI);
  const scale = 4;
  const [width, height] = [side * scale, side * scale];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let line = 0; line < scale; line += 1) {
      const start = ((Number(y) * scale + line) * width + Number(x) * scale) * 4;
      for (let pixel = 0; pixel < scale; pixel += 1) data.set([0, 0, 0], start + pixel * 4);
    }
  }
  expect(decodeQR({ width, height, data })).toBe(URI);
});

test.each([
  [{ type: 'success', status: 200 }, null],
  [{ type: 'redirect', status: 303, location: '/' }, null],
  [{ type: 'failure', status: 422, data: { problem: 'Type your name.' } }, 'Type your name.'],
  [{ type: 'failure', status: 500 }, 'no answer'],
  [{ type: 'error', status: 500, error: { message: 'It is in the log.' } }, 'It is in the log.'],
  [{ type: 'error', error: new TypeError('Failed to fetch') }, 'no answer'],
  [{ type: 'urn:latchkey:problem:signed_out', status: 401, detail: 'Sign in first.' }, 'Sign in first.'],
])('a form that is answered %o says %s', (result, problem) => {
  expect(problemOf(result as Parameters<typeof problemOf>[0], 'no answer')).toBe(problem);
});
