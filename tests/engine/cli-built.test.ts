import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type * as MutateRun from '../../engine/cli/mutate-run.ts';
import { POLICY, TIMELINE } from './cli-documents.ts';
import { folderWith } from './cli-harness.ts';

const command = fileURLToPath(new URL('../../engine/bin/latchkey.js', import.meta.url));
const build = fileURLToPath(new URL('../../scripts/build-engine.mjs', import.meta.url));

function latchkey(cwd: string, argv: readonly string[], input = '') {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

describe('the built command', () => {
  beforeAll(() => void execFileSync(process.execPath, [build], { stdio: 'inherit' }), 240_000);

  test('checks, with plain text where there is no terminal', () => {
    const cwd = folderWith({ 'p.json': POLICY, 'bad.json': '{ "language": 1, }' });
    expect(latchkey(cwd, ['check', 'p.json'])).toEqual({
      status: 0,
      stdout: '✓ 1 file checked, no problems\n',
      stderr: '',
    });
    const bad = latchkey(cwd, ['check', 'bad.json']);
    expect(bad).toMatchObject({ status: 1, stderr: '' });
    expect(bad.stdout).not.toContain('\u001b');
  });

  test('reads requests from a pipe and prints more than a pipe holds', () => {
    const cwd = folderWith({ 'p.json': POLICY });
    const requests = '{"capability":"desk.open"}\n'.repeat(3000);
    const { status, stdout, stderr } = latchkey(cwd, ['decide', 'p.json', '--requests', '-', '--json'], requests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(3000);
  });

  test('ends quietly when nobody reads on', () => {
    const cwd = folderWith({ 'p.json': POLICY, 't.json': TIMELINE });
    const requests = '{"capability":"desk.open"}\\n'.repeat(3000);
    const script = `printf '${requests}' | "${process.execPath}" "${command}" decide p.json --requests - --json | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  test.runIf(existsSync('/dev/full'))('says so when what it found cannot be written', () => {
    const cwd = folderWith({ 'p.json': POLICY });
    const script = `"${process.execPath}" "${command}" check p.json > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'latchkey: cannot write to standard output: the disk is full\n',
    });
  });

  test('judges mutants in threads as it would in one', async () => {
    const built = new URL('../../engine/dist/cli/mutate-run.js', import.meta.url).href;
    const { judgeAll, readyFor } = (await import(built)) as typeof MutateRun;
    const [model, ...others] = (JSON.parse(POLICY) as { capabilities: { id: string }[] }).capabilities;
    const capabilities = Array.from({ length: 12 }, (_, index) => ({ ...model, id: `desk.${index}` }));
    const wide = { ...(JSON.parse(POLICY) as object), capabilities: [model, ...others, ...capabilities] };
    const job = { policy: JSON.stringify(wide), others: [], timelines: [{ text: TIMELINE, version: 1 }] };
    const ready = readyFor(job);
    let started = 0;
    const note = (): void => void (started += 1);
    process.on('worker', note);
    onTestFinished(() => void process.off('worker', note));
    const alone = await judgeAll(job, ready, { threads: 1 });
    expect(started).toBe(0);
    expect(await judgeAll(job, ready, { threads: 3, worth: 0 })).toEqual(alone);
    expect(started).toBe(3);
    expect(new Set(alone.slice(20).map((verdict) => JSON.stringify(verdict))).size).toBeGreaterThan(5);
  });

  test('knows its version and ends with 2 when called without a command', () => {
    expect(latchkey('.', ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(latchkey('.', [])).toMatchObject({ status: 2, stdout: '' });
  });
});
