/** What a run found, as the page that people read; the terminal shows the same. */
import { casl } from './contenders/casl.ts';
import { handWrittenGuarded } from './contenders/hand-written-guarded.ts';
import { handWrittenWhole } from './contenders/hand-written-whole.ts';
import { handWrittenReasons } from './contenders/hand-written.ts';
import { CONTENDERS } from './contenders/index.ts';
import { latchkeyLoad } from './contenders/latchkey-load.ts';
import { latchkeyDecide, latchkeyPermits } from './contenders/latchkey.ts';
import { jsonLogicBuilt } from './contenders/json-logic-built.ts';
import { jsonRulesEngine } from './contenders/json-rules-engine.ts';
import { lossesOf } from './losses.ts';
import { MANY, named, REQUESTS, SITUATIONS, type Decisions, type Results } from './results.ts';
import type { Timing } from './rounds.ts';
import { targetsOf } from './targets.ts';
import { duration, size, ratio } from './wording.ts';

export const COMMAND = 'npm run bench -- --write';
/** The lines around the figures that README.md repeats. */
export const FIGURES = ['<!-- figures -->', '<!-- end of figures -->'] as const;

/** The first column is text, the others are figures. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const spread = ({ quartiles }: Timing): string => quartiles.map(duration).join(' – ');

/** Three of the figures, as README.md quotes them. */
export function figures({ few, footprints }: Results): string {
  const permits = named(few.timings, latchkeyPermits.name).median;
  const decide = named(few.timings, latchkeyDecide.name).median;
  const rules = named(few.timings, jsonRulesEngine.name).median;
  const built = named(few.timings, jsonLogicBuilt.name).median;
  return [
    FIGURES[0],
    '',
    `- A full decision, with every reason, the obligations and the instant of its next change: **${duration(decide)}**.`,
    `  json-rules-engine says yes or no; \`decide\` takes ${ratio(decide, rules)}.`,
    `- Yes or no, by \`permits\`: **${duration(permits)}**, ${ratio(permits, rules)}; next to json-logic-engine, whose`,
    `  rules are built into functions by \`eval\`, ${ratio(permits, built)}.`,
    `- What an app ships for it: **${size(named(footprints, latchkeyDecide.name).bytes)}**, minified and compressed, without a dependency.`,
    '',
    FIGURES[1],
  ].join('\n');
}

function decisionTable({ timings }: Decisions, fewer?: Decisions): string {
  const permits = named(timings, latchkeyPermits.name).median;
  const decide = named(timings, latchkeyDecide.name).median;
  const heads = ['', 'median', 'quartiles', '`permits`', '`decide`', ...(fewer === undefined ? [] : ['next to 3'])];
  const rows = timings.map((timing) => [
    timing.name,
    duration(timing.median),
    spread(timing),
    timing.name === latchkeyPermits.name ? '' : ratio(permits, timing.median),
    timing.name === latchkeyDecide.name ? '' : ratio(decide, timing.median),
    ...(fewer === undefined ? [] : [ratio(timing.median, named(fewer.timings, timing.name).median)]),
  ]);
  return table(heads, rows);
}

function timingTable(timings: readonly Timing[]): string {
  const [ours] = timings;
  const rows = timings.map((timing) => [
    timing.name,
    duration(timing.median),
    spread(timing),
    ours === undefined || ours === timing ? '' : ratio(ours.median, timing.median),
  ]);
  return table(['', 'median', 'quartiles', ours?.name ?? ''], rows);
}

function footprintTable({ footprints }: Results): string {
  const rows = footprints.map(({ name, bytes, heap, cold, garbage, worksWithoutEval }) => [
    name,
    size(bytes),
    size(heap),
    duration(cold.median),
    spread(cold),
    garbage === undefined ? '' : `${Math.round(garbage.permit)} / ${Math.round(garbage.refusal)}`,
    worksWithoutEval ? 'no' : 'yes',
  ]);
  const heads = ['', 'bytes', `memory of ${MANY}`, 'cold start', 'quartiles', 'left by a permit / a refusal', '`eval`'];
  return table(heads, rows);
}

function shares({ tally }: Decisions): string {
  return Object.entries(tally)
    .map(([outcome, times]) => `${((100 * times) / REQUESTS).toFixed(0)} % ${outcome}`)
    .join(', ');
}

function settingTable({ setting }: Results): string {
  const packages = [...setting.packages].map(([name, version]) => `${name} ${version}`);
  return table(
    ['', 'this run'],
    [
      ['command', `\`${COMMAND}\``],
      ['date', setting.date],
      ['machine', setting.machine],
      ['Node', `${setting.node} (V8 ${setting.v8})`],
      ['packages', packages.join(', ')],
      ['rounds', `${setting.rounds}`],
    ],
  ).replace('---:', '---');
}

function setUps(): string {
  return [...CONTENDERS, latchkeyLoad].map(({ name, setUp }) => `- **${name}.** ${setUp}`).join('\n');
}

