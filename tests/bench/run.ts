/**
 * `npm run bench [-- --rounds 15]`: what the engine costs next to a hand-written function and to
 * json-rules-engine, on one policy and the same requests. Ends with code 1 when the answers differ.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { compile, decide, permits, type Request } from 'latchkey';
import { simulate } from 'latchkey/timeline';
import { do_not_optimize as consume } from 'mitata';
import { capabilityOf, compareAnswers, compareSamples } from './agreement.ts';
import { readFieldService, samplesOf, type FieldService } from './field-service.ts';
import { decideByHand, permitsByHand } from './hand-written.ts';
import { buildJsonRules, factsFor, permitsByJsonRules } from './json-rules.ts';
import { seededRequests } from './requests.ts';
import { measureInRounds, type Contender } from './rounds.ts';
import { tableOf } from './table.ts';

const REQUESTS = 10_000;
const MINUTE = 60_000;

/** A pass over all requests that consumes every answer. */
function each(name: string, requests: readonly Request[], answer: (request: Request) => unknown): Contender {
  const pass = (): void => {
    for (const request of requests) consume(answer(request));
  };
  return { name, pass, calls: requests.length };
}

/** The library is asked with facts prepared beforehand: what it costs to prepare them is not its own. */
function eachByJsonRules(name: string, requests: readonly Request[]): Contender {
  const engines = buildJsonRules();
  const asked = requests.map((request) => ({ engine: engines[capabilityOf(request)], facts: factsFor(request) }));
  const pass = async (): Promise<void> => {
    for (const { engine, facts } of asked) consume(await permitsByJsonRules(engine, facts));
  };
  return { name, pass, calls: requests.length };
}

async function print(title: string, rounds: number, ours: Contender, others: readonly Contender[]): Promise<void> {
  const [first, ...rest] = await measureInRounds([ours, ...others], rounds);
  if (first !== undefined) console.log(`\n${tableOf({ title, ours: first, others: rest })}`);
}

async function measureDecisions({ program }: FieldService, requests: readonly Request[], rounds: number) {
  const library = eachByJsonRules('json-rules-engine, yes or no', requests);
  await print(
    'permits, a request',
    rounds,
    each('permits', requests, (request) => permits(program, request)),
    [each('hand-written, yes or no', requests, permitsByHand), library],
  );
  await print(
    'decide, a request',
    rounds,
    each('decide', requests, (request) => decide(program, request)),
    [each('hand-written, with reasons', requests, decideByHand), library],
  );
}

async function measureCompile({ policy }: FieldService, rounds: number) {
  const ours = { name: 'compile', calls: 1, pass: () => consume(compile(policy)) };
  const library = { name: 'json-rules-engine, building its engines', calls: 1, pass: () => consume(buildJsonRules()) };
  await print('compile, the policy (by hand there is nothing to compile)', rounds, ours, [library]);
}

async function measureSimulate(field: FieldService, rounds: number) {
  const { program, timeline } = field;
  const requests = samplesOf(field, MINUTE).map(({ request }) => request);
  const sampled = (contender: Contender): Contender => ({ ...contender, calls: 1 });
  const ours = { name: 'simulate', calls: 1, pass: () => consume(simulate([program], timeline)) };
  await print('simulate, nine days (the others: asked every minute, facts ready)', rounds, ours, [
    sampled(each('hand-written, with reasons', requests, decideByHand)),
    sampled(eachByJsonRules('json-rules-engine, yes or no', requests)),
  ]);
}

/** Prints what differs and throws, or prints how the answers are spread. */
async function checkAnswers(field: FieldService, requests: readonly Request[]): Promise<void> {
  const { program, timeline } = field;
  const { differences, tally } = await compareAnswers(program, requests);
  const all = [...differences, ...compareSamples(simulate([program], timeline), samplesOf(field, MINUTE))];
  if (all.length > 0) throw new Error(`${all.length} answers differ:\n${all.slice(0, 10).join('\n')}`);
  const shares = Object.entries(tally).map(
    ([word, count]) => `${Math.round((100 * count) / requests.length)} % ${word}`,
  );
  console.log(`${requests.length} requests, ${shares.join(', ')}; all contenders agree`);
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError('--rounds takes a whole number from 1 up');
const field = readFieldService();
const requests = seededRequests(REQUESTS);
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; median of ${rounds} rounds, quartiles`,
);
await checkAnswers(field, requests);
await measureDecisions(field, requests, rounds);
await measureCompile(field, rounds);
await measureSimulate(field, rounds);
