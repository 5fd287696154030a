/**
 * Runs in a process of its own, which knows nothing yet of the contender: `child.cjs <bundle> cold|heap|garbage <inputs>`.
 * Prints what it found as JSON.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Policy, Request } from 'latchkey';
import { likenesses } from './capabilities.ts';
import type { Contender, Given } from './contender.ts';

export interface Inputs {
  readonly capabilities: Given['capabilities'];
  readonly text: string;
  /** The normalized policy as JSON. */
  readonly normalized: string;
  /** The first is the first decision; together they ask about every capability. */
  readonly requests: readonly Request[];
}

/** What `cold` finds: milliseconds from nothing to the first answer, and the answer. */
export interface Cold {
  readonly milliseconds: number;
  readonly permitted: boolean;
}

/** What `heap` finds: bytes that stay in use once every capability was asked about. */
export interface Heap {
  readonly bytes: number;
}

/** What `garbage` finds: bytes that an answer leaves behind for the collector. */
export interface Garbage {
  readonly permit: number;
  readonly refusal: number;
}

/** Rounds after which the code that is measured has long been compiled. */
const WARM_UP = 50;
const ROUNDS = 2;
const COUNTS = 15;

const [bundle = '', task = '', path = ''] = process.argv.slice(2);
const { capabilities, text, normalized, requests } = JSON.parse(readFileSync(path, 'utf8')) as Inputs;
const given: Given = {
  capabilities,
  like: likenesses(capabilities),
  text,
  // Read when a contender asks for it, so that only those pay who need it.
  get policy() {
    return JSON.parse(normalized) as Policy;
  },
};

const load = (): Contender => (createRequire(bundle)(bundle) as { contender: Contender }).contender;

async function cold(): Promise<Cold> {
  const [request] = requests;
  if (request === undefined) throw new TypeError('there must be something to ask');
  const start = performance.now();
  const { prepare, permits } = await load().build(given);
  const built = performance.now();
  const prepared = prepare(request);
  const asked = performance.now();
  const permitted = await permits(prepared);
  return { milliseconds: built - start + performance.now() - asked, permitted };
}

function inUse(): number {
  if (globalThis.gc === undefined) throw new TypeError('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function heap(): Promise<Heap> {
  const contender = load();
  const before = inUse();
  const { prepare, permits } = await contender.build(given);
  const once = new Map(requests.map((request) => [request.capability, request]));
  for (const request of once.values()) await permits(prepare(request));
  const bytes = inUse() - before;
  // Asked once more, so that nothing of it could be collected before it was counted.
  for (const request of requests.slice(0, 1)) await permits(prepare(request));
  return { bytes };
}

function askAll(permits: (prepared: unknown) => unknown, prepared: readonly unknown[], rounds: number): void {
  for (let round = 0; round < rounds; round += 1) for (const each of prepared) permits(each);
}

/**
 * Bytes for each of them: the median of several counts, because now and then one has a collection in it. None is forced,
 * because what it forgets must be learned again, and that allocates.
 */
function leftBy(permits: (prepared: unknown) => unknown, prepared: readonly unknown[]): number {
  askAll(permits, prepared, WARM_UP);
  const counts = Array.from({ length: COUNTS }, () => {
    const before = process.memoryUsage().heapUsed;
    askAll(permits, prepared, ROUNDS);
    return (process.memoryUsage().heapUsed - before) / (ROUNDS * prepared.length);
  });
  return counts.toSorted((a, b) => a - b)[Math.floor(COUNTS / 2)] ?? Number.NaN;
}

async function garbage(): Promise<Garbage> {
  const { prepare, permits } = await load().build(given);
  const prepared = requests.map(prepare);
  const permitted = prepared.filter((each) => permits(each) === true);
  const refused = prepared.filter((each) => permits(each) === false);
  return { permit: leftBy(permits, permitted), refusal: leftBy(permits, refused) };
}

async function found(): Promise<Cold | Heap | Garbage> {
  if (task === 'cold') return cold();
  return task === 'heap' ? heap() : garbage();
}

void found().then((result) => console.log(JSON.stringify(result)));
