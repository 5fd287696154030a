/** What each contender costs besides time: bytes to download, memory, the start, and whether it needs `eval`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile, permits } from 'latchkey';
import { bundleInto, weigh } from './bundle.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Cold, Garbage, Heap, Inputs } from './child.ts';
import type { Contender } from './contender.ts';
import { handWrittenReasons } from './contenders/hand-written.ts';
import { LIBRARIES } from './contenders/index.ts';
import { latchkeyLoad } from './contenders/latchkey-load.ts';
import { latchkeyDecide } from './contenders/latchkey.ts';
import { fieldServiceFor } from './field-service.ts';
import { seededRequests } from './requests.ts';
import { timingOf, type Timing } from './rounds.ts';

export interface Footprint {
  readonly name: string;
  readonly bytes: number;
  /** Of 300 capabilities, in bytes. */
  readonly heap: number;
  /** From nothing to the first answer of three capabilities. */
  readonly cold: Timing;
  /** Bytes that a permit and a refusal leave behind; none where answers are promises. */
  readonly garbage: Garbage | undefined;
  /** It still answers where code may not be made from text, as under a policy without `unsafe-eval`. */
  readonly worksWithoutEval: boolean;
}

const WEIGHED: readonly Contender[] = [latchkeyDecide, latchkeyLoad, handWrittenReasons, ...LIBRARIES];

interface Place {
  readonly child: string;
  readonly bundles: ReadonlyMap<string, string>;
  readonly few: string;
  readonly many: string;
  /** What we answer to the first request of the few. */
  readonly permitted: boolean;
}

/** Enough requests for every capability to be asked about. */
function inputsFor(count: number): Inputs {
  const { capabilities, text, policy } = fieldServiceFor(capabilitiesOf(count));
  const names = capabilities.map(({ id }) => id);
  return { capabilities, text, normalized: JSON.stringify(policy), requests: seededRequests(10 * count, names) };
}

function write(path: string, inputs: Inputs): string {
  writeFileSync(path, JSON.stringify(inputs));
  return path;
}

async function prepare(folder: string): Promise<Place> {
  const bundles = new Map<string, string>();
  for (const { name, file, exported } of WEIGHED) {
    const code = `export { ${exported} as contender } from './tests/bench/contenders/${file}.ts';`;
    bundles.set(name, await bundleInto(folder, file, code));
  }
  const few = inputsFor(3);
  const program = compile(fieldServiceFor(few.capabilities).policy);
  return {
    child: await bundleInto(folder, 'child', "import './tests/bench/child.ts';"),
    bundles,
    few: write(join(folder, 'few.json'), few),
    many: write(join(folder, 'many.json'), inputsFor(300)),
    permitted: few.requests.slice(0, 1).every((request) => permits(program, request)),
  };
}

/** What a fresh process prints; nothing when it fails. */
function ask<T>(
  place: Place,
  name: string,
  task: 'cold' | 'heap' | 'garbage',
  options: readonly string[] = [],
): T | undefined {
  const inputs = task === 'cold' ? place.few : place.many;
  const line = [...options, place.child, place.bundles.get(name) ?? '', task, inputs];
  const { status, stdout } = spawnSync(process.execPath, line, { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as T) : undefined;
}

function needed<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`${name} does not run in a process of its own`);
  return found;
}

function coldOnce(place: Place, name: string): number {
  const { milliseconds, permitted } = needed(ask<Cold>(place, name, 'cold'), name);
  if (permitted !== place.permitted) throw new Error(`${name} answers otherwise in a process of its own`);
  return milliseconds * 1e6;
}

function memoryOf(place: Place, { name, awaited }: Contender): Pick<Footprint, 'heap' | 'garbage'> {
  const heaps = [1, 2, 3].map(() => needed(ask<Heap>(place, name, 'heap', ['--expose-gc']), name).bytes);
  const wide = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];
  const garbage = awaited === true ? undefined : needed(ask<Garbage>(place, name, 'garbage', wide), name);
  return { heap: timingOf(name, heaps).median, garbage };
}

/** Every contender in turn, each time in a fresh process. */
export async function footprints(rounds: number, onRound: (round: number) => void): Promise<readonly Footprint[]> {
  // Below node_modules, so that what is not bundled is found from there.
  const parent = resolve('node_modules/.cache/latchkey');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  try {
    const place = await prepare(folder);
    const colds = new Map<string, number[]>(WEIGHED.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const { name } of WEIGHED) {
        const time = coldOnce(place, name);
        if (round > 0) colds.get(name)?.push(time);
      }
      onRound(round);
    }
    const found: Footprint[] = [];
    for (const contender of WEIGHED)
      found.push({
        name: contender.name,
        bytes: await weigh(contender.imports),
        cold: timingOf(contender.name, colds.get(contender.name) ?? []),
        ...memoryOf(place, contender),
        worksWithoutEval: ask(place, contender.name, 'cold', ['--disallow-code-generation-from-strings']) !== undefined,
      });
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
