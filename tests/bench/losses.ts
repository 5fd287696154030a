/** Where others do better than we do, by measure. */
import { CONTENDERS, LIBRARIES } from './contenders/index.ts';
import { handWrittenReasons } from './contenders/hand-written.ts';
import { latchkeyDecide, latchkeyPermits } from './contenders/latchkey.ts';
import { named, type Results } from './results.ts';
import { ratio } from './wording.ts';

interface Measure {
  readonly what: string;
  /** What it is a figure of: `time`, `size`. */
  readonly of: string;
  readonly ours: string;
  readonly others: readonly string[];
  readonly figureOf: (name: string) => number;
}

const libraries = LIBRARIES.map(({ name }) => name);
const others = CONTENDERS.map(({ name }) => name).filter((name) => !name.startsWith('latchkey'));

function measures({ few, many, builds, footprints }: Results): readonly Measure[] {
  const decisions = [
    { count: 3, timings: few.timings },
    { count: 300, timings: many.timings },
  ];
  const asked = [latchkeyPermits.name, latchkeyDecide.name].flatMap((ours) =>
    decisions.map(({ count, timings }) => ({
      what: `${ours}, ${count} capabilities`,
      of: 'time',
      ours,
      others,
      figureOf: (name: string) => named(timings, name).median,
    })),
  );
  const footprint = { ours: latchkeyDecide.name, others: [handWrittenReasons.name, ...libraries] };
  return [
    ...asked,
    {
      ...{
        what: 'From rules to answers, 300 capabilities',
        of: 'time',
        ours: 'latchkey, `compile`',
        others: libraries,
      },
      figureOf: (name) => named(builds, name).median,
    },
    { ...footprint, what: 'Bytes', of: 'size', figureOf: (name) => named(footprints, name).bytes },
    { ...footprint, what: 'Memory of 300 capabilities', of: 'size', figureOf: (name) => named(footprints, name).heap },
    { ...footprint, what: 'Cold start', of: 'time', figureOf: (name) => named(footprints, name).cold.median },
  ];
}

/** A line for each measure: who is better, and how ours compares with it; or that nobody is. */
export function lossesOf(results: Results): readonly string[] {
  return measures(results).map((measure) => {
    const ours = measure.figureOf(measure.ours);
    const better = measure.others.filter((name) => measure.figureOf(name) < ours);
    const listed = better.map((name) => `${name} (${ratio(ours, measure.figureOf(name), measure.of)})`);
    return `${measure.what}: ${listed.length === 0 ? 'nobody measured here is better' : listed.join(', ')}.`;
  });
}
