/**
 * `npm run bench [-- --rounds 15] [--write]`: what the engine costs next to code written by hand and to the libraries one
 * might take instead. `--write` publishes what it found. Ends with code 1 when two contenders answer differently.
 */
import { parseArgs } from 'node:util';
import { simulate } from 'latchkey/timeline';
import { compareAnswers, compareReasons, compareSamples, compareWhole } from './agreement.ts';
import { capabilitiesOf } from './capabilities.ts';
import { CONTENDERS } from './contenders/index.ts';
import { latchkeyLoad } from './contenders/latchkey-load.ts';
import { fieldServiceFor, readFieldService, samplesOf } from './field-service.ts';
import { footprints } from './footprints.ts';
import { builds, decisions, instants, simulations } from './measures.ts';
import { pageOf, publish } from './publish.ts';
import { seededRequests } from './requests.ts';
import { FEW, MANY, REQUESTS, settingOf, SITUATIONS, type Decisions, type Results } from './results.ts';
import { measureInRounds, type Measured, type Timing } from './rounds.ts';

const MINUTE = 60_000;
/** A spread of fewer says little. */
const LEAST_ROUNDS = 15;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: `${LEAST_ROUNDS}` }, write: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError('--rounds takes a whole number from 1 up');
if (values.write && rounds < LEAST_ROUNDS) throw new TypeError(`--write takes at least ${LEAST_ROUNDS} rounds`);

function progress(what: string): (round: number) => void {
  process.stdout.write(`${what} `);
  return (round) => process.stdout.write(round < rounds ? '.' : '\n');
}

function timed(what: string, all: readonly Measured[]): Promise<readonly Timing[]> {
  return measureInRounds(all, rounds, progress(what));
}

function stopAt(differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new Error(`${differences.length} answers differ:\n${differences.slice(0, 10).join('\n')}`);
}

async function decided(count: number): Promise<Decisions> {
  const given = fieldServiceFor(capabilitiesOf(count));
  const names = given.capabilities.map(({ id }) => id);
  const requests = seededRequests(REQUESTS, names, SITUATIONS);
  const { differences, tally } = await compareAnswers([...CONTENDERS, latchkeyLoad], given, requests);
  stopAt(differences);
  stopAt(compareWhole(given, requests));
  if (count === FEW) stopAt(compareReasons(requests));
  console.log(`${count} capabilities, ${REQUESTS} requests: all contenders agree`);
  return { tally, timings: await timed('  a decision', await decisions(given, requests)) };
}

/** Its requests have other shapes than an app's: after all that asks for single decisions. */
async function simulated(): Promise<readonly Timing[]> {
  const field = readFieldService();
  const simulation = simulate([field.program], field.timeline);
  stopAt(compareSamples(simulation, samplesOf(field, MINUTE)));
  return timed('nine days', await simulations(field));
}

const results: Results = {
  setting: settingOf(rounds),
  few: await decided(FEW),
  many: await decided(MANY),
  builds: await timed(`from rules to answers, ${MANY} capabilities`, builds(MANY)),
  instants: await timed('opening hours', instants(REQUESTS)),
  simulations: await simulated(),
  footprints: await footprints(rounds, progress('cold starts')),
};
console.log(`\n${await pageOf(results)}`);
if (values.write) await publish(results);
