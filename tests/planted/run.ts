/** `npm run planted [-- <id>…]`: plants each bug by itself and sees whether the tests notice; Ctrl+C stops it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Bug } from './bug.ts';
import { bugs } from './bugs.ts';

interface Caught {
  readonly bug: Bug;
  /** The first test that failed, and what kind of test it is; null when none did. */
  readonly by: { readonly stage: Stage; readonly test: string } | null;
  readonly seconds: number;
}

type Stage = 'cases' | 'laws' | 'slow laws';
const STAGES: readonly Stage[] = ['cases', 'laws', 'slow laws'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !bugs.some((bug) => bug.id === id));
if (unknown.length > 0) throw new TypeError(`there is no planted bug ${unknown.join(', ')}`);
const waiting = bugs.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

/** Milliseconds after which a run is taken not to end at all, which nobody would fail to notice. */
const ENDLESS = 240_000;

const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-planted-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

const found: Caught[] = [];
const queue = [...waiting];
await Promise.all(Array.from({ length: availableParallelism() }, work));

const survivors = found.filter(({ by }) => by === null);
const byCases = found.filter(({ by }) => by?.stage === 'cases').length;
console.log(
  `\n${found.length} bugs: ${byCases} caught by cases, ${found.length - byCases - survivors.length} by laws alone`,
);
console.log(`${survivors.length} survived${survivors.map(({ bug }) => `\n  ${bug.id}: ${bug.wrong}`).join('')}`);
process.exitCode = survivors.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let bug = queue.shift(); bug !== undefined; bug = queue.shift()) {
    const started = performance.now();
    let by: Caught['by'] = null;
    for (const stage of STAGES) {
      const test = await firstFailure(bug, stage);
      if (test !== null) by = { stage, test };
      if (by !== null) break;
    }
    const caught = { bug, by, seconds: (performance.now() - started) / 1000 };
    found.push(caught);
    const count = `${found.length}/${waiting.length}`.padStart(6);
    console.log(
      `${count} ${by === null ? '✗' : '✓'} ${bug.id.padEnd(26)} ${caught.seconds.toFixed(0).padStart(3)} s  ${by?.test ?? 'survived'}`,
    );
  }
}

/** The name of the first test that fails with the bug planted; null when all pass. */
async function firstFailure(bug: Bug, stage: Stage): Promise<string | null> {
  const results = path.join(folder, `${bug.id}-${stage}.json`);
  const vitest = path.resolve('node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'tests/planted/vitest.config.ts'], {
    env: { ...process.env, LATCHKEY_PLANTED: bug.id, LATCHKEY_STAGE: stage, LATCHKEY_PLANTED_RESULTS: results },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const limit = setTimeout(() => child.kill('SIGKILL'), ENDLESS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(limit);
  if (child.signalCode === 'SIGKILL') return `the ${stage} did not end`;
  if (!existsSync(results)) throw new Error(`the tests did not run for ${bug.id}:\n${errors}`);
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  if (failed !== undefined) return failed.fullName;
  const broken = testResults.find(({ message }) => message !== '');
  if (broken !== undefined) throw new Error(`${bug.id} does not even load: ${broken.message}`);
  if (code !== 0) throw new Error(`the tests of ${bug.id} ended with ${code}:\n${errors}`);
  return null;
}
