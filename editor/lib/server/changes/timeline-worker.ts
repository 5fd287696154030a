import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What the worker is given: texts, of which it makes everything itself. */
export interface WorkerTask {
  /** The version under test first; earlier ones are there for stories in which a device still has them. */
  readonly policies: readonly string[];
  readonly timelines: readonly string[];
  /** Addresses of `latchkey`, `latchkey/load` and `latchkey/timeline`. */
  readonly entries: readonly string[];
}

/** What came of one timeline, posted as soon as it is known. */
export interface WorkerAnswer {
  readonly title: string | null;
  readonly held: number;
  readonly all: number;
  /** The first of what keeps it from running. */
  readonly problems: readonly { readonly code: string; readonly pointer: string; readonly message: string }[];
  /** The first expectations that did not hold. */
  readonly failed: readonly {
    readonly path: string;
    readonly at: number;
    readonly capability: string;
    readonly outcome: string;
    readonly reasons: readonly string[];
  }[];
}

const installed = createRequire(import.meta.url);

/** The package as it is installed, not as this build has bundled it: a worker starts from files. */
export function engineEntries(): readonly string[] {
  const names = ['latchkey', 'latchkey/load', 'latchkey/timeline'];
  return names.map((name) => pathToFileURL(installed.resolve(name)).href);
}

/** The installed package's version: a run is only worth what ran it. */
export function engineVersion(): string {
  const text = readFileSync(installed.resolve('latchkey/package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/**
 * The worker, as text: a file of its own would be TypeScript under test and elsewhere after the build. It runs plain
 * JavaScript of the installed package and posts one `WorkerAnswer` a timeline, in order.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const MOST = 20;

async function run({ policies, timelines, entries }) {
  const [{ compile }, { load }, story] = await Promise.all(entries.map((entry) => import(entry)));
  const programs = policies.flatMap((text) => {
    const loaded = load(text);
    return loaded.ok ? [compile(loaded.value.policy)] : [];
  });
  const answerTo = (text) => {
    const loaded = story.loadTimeline(text);
    if (!loaded.ok) return broken(null, loaded.diagnostics);
    const { title } = loaded.value;
    const problems = story.checkTimeline(loaded.value, programs, text);
    if (problems.length > 0) return broken(title, problems);
    const { expectations } = story.simulate(programs, loaded.value);
    const failed = expectations.filter(({ ok }) => !ok);
    return {
      title,
      held: expectations.length - failed.length,
      all: expectations.length,
      problems: [],
      failed: failed.slice(0, MOST).map(({ path, at, expected, actual }) => ({
        path,
        at,
        capability: expected.capability,
        outcome: actual.outcome,
        reasons: actual.reasons.map(({ code }) => code),
      })),
    };
  };
  for (const text of timelines) parentPort.postMessage(answerTo(text));
}

function broken(title, diagnostics) {
  const problems = diagnostics.slice(0, MOST).map(({ code, pointer, message }) => ({ code, pointer, message }));
  return { title, held: 0, all: 0, problems, failed: [] };
}

void run(workerData);
`;
