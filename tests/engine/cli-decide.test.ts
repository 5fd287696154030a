import { describe, expect, test } from 'vitest';
import type { Decision } from 'latchkey';
import { POLICY } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const NOW = '2026-03-02T10:00:00Z';
const request = {
  capability: 'desk.open',
  now: NOW,
  clock: { state: 'ok' },
  connectivity: 'offline',
  session: { authState: 'ACTIVE', sub: 'u-17', lastConfirmedAt: '2026-03-02T09:00:00Z' },
};
const line = (over: Readonly<Record<string, unknown>> = {}) => JSON.stringify({ ...request, ...over });
const decisionsOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => JSON.parse(each) as Decision);

describe('decide', () => {
  test('prints one decision a line in the order of the requests, with messages and the digest', async () => {
    const requests = [
      line(),
      line({ capability: 'desk.note' }),
      line({ now: '2026-03-03T09:00:00.001Z' }),
      line({ capability: 'toString' }),
    ];
    const cwd = folderWith({ 'p.json': POLICY, 'r.ndjson': `${requests.join('\n')}\n` });
    const { code, stdout, stderr } = await run(['decide', 'p.json', '--requests', 'r.ndjson', '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const decisions = decisionsOf(stdout);
    expect(decisions.map(({ capability, outcome, reason }) => [capability, outcome, reason])).toEqual([
      ['desk.open', 'permit', null],
      ['desk.note', 'challenge', 'step_up_required'],
      ['desk.open', 'deny', 'reauth_required'],
      ['toString', 'deny', 'unknown_capability'],
    ]);
    expect(decisions[1]?.reasons).toMatchObject([{ code: 'step_up_required', message: 'Unlock to continue' }]);
    expect(decisions[0]).toMatchObject({
      evaluatedAt: Date.parse(NOW),
      validUntil: Date.parse('2026-03-03T09:00:00.001Z'),
      policy: { id: 'desk', version: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(Object.keys(decisions[0] ?? {})).toEqual([
      'outcome',
      'capability',
      'reason',
      'reasons',
      'remedies',
      'obligations',
      'advice',
      'validUntil',
      'evaluatedAt',
      'clockState',
      'confirmed',
      'mode',
      'policy',
    ]);
  });

  test('gives messages to alternatives too', async () => {
    const either = { kind: 'anyOf', of: [{ kind: 'online' }, { kind: 'risk', atMost: 'LOW' }] };
    const policy = JSON.parse(POLICY) as { tiers: { require: unknown[] }[] };
    policy.tiers[0]?.require.push(either);
    const cwd = folderWith({ 'p.json': JSON.stringify(policy) });
    const { stdout } = await run(['decide', 'p.json', '--requests', '-', '--json'], { cwd, input: line() });
    const [decision] = decisionsOf(stdout);
    expect(decision?.reasons).toMatchObject([{ code: 'online_required', message: 'Requires connection' }]);
    expect(decision?.alternatives).toMatchObject([
      { reasons: [{ code: 'fact_missing', message: expect.any(String) as string }] },
    ]);
  });

  test('has one digest for one document however it is written', async () => {
    const digestOf = async (text: string) => {
      const cwd = folderWith({ 'p.json': text });
      const { stdout } = await run(['decide', 'p.json', '--requests', '-', '--json'], { cwd, input: line() });
      return decisionsOf(stdout)[0]?.policy.digest;
    };
    const document = JSON.parse(POLICY) as object;
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(document).reverse()));
    expect(await digestOf(reordered)).toBe(await digestOf(POLICY));
    expect(await digestOf(POLICY.replace('"1d"', '"2d"'))).not.toBe(await digestOf(POLICY));
  });

  test('reads standard input, skips blank lines, a byte order mark and carriage returns', async () => {
    const cwd = folderWith({ 'p.json': POLICY });
    const input = `\ufeff\r\n${line()}\r\n   \r\n${line({ capability: 'x' })}`;
    const { code, stdout } = await run(['decide', 'p.json', '--requests', '-', '--json'], { cwd, input });
    expect(code).toBe(0);
    expect(decisionsOf(stdout).map(({ capability }) => capability)).toEqual(['desk.open', 'x']);
  });

  test('answers a line that is not JSON in its place, tells its number on standard error and ends with 1', async () => {
    const cwd = folderWith({ 'p.json': POLICY });
    const input = `${line()}\n\n{ "capability": desk }\n${line()}\n`;
    const { code, stdout, stderr } = await run(['decide', 'p.json', '--requests', '-', '--json'], { cwd, input });
    expect(code).toBe(1);
    expect(decisionsOf(stdout).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['permit', null],
      ['deny', 'fact_invalid'],
      ['permit', null],
    ]);
    expect(stderr).toMatch(/^<stdin>:3:17 {2}error invalid_json/);
    expect(stderr).toContain('{ "capability": desk }');
  });

  test.each(['5', 'null', '"desk.open"', '[]', 'true'])(
    'answers %s, which is JSON but no request, with deny',
    async (input) => {
      const cwd = folderWith({ 'p.json': POLICY });
      const { code, stdout, stderr } = await run(['decide', 'p.json', '--requests', '-', '--json'], { cwd, input });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(decisionsOf(stdout)).toMatchObject([{ outcome: 'deny', reason: 'fact_invalid', capability: '' }]);
    },
  );

  test('without --json prints a table of one line a decision', async () => {
    const cwd = folderWith({ 'p.json': POLICY });
    const input = `${line()}\n${line({ capability: 'desk.note' })}\n`;
    const { code, stdout } = await run(['decide', 'p.json', '--requests', '-'], { cwd, input });
    expect(code).toBe(0);
    const rows = stdout.split('\n');
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatch(/^ {3}1 {2}permit {5}desk\.open {3}until 2026-03-03T09:00:00\.001Z$/);
    expect(rows[2]).toMatch(/^ {3}2 {2}challenge {2}desk\.note {3}step_up_required: Unlock to continue/);
  });

  test.each([
    ['a policy with problems', ['decide', 'bad.json', '--requests', 'r.ndjson', '--json'], 'bad.json:'],
    ['a policy that is not there', ['decide', 'none.json', '--requests', 'r.ndjson'], 'none.json:1:1'],
    ['requests that are not there', ['decide', 'p.json', '--requests', 'none.ndjson'], 'none.ndjson:1:1'],
  ])('with %s prints no decision, says why and ends with 1', async (_, argv, said) => {
    const cwd = folderWith({ 'p.json': POLICY, 'bad.json': '{', 'r.ndjson': line() });
    const { code, stdout, stderr } = await run(argv, { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${said}`));
  });
});