function targetTable(results: Results): string {
  const rows = targetsOf(results).map(({ claim, limit, reached, met }) => [
    claim,
    limit,
    reached,
    met ? 'met' : 'not met',
  ]);
  return table(['ours and what it is held against', 'at most', 'this run', ''], rows);
}

/** A permit must not pay for what only a refusal has to say. */
function left({ footprints }: Results): string {
  const { garbage } = named(footprints, latchkeyDecide.name);
  if (garbage === undefined) return '';
  const [permit, refusal] = [garbage.permit, garbage.refusal].map(Math.round);
  return `A permit by \`decide\` leaves ${permit} bytes to collect, any other answer ${refusal}.`;
}

/** How ours and others would compare if ours were code written by hand for this one policy. */
function compared(ours: Timing, timings: readonly Timing[], others: readonly string[]): string {
  return others.map((name) => `${ratio(ours.median, named(timings, name).median)} for ${name}`).join('; ');
}

/** What code takes that reads with as much care, and that says as much. */
function floor({ few: { timings } }: Results): string {
  const [least, whole, decide] = [handWrittenGuarded.name, handWrittenWhole.name, latchkeyDecide.name].map((name) =>
    named(timings, name),
  ) as [Timing, Timing, Timing];
  return `How low can these go? Code written by hand for these three capabilities alone, which reads a request with as much
suspicion, makes nothing and explains nothing, takes ${duration(least.median)}:
${compared(least, timings, [jsonLogicBuilt.name, jsonRulesEngine.name])}. The libraries are handed flat facts of the
right types, which nobody checks. Code by hand that also says all that \`decide\` says, member by member, takes
${duration(whole.median)}: ${compared(whole, timings, [handWrittenReasons.name, casl.name, jsonRulesEngine.name])}.
Ours, which takes any policy, needs ${ratio(decide.median, whole.median)}.`;
}

/** The whole page, before it is formatted. */
export function page(results: Results): string {
  const { few, many } = results;
  return `# How fast, how large

Written by \`${COMMAND}\`; whoever edits it by hand loses that with the next run. Yours will differ in the figures, and
should not in the ratios. [Why it is measured like this](decisions/0023-how-we-measure.md).

## In three figures

${figures(results)}

## Where others are better

${lossesOf(results)
  .map((line) => `- ${line}`)
  .join('\n')}

None of the libraries says why not, what to do about it, or how long the answer holds. The code written by hand with
reasons does, for this one policy; it knows no paths, figures, alternatives, remedies or advice, and trusts the facts.

## What we set out to reach

A ratio is our time next to the other's: \`1/80 of its time\` is eighty times as fast.

${targetTable(results)}

${floor(results)}

${left(results)} Without \`eval\`, \`new Function\` or a dependency: lint and the dependency rules refuse them in the engine, the
check of the package in what is built, and a browser test runs it under a policy without \`unsafe-eval\`.

## How it was measured

${settingTable(results)}

- **One policy**, the shipped [field service](../policies/field-service/1.json): three capabilities, each of another kind;
  and the same with ${MANY}, the three repeated under other names.
- **${REQUESTS.toLocaleString('en')} requests**, seeded, the same for all, in any order from ${SITUATIONS} situations: ${shares(few)}.
  Before anything is measured, every contender answers all of them, and the run ends where two answers differ.
- **Facts.** The libraries know no ages, proofs or expiry margins. They are given flat facts made for their rule, and making
  them is not measured. Ours and the code written by hand read the request as an app has it.
- **Time** is processor time for each decision: the median of the rounds, and the quartiles around it. All contenders take
  turns in every round; a round counts with its fastest pass, and the first only warms up. Every answer is consumed.
  cedar-wasm is asked every tenth request in each pass, the others all of them.

## A decision, three capabilities

The last two columns say how ours compares with that line.

${decisionTable(few)}

## A decision, three hundred capabilities

${shares(many)}. The last column compares each with itself.

${decisionTable(many, few)}

## What it costs besides

Bytes are those of the code that an app imports, minified, compressed, WebAssembly included. Memory is what stays in use
once ${MANY} capabilities have been asked about. The cold start goes from nothing to the first answer in a fresh process, on
the clock on the wall: code bundled and minified (cedar-wasm as its package has it), three capabilities; \`decide\` reads
the normalized policy as JSON, \`load\` checks the text first. The bytes that an answer leaves for the collector are told for
permits and for all others, except where answers are promises. The last column says who stops where code may not be made
from text.

${footprintTable(results)}

## From rules to answers, ${MANY} capabilities

Ours from the normalized policy. CASL and the interpreted json-logic-engine put most of it off until they are first asked.

${timingTable(results.builds)}

## Opening hours

A capability that is open in the hours of one place, and one that asks for an age, at the same random instants over two
years.

${timingTable(results.instants)}

## Nine days

\`simulate\` finds every edge of a story of nine days, with the facts it needs; the others are asked every minute, with the
facts ready.

${timingTable(results.simulations)}

## How each is set up

Each has a file in \`tests/bench/contenders\`, with more of the reasons.

${setUps()}
`;
}
