import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CapabilityStretches } from 'latchkey/timeline';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith, run } from './cli-harness.ts';

const HOUR = 3_600_000;
/** Version 2 opens the desk for 30 hours, and asks for a new fingerprint after one. */
const SECOND = POLICY.replace('"version": 1', '"version": 2').replace('"1d"', '"30h"').replace('"2h"', '"1h"');
const files = { '1.json': POLICY, '2.json': SECOND, 't.json': TIMELINE };
const argv = ['simulate', '1.json', 't.json', '--against'];

describe('simulate --against', () => {
  test('draws the other lane under each lane and tells what changes for how long', async () => {
    const { code, stdout, stderr } = await run([...argv, '2.json'], { cwd: folderWith(files) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^desk\.open {6}P━+R░+\n {2}@2 {11}P━+R░+\ndesk\.note {6}S.*\n {2}@2 {11}S/m);
    expect(stdout).toContain(
      [
        'With desk@2 newly permitted',
        '  desk.open',
        '    +1d1ms  Tue 3 Mar 08:00:00.001, for 6h',
        '      deny reauth_required → permit',
        '  desk.note',
        '    +1d1ms  Tue 3 Mar 08:00:00.001, for 6h',
        '      deny reauth_required, step_up_required → challenge step_up_required',
        '',
        'With desk@2 newly denied',
        '  desk.note',
        // The permitted note at 9:00 is activity, but no proof.
        '    +1h30m1ms  Mon 2 Mar 09:30:00.001, for 1h',
        '      permit (enqueue) → challenge step_up_required',
        '',
      ].join('\n'),
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('takes the number of a version beside the first', async () => {
    const cwd = folderWith(files);
    expect(await run([...argv, '2'], { cwd })).toEqual(await run([...argv, '2.json'], { cwd }));
  });

  test('says so where nothing changes, and calls a draft of the same version by its file', async () => {
    const cwd = folderWith({ ...files, 'draft.json': POLICY.replace('"1d"', '"24h"') });
    const { stdout } = await run([...argv, 'draft.json'], { cwd });
    expect(stdout).toContain('\nWith draft.json newly permitted: nothing\n\nWith draft.json newly denied: nothing\n');
    expect(stdout).toMatch(/^ {2}draft\.json {3}P/m);
  });

  test.each([
    ['the same file', 'desk@1', '1', '1.json'],
    ['a copy of it', 'desk@1', 'copy.json', 'copy.json'],
    ['the newest, where the story asks for none', 'desk', '1', '1.json'],
  ])('says that there is nothing to compare with %s', async (_, policy, other, name) => {
    const pinned = TIMELINE.replace('"policy": "desk"', `"policy": "${policy}"`);
    const cwd = folderWith({ ...files, 'copy.json': POLICY, 't.json': pinned });
    const { stdout } = await run([...argv, other], { cwd });
    expect(stdout.replaceAll('\n', ' ')).toContain(
      ` Nothing to compare: the story plays desk@1 from start to end, and ${name} is the same. `,
    );
    expect(stdout).not.toContain('newly');
  });

  test('compares a version with itself where the story goes on to another', async () => {
    const switching = TIMELINE.replace('{ "at": "10m"', '{ "at": "5m", "type": "policy-activated", "version": 2 }, $&');
    const { stdout } = await run([...argv, '1'], { cwd: folderWith({ ...files, 't.json': switching }) });
    expect(stdout).toContain('newly permitted');
  });

  test('what one version lacks is denied there, with a lane that says why', async () => {
    const extended = SECOND.replace(
      '{ "id": "desk.open"',
      '{ "id": "desk.lend", "tier": "low", "access": "read" }, $&',
    );
    const { stdout } = await run([...argv, '2.json'], { cwd: folderWith({ ...files, '2.json': extended }) });
    expect(stdout).toContain(
      '  desk.lend\n    +0s  Mon 2 Mar 08:00, for 1d6h1ms\n      deny unknown_capability → permit\n',
    );
  });

  test('a policy of another name has its own capabilities', async () => {
    const other = SECOND.replace('"id": "desk"', '"id": "counter"').replaceAll('desk.open', 'counter.open');
    const cwd = folderWith({ ...files, 'counter.json': other });
    const { code, stdout } = await run([...argv, 'counter.json', '--json'], { cwd });
    expect(code).toBe(0);
    const { against } = JSON.parse(stdout) as Json;
    expect(against.policy).toMatchObject({ id: 'counter', version: 2 });
    expect(against.stretches['counter.open']?.newlyPermitted).toMatchObject([
      { from: 0, to: 30 * HOUR + 1, before: null, after: { outcome: 'permit' } },
    ]);
    expect(against.stretches['desk.open']?.newlyDenied).toMatchObject([
      { from: 0, to: 24 * HOUR + 1, before: { outcome: 'permit' }, after: null },
    ]);
  });

  test('it stays in force where the story activates an older version', async () => {
    const activated = TIMELINE.replace('{ "at": "10m"', '{ "at": "5m", "type": "policy-activated", "version": 1 }, $&');
    const cwd = folderWith({ ...files, 't.json': activated });
    const { code, stdout } = await run([...argv, '2.json', '--json'], { cwd });
    expect(code).toBe(0);
    const decided = (JSON.parse(stdout) as Json).against.segments['desk.open']?.map(
      ({ decision }) => decision.policy.version,
    );
    expect(new Set(decided)).toEqual(new Set([2]));
  });

  test('--svg draws both lanes', async () => {
    const cwd = folderWith(files);
    await run([...argv, '2.json', '--svg', 'out.svg'], { cwd });
    const svg = readFileSync(join(cwd, 'out.svg'), 'utf8');
    expect(svg).toContain('>desk.note</text>');
    expect(svg).toContain('>desk.note desk@2</text>');
  });

  test('the expectations are those of the first policy, and decide the exit code', async () => {
    const cwd = folderWith(files);
    expect((await run(['simulate', '2.json', 't.json', '--against', '1.json'], { cwd })).code).toBe(1);
  });

  test.each([
    ['a file that is not there', '3', '3.json:1:1  error unreadable_file'],
    ['a file that is no policy', 't.json', 't.json:2:3  error'],
  ])('tells of %s', async (_, other, problem) => {
    const { code, stderr } = await run([...argv, other], { cwd: folderWith(files) });
    expect(code).toBe(1);
    expect(stderr).toContain(problem);
  });
});

interface Json {
  readonly against: {
    readonly policy: unknown;
    readonly segments: Readonly<
      Record<string, readonly { readonly decision: { readonly policy: { readonly version: number } } }[]>
    >;
    readonly stretches: Readonly<Record<string, CapabilityStretches>>;
  };
}
