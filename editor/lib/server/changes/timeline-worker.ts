import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What the worker is given: texts, of which it makes everything itself. */
export interface WorkerTask {
  /** The version under test first; earlier ones are there for stories in which a device still has them. */
  readonly policies: readonly string[];
  /** What it is compared with, in the same order; none where nothing is compared. */
  readonly before?: readonly string[];
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
  /** Absent where nothing was compared, or the story cannot be told on what it was compared with. */
  readonly compared?: {
    /** The story's start, Unix milliseconds. */
    readonly start: number;
    readonly timeZone: string | null;
    /** Ids of the capabilities that people may use at some time at which they might not before, and the reverse. */
    readonly widened: readonly string[];
    readonly narrowed: readonly string[];
    /** The first stretch of each of them; times are milliseconds after the start, null an unknown capability. */
    readonly examples: readonly {
      readonly capability: string;
      readonly rises: boolean;
      readonly from: number;
      readonly to: number;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  };
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

async function run({ policies, before = [], timelines, entries }) {
  const [{ compile }, { load }, story] = await Promise.all(entries.map((entry) => import(entry)));
  const programsOf = (texts) => texts.flatMap((text) => {
    const loaded = load(text);
    return loaded.ok ? [compile(loaded.value.policy)] : [];
  });
  const newest = programsOf(policies.slice(0, 1));
  let every;
  // Versions take long to load, and few stories know of any but the newest: only those are told with all of them.
  const programsFor = (timeline, text) => {
    const named = timeline.version !== undefined || timeline.events.some(({ event }) => event.type === 'policy-activated');
    if (before.length === 0 && !named && story.checkTimeline(timeline, newest, text).length === 0) return newest;
    return (every ??= [...newest, ...programsOf(policies.slice(1))]);
  };
  const others = programsOf(before);
  const answerTo = (text) => {
    const loaded = story.loadTimeline(text);
    if (!loaded.ok) return broken(null, loaded.diagnostics);
    const { title } = loaded.value;
    const programs = programsFor(loaded.value, text);
    const problems = story.checkTimeline(loaded.value, programs, text);
    if (problems.length > 0) return broken(title, problems);
    const simulation = story.simulate(programs, loaded.value);
    const { expectations } = simulation;
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
      ...compared(story, others, loaded.value, simulation),
    };
  };
  for (const text of timelines) parentPort.postMessage(answerTo(text));
}

// Told on the other policy, as if the versions it does not have had never come.
function compared(story, others, timeline, now) {
  if (others.length === 0) return {};
  const { id, version: newest } = others[0].policy;
  const versions = others.map(({ policy }) => policy.version);
  const known = (version) => (versions.includes(version) ? version : newest);
  const told = {
    ...timeline,
    policy: id,
    ...(timeline.version === undefined ? {} : { version: known(timeline.version) }),
    events: timeline.events.map((timed) =>
      timed.event.type === 'policy-activated'
        ? { ...timed, event: { ...timed.event, version: known(timed.event.version) } }
        : timed,
    ),
  };
  // What one of the two lacks is a difference, no mistake.
  if (story.checkTimeline(told, others).some(({ code }) => code !== 'unknown_capability')) return {};
  const found = Object.entries(story.stretches(story.simulate(others, told), now));
  const ids = (kind) => found.filter(([, each]) => each[kind].length > 0).map(([capability]) => capability);
  const example = (capability, rises, [first]) =>
    first === undefined
      ? []
      : [{
          capability,
          rises,
          from: first.from,
          to: first.to,
          before: first.before?.outcome ?? null,
          after: first.after?.outcome ?? null,
        }];
  return {
    compared: {
      start: timeline.start,
      timeZone: timeline.timeZone ?? null,
      widened: ids('newlyPermitted'),
      narrowed: ids('newlyDenied'),
      examples: found.flatMap(([capability, { newlyPermitted, newlyDenied }]) => [
        ...example(capability, true, newlyPermitted),
        ...example(capability, false, newlyDenied),
      ]),
    },
  };
}

function broken(title, diagnostics) {
  const problems = diagnostics.slice(0, MOST).map(({ code, pointer, message }) => ({ code, pointer, message }));
  return { title, held: 0, all: 0, problems, failed: [] };
}

void run(workerData);
`;
