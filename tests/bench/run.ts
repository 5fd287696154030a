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
import { measureInRounds, type Contender, type Timing } from './rounds.ts';
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

async function measureDecisions({ program }: FieldService, requests: readonly Request[], rounds: number) {
  const ourPermits = each('permits', requests, (request) => permits(program, request));
  const ourDecide = each('decide', requests, (request) => decide(program, request));
  const yesOrNo = each('hand-written, yes or no', requests, permitsByHand);
  const withReasons = each('hand-written, with reasons', requests, decideByHand);
  const library = eachByJsonRules('json-rules-engine, yes or no', requests);
  const timing = await measureInRounds([ourPermits, ourDecide, yesOrNo, withReasons, library], rounds);
  print('permits, a request', timing(ourPermits), [timing(yesOrNo), timing(library)]);
  print('decide, a request', timing(ourDecide), [timing(withReasons), timing(library)]);
}

async function measureCompile({ policy }: FieldService, rounds: number) {
  const ours = { name: 'compile', calls: 1, pass: () => consume(compile(policy)) };
  const library = { name: 'json-rules-engine, building its engines', calls: 1, pass: () => consume(buildJsonRules()) };
  const timing = await measureInRounds([ours, library], rounds);
  print('compile, the policy (by hand there is nothing to compile)', timing(ours), [timing(library)]);
}

async function measureSimulate(field: FieldService, rounds: number) {
  const { program, timeline } = field;
  const requests = samplesOf(field, MINUTE).map(({ request }) => request);
  const ours = { name: 'simulate', calls: 1, pass: () => consume(simulate([program], timeline)) };
  const byHand = { ...each('hand-written, with reasons', requests, decideByHand), calls: 1 };
  const library = { ...eachByJsonRules('json-rules-engine, yes or no', requests), calls: 1 };
  const timing = await measureInRounds([ours, byHand, library], rounds);
  const title = 'simulate, nine days (the others: asked every minute, facts ready)';
  print(title, timing(ours), [timing(byHand), timing(library)]);
}

function print(title: string, ours: Timing, others: readonly Timing[]): void {
  console.log(`\n${tableOf({ title, ours, others })}`);
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
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; processor time, median and quartiles of ${rounds} rounds`,
);
await checkAnswers(field, requests);
await measureDecisions(field, requests, rounds);
await measureCompile(field, rounds);
await measureSimulate(field, rounds);
