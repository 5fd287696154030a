import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const all = { 'policies/desk/1.json': POLICY, 'policies/desk/timelines/away.json': TIMELINE };
const second = POLICY.replace('"version": 1', '"version": 2').replace('"1d"', '"2d"');

describe('test', () => {
  test('runs every timeline of `policies` and ends with 0 when all is met', async () => {
    const { code, stdout, stderr } = await run(['test'], { cwd: folderWith(all) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      '✓ Two days away  policies/desk/timelines/away.json, desk@1, 3 expectations\n\n✓ 1 timeline, 3 expectations, all met\n! desk@1: nobody probes 3 of 3 limits; --coverage lists them\n',
    );
  });

  test.each([
    ['policies/desk'],
    ['policies/desk/timelines'],
    ['policies/desk/timelines/away.json'],
    ['policies/'],
    ['.'],
  ])('finds the policy from %s too', async (named) =>
    expect(await run(['test', named], { cwd: folderWith(all) })).toMatchObject({ code: 0 }),
  );

  test('takes the newest version, by number and not by letter, unless the timeline names one', async () => {
    const cwd = folderWith({
      ...all,
      'policies/desk/9.json': '{',
      'policies/desk/10.json': second.replace('"version": 2', '"version": 10'),
      'policies/desk/notes.json': '{',
      'policies/desk/timelines/pinned.json': TIMELINE.replace('"policy": "desk"', '"policy": "desk@1"'),
    });
    const { code, stdout } = await run(['test'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(
      '✗ Two days away  policies/desk/timelines/away.json, desk@10, 1 of 3 expectations not met',
    );
    expect(stdout).toContain('✓ Two days away  policies/desk/timelines/pinned.json, desk@1, 3 expectations');
    expect(stdout).toContain('✗ 1 of 2 timelines failed');
  });

  test('tells of a failure what was expected, what happened, since when, which constraint and why', async () => {
    const cwd = folderWith({ ...all, 'policies/desk/1.json': POLICY.replace('"1d"', '"12h"') });
    const { code, stdout } = await run(['test'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ \+1d desk\.open {2}Tue 3 Mar 08:00 {2}policies\/desk\/timelines\/away\.json:15:5\n/);
    expect(stdout).toMatch(/expected +permit\n/);
    expect(stdout).toMatch(/happened +deny reauth_required, since \+12h1ms \(Mon 2 Mar 20:00:00\.001\)\n/);
    expect(stdout).toMatch(
      /by +reauth_required: Sign in again \(12h1ms, limit 12h\), policies\/desk\/1\.json:9:19\n +\{ "kind": "maxAge", .*"12h" \}\n/,
    );
    expect(stdout).toMatch(/helps +reauthenticate\n/);
    expect(stdout).toMatch(/because +a day is allowed in full\n/);
  });

  test.each([
    [
      'has no policy beside it',
      { 'policies/desk/timelines/away.json': TIMELINE },
      /away\.json:4:\d+ {2}error unknown_policy/,
    ],
    [
      'names a version that is not there',
      { ...all, 'policies/desk/timelines/away.json': TIMELINE.replace('"desk"', '"desk@7"') },
      /unknown_policy.*7\.json/,
    ],
    [
      'does not load',
      { ...all, 'policies/desk/timelines/away.json': '{ "timeline": 1 }' },
      /away\.json:1:1 {2}error missing_key/,
    ],
    [
      'is of a policy that does not load',
      { ...all, 'policies/desk/1.json': '{' },
      /policies\/desk\/1\.json:1:2 {2}error invalid_json/,
    ],
  ])('a timeline that %s counts as failed', async (_, files, said) => {
    const { code, stdout } = await run(['test'], { cwd: folderWith(files) });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ policies/desk/timelines/away.json cannot be run');
    expect(stdout).toMatch(said);
    expect(stdout).toContain('✗ 1 of 1 timeline failed');
  });

  test.each([
    ['a folder that is not there', ['test', 'none'], 'there is no such file'],
    ['no folder `policies`', ['test'], 'there is no such file'],
    ['a folder without timelines', ['test', 'desk'], 'nothing to run: no timelines/*.json under `desk`'],
  ])('with %s there is nothing to run, which ends with 1', async (_, argv, said) => {
    const { code, stdout, stderr } = await run(argv, { cwd: folderWith({ 'desk/1.json': POLICY }) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
  });

  test('--json gives results and coverage, with places', async () => {
    const cwd = folderWith({ ...all, 'policies/desk/timelines/broken.json': '{' });
    const { code, stdout } = await run(['test', '--json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      timelines: [
        {
          file: 'policies/desk/timelines/away.json',
          policy: 'desk@1',
          ok: true,
          expectations: [
            { path: '/events/3/expect', line: 12, ok: true, happened: { outcome: 'permit', obligations: ['enqueue'] } },
            { path: '/expect/0', ok: true, at: 86_400_000, expected: { because: 'a day is allowed in full' } },
            { path: '/expect/1', ok: true, happened: { outcome: 'deny', reason: 'reauth_required' } },
          ],
        },
        { file: 'policies/desk/timelines/broken.json', ok: false, problems: [{ code: 'invalid_json' }] },
      ],
      coverage: [{ policy: 'desk@1', capabilities: [{ id: 'desk.open' }, { id: 'desk.note' }] }],
    });
  });

  test('--junit writes what build servers read, whatever the texts hold', async () => {
    const title = TIMELINE.replace('Two days away', 'Two <days> & \\u0007 \\"away\\"').replace(
      '"outcome": "permit", "because"',
      '"outcome": "deny", "because"',
    );
    const cwd = folderWith({ ...all, 'policies/desk/timelines/away.json': title });
    const { code } = await run(['test', '--junit', 'out.xml'], { cwd });
    expect(code).toBe(1);
    const xml = readFileSync(join(cwd, 'out.xml'), 'utf8');
    expect(xml).toContain('<testsuites name="latchkey test" tests="3" failures="1" errors="0">');
    expect(xml).toContain('away.json: Two &lt;days&gt; &amp; \ufffd &quot;away&quot;" tests="3"');
    expect(xml).toContain('<failure message="expected deny, happened permit">expected  deny&#10;');
    expect(xml).toMatch(/happened {2}permit, since \+0s \(Mon 2 Mar 08:00\)&#10;because {3}a day is allowed in full</);
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    const odd = [...xml].filter((character) => character < ' ' && character !== '\n');
    expect(odd).toEqual([]);
    expect((await run(['test', '--junit', 'no/where.xml'], { cwd })).stderr).toContain(
      'cannot write `no/where.xml`: there is no such folder',
    );
  });

  test('--junit says of a denial which constraint it was', async () => {
    const cwd = folderWith({ ...all, 'policies/desk/1.json': POLICY.replace('"1d"', '"12h"') });
    await run(['test', '--junit', 'out.xml'], { cwd });
    const xml = readFileSync(join(cwd, 'out.xml'), 'utf8');
    expect(xml).toContain('happened  deny reauth_required, since +12h1ms (Mon 2 Mar 20:00:00.001)');
    expect(xml).toContain(
      'by        reauth_required: Sign in again (12h1ms, limit 12h), policies/desk/1.json:9:19&#10;',
    );
  });

  test('takes no policy for a timeline', async () => {
    const { code, stdout } = await run(['test', 'policies/desk/1.json'], { cwd: folderWith(all) });
    expect(code).toBe(1);
    expect(stdout).toContain('wrong_type');
    expect(stdout).toContain('a policy stands where a timeline belongs');
    expect(stdout).toContain('help: name a timeline, or the folder of the policy to run all of its timelines');
    expect(stdout.match(/error/g)).toHaveLength(1);
  });

  test('--coverage names what nobody looks at, limit by limit', async () => {
    const { stdout } = await run(['test', '--coverage'], { cwd: folderWith(all) });
    expect(stdout).toContain('✓ 2 of 2 capabilities looked at');
    expect(stdout).toContain('stepUp never seen not met  policies/desk/1.json:20:19');
    expect(stdout).toContain('! 0 of 3 limits probed on both sides');
    expect(stdout).toContain(
      'maxAge serverConfirmation 1d: passed, but nobody looks at both sides of it  policies/desk/1.json:9:',
    );
    expect(stdout).toContain('policy policyExpiry: never reached');
    expect(stdout).toContain('reasons seen: reauth_required 2');
  });

  test('a limit counts as probed by an expectation on each side of it, a millisecond apart', async () => {
    const both = TIMELINE.replace('"from": "25h"', '"from": "1d1ms"');
    const { stdout } = await run(['test', '--json'], {
      cwd: folderWith({ ...all, 'policies/desk/timelines/away.json': both }),
    });
    const { coverage } = JSON.parse(stdout) as { coverage: { limits: { measured: string; state: string }[] }[] };
    expect(coverage[0]?.limits.map(({ measured, state }) => [measured, state])).toEqual([
      ['serverConfirmation', 'probed'],
      ['policyExpiry', 'unreached'],
      ['proof', 'crossed'],
    ]);
  });

  test('--watch runs again after a change, until it is stopped', async () => {
    const cwd = folderWith(all);
    const watched = await watchedBy('policies', cwd, () =>
      writeFileSync(join(cwd, 'policies/desk/1.json'), POLICY.replace('"1d"', '"12h"')),
    );
    expect(watched).toMatchObject({ code: 1, runs: 2, open: [], all: ['policies'] });
  });

  test.each(['policies/desk/timelines', 'policies/desk/timelines/away.json'])(
    '--watch %s sees a change of the policy too, also once it could not be read',
    async (named) => {
      const cwd = folderWith({ ...all, 'policies/desk/1.json': '{' });
      let round = 0;
      const watched = await watchedBy(named, cwd, () => {
        round += 1;
        writeFileSync(join(cwd, 'policies/desk/1.json'), round === 1 ? POLICY : POLICY.replace('"1d"', '"12h"'));
      });
      expect(watched).toMatchObject({ open: [], all: ['policies/desk'] });
    },
  );

  test('--watch follows a timeline to another policy', async () => {
    const other = POLICY.replace('"id": "desk"', '"id": "till"').replace('"1d"', '"12h"');
    const cwd = folderWith({ ...all, 'policies/till/1.json': other });
    const away = 'policies/desk/timelines/away.json';
    const watched = await watchedBy(away, cwd, () =>
      writeFileSync(join(cwd, away), TIMELINE.replace('"policy": "desk"', '"policy": "till"')),
    );
    expect(watched).toMatchObject({ open: [], all: ['policies/desk', away, 'policies/till'] });
  });

  test('--watch sees that a policy which was not there has come', async () => {
    const cwd = folderWith({ 'policies/desk/timelines/away.json': TIMELINE });
    const watched = await watchedBy('policies/desk/timelines', cwd, () =>
      writeFileSync(join(cwd, 'policies/desk/1.json'), POLICY.replace('"1d"', '"12h"')),
    );
    expect(watched).toMatchObject({ code: 1, open: [], all: ['policies', 'policies/desk'] });
  });

  test('--watch ends where there is nothing to watch', async () => {
    const { code, stderr } = await run(['test', 'nowhere', '--watch'], {
      cwd: folderWith(all),
      watch: () => {
        throw new Error('ENOENT');
      },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('cannot read `nowhere`');
  });
});

/** Watches until a run fails that followed a change; `change` is made whenever a run is over. */
async function watchedBy(named: string, cwd: string, change: () => void) {
  const stop = new AbortController();
  const open = new Set<string>();
  const all: string[] = [];
  let runs = 0;
  let report = (): void => undefined;
  const { code } = await run(['test', named, '--watch'], {
    cwd,
    interrupted: stop.signal,
    stdout: (text) => {
      if (!/all met|failed/.test(text)) return;
      runs += 1;
      if (runs > 1 && text.includes('failed')) stop.abort();
      else setTimeout(() => (change(), report(), report()), 1);
    },
    watch: (each, changed) => {
      report = changed;
      open.add(each);
      all.push(each);
      return () => open.delete(each);
    },
  });
  return { code, runs, open: [...open], all };
}
