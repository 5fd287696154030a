import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Simulation } from 'latchkey/timeline';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const HOUR = 3_600_000;
const files = { 'p.json': POLICY, 't.json': TIMELINE };
const argv = ['simulate', 'p.json', 't.json'];

describe('wrong files', () => {
  test.each([
    ['simulate', ['p.json', 'p.json']],
    ['simulate', ['t.json', 'p.json']],
    ['mutate', ['p.json', 'p.json']],
  ])('%s %j: a policy in place of a timeline is told as such', async (command, argv) => {
    const { code, stderr } = await run([command, ...argv], {
      cwd: folderWith({ 'p.json': POLICY, 't.json': TIMELINE }),
    });
    expect(code).toBe(1);
    expect(stderr).toContain('p.json:1:1  error wrong_type  a policy stands where a timeline belongs');
    expect(stderr).toContain('help: name the policy first, then the timeline');
    expect(stderr).not.toContain('missing_key');
  });
});

describe('simulate', () => {
  test('draws a lane a capability, lists attempts and says whether expectations hold', async () => {
    const { code, stdout, stderr } = await run(argv, { cwd: folderWith(files) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Two days away\ndesk@1, 2d from Mon 2 Mar 2026 08:00 UTC\n');
    expect(stdout).toMatch(/^desk\.open {6}P━+R░+$/m);
    expect(stdout).toMatch(/^desk\.note {6}SQ+━+S┅+R░+$/m);
    expect(stdout).toMatch(/Attempts\n {2}\+1h {2}Mon 2 Mar 09:00 {2}desk\.note {2}Q permit \(enqueue\)\n/);
    expect(stdout).toContain('Expectations: 3 of 3 hold');
    expect(stdout).toContain('✓ +1d desk.open permit: a day is allowed in full');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    ['the width of the terminal', { columns: 120 }, 120],
    ['COLUMNS before it', { columns: 120, env: { COLUMNS: '100' } }, 100],
    ['80 columns when there is none', {}, 80],
    ['80 columns when COLUMNS is no number', { env: { COLUMNS: 'wide' } }, 80],
  ])('takes %s', async (_, over, width) => {
    const { stdout } = await run(argv, { cwd: folderWith(files), ...over });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBe(width);
  });

  test('colours a terminal and nothing else', async () => {
    const cwd = folderWith(files);
    expect((await run(argv, { cwd, isTTY: true })).stdout).toContain('\u001b[');
    expect((await run(argv, { cwd })).stdout).not.toContain('\u001b[');
    expect((await run(argv, { cwd, isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b[');
    expect((await run(argv, { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
  });

  test('as JSON gives segments by capability in ms after the start, lanes, attempts, expectations and marks', async () => {
    const { code, stdout } = await run([...argv, '--json'], { cwd: folderWith(files) });
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as Simulation & {
      readonly title: string;
      readonly policy: { readonly version: number };
    };
    expect(found).toMatchObject({ title: 'Two days away', policy: { id: 'desk', version: 1 }, until: 48 * HOUR });
    expect(
      found.segments['desk.note']?.map(({ from, to, decision }) => [from, to, decision.outcome, decision.reason]),
    ).toEqual([
      [0, HOUR / 2, 'challenge', 'step_up_required'],
      [HOUR / 2, 2.5 * HOUR + 1, 'permit', null],
      [2.5 * HOUR + 1, 24 * HOUR + 1, 'challenge', 'step_up_required'],
      [24 * HOUR + 1, 48 * HOUR, 'deny', 'reauth_required'],
    ]);
    expect(found.segments['desk.note']?.[0]?.decision.reasons).toMatchObject([{ message: 'Unlock to continue' }]);
    expect(Object.keys(found)).toEqual(expect.arrayContaining(['lanes', 'attempts', 'expectations', 'marks']));
  });

  test('prints the same bytes every time', async () => {
    const cwd = folderWith(files);
    expect((await run([...argv, '--json'], { cwd })).stdout).toBe((await run([...argv, '--json'], { cwd })).stdout);
  });

  test('tells what came of events that did more than move lanes, and of which nothing came', async () => {
    const told = TIMELINE.replace(
      /("events": \[[^]*?)\n {2}\]/,
      `$1,
    { "at": "2h", "type": "account-disabled", "subject": { "sub": "somebody" } },
    { "at": "3h", "type": "account-disabled" }
  ]`,
    );
    const cwd = folderWith({ ...files, 't.json': told });
    const { stdout } = await run(argv, { cwd });
    expect(stdout).toContain(
      [
        'What came of events',
        '  +2h  Mon 2 Mar 10:00  account-disabled  nothing came of this: it is about',
        '                                          somebody else',
        '  +3h  Mon 2 Mar 11:00  account-disabled  the account of u-17 is locked',
        '',
      ].join('\n'),
    );
    expect(JSON.parse((await run([...argv, '--json'], { cwd })).stdout)).toMatchObject({
      effects: [
        {
          at: 2 * HOUR,
          path: '/events/4',
          type: 'ignored',
          why: 'subject_mismatch',
          message: expect.stringContaining('somebody else') as string,
        },
        { at: 3 * HOUR, path: '/events/5', type: 'lock', subject: { sub: 'u-17' } },
      ],
    });
  });

  test('hands no control character of a story to the terminal', async () => {
    const sub = String.raw`some\u001b[31mbody\nelse`;
    const told = TIMELINE.replaceAll(/"sub": "[^"]*"/g, `"sub": "${sub}"`).replace(
      /("events": \[[^]*?)\n {2}\]/,
      `$1,\n    { "at": "3h", "type": "account-disabled" }\n  ]`,
    );
    const { stdout } = await run(argv, { cwd: folderWith({ ...files, 't.json': told }) });
    expect(stdout).toContain('account-disabled  the account');
    expect(stdout).not.toContain('\u001b[31m');
    expect(stdout).not.toContain('body\nelse');
  });

  test('--changes lists every change of every capability', async () => {
    const { stdout } = await run([...argv, '--changes'], { cwd: folderWith(files) });
    expect(stdout).toMatch(
      /^desk\.note\n(?: {2}.*\n)+ {2}\+2h30m1ms +Mon 2 Mar 10:30:00\.001 {2}S challenge step_up_required\n/m,
    );
  });

  test('--svg writes a drawing beside whatever is printed', async () => {
    const cwd = folderWith(files);
    const { code, stdout } = await run([...argv, '--json', '--svg', 'out.svg'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('segments');
    const svg = readFileSync(join(cwd, 'out.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    for (const said of ['Two days away', '3 of 3 expectations hold', 'desk.note', '+12h']) expect(svg).toContain(said);
  });

  test('says so when the drawing cannot be written', async () => {
    const cwd = folderWith(files);
    const { code, stderr } = await run([...argv, '--svg', 'no/such/folder.svg'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe('latchkey simulate: cannot write `no/such/folder.svg`: there is no such folder\n');
  });

  test('an expectation that does not hold ends with 1 and says expected, happened, since when, which constraint and why', async () => {
    const wrong = TIMELINE.replace('"outcome": "deny", "reason": "reauth_required"', '"outcome": "permit"');
    const { code, stdout } = await run(argv, { cwd: folderWith({ ...files, 't.json': wrong }) });
    expect(code).toBe(1);
    expect(stdout).toContain('Expectations: 2 of 3 hold');
    expect(stdout).toMatch(/✗ \+1d1h desk\.open {2}Tue 3 Mar 09:00 {2}t\.json:16:5/);
    expect(stdout).toMatch(/expected +permit\n/);
    expect(stdout).toMatch(/happened +deny reauth_required, since \+1d1ms \(Tue 3 Mar 08:00:00\.001\)\n/);
    expect(stdout).toMatch(
      /by +reauth_required: Sign in again \(1d1ms, limit 1d\), p\.json:9:19\n +\{ "kind": "maxAge", .*"1d" \}\n/,
    );
    expect(stdout).toMatch(/because +the server was last heard more than a day ago\n/);
  });

  test.each([
    [
      'files the wrong way round',
      ['simulate', 't.json', 'p.json'],
      /^t\.json:1:1 {2}error wrong_type[\s\S]*help: name the policy first/,
    ],
    ['a timeline of another policy', ['simulate', 'other.json', 't.json'], /^t\.json:4:\d+ {2}error unknown_policy/],
    [
      'a broken policy and a broken timeline',
      ['simulate', 'bad.json', 'bad-t.json'],
      /^bad\.json:[\s\S]*\nbad-t\.json:/,
    ],
  ])('tells %s without drawing', async (_, line, said) => {
    const cwd = folderWith({
      ...files,
      'other.json': POLICY.replace('"desk"', '"shop"'),
      'bad.json': '{',
      'bad-t.json': '{ "timeline": 2 }',
    });
    const { code, stdout, stderr } = await run([...line, '--svg', 'out.svg'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(existsSync(join(cwd, 'out.svg'))).toBe(false);
  });
});
