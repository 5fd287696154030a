/** `npm run bench [-- --rounds 15]`. Ends with code 1 when the contenders do not give the same answers. */
import { parseArgs } from 'node:util';
import { simulate } from 'latchkey/timeline';
import { compareAnswers, compareReasons, compareSamples } from './agreement.ts';
import { capabilitiesOf } from './capabilities.ts';
import { CONTENDERS } from './contenders/index.ts';
import { latchkeyLoad } from './contenders/latchkey-load.ts';
import { fieldServiceFor, readFieldService, samplesOf } from './field-service.ts';
import { builds, decisions, instants, simulations } from './measures.ts';
import { seededRequests } from './requests.ts';
import { measureInRounds, type Measured } from './rounds.ts';
import { duration, ratio } from './wording.ts';

const REQUESTS = 10_000;
const SITUATIONS = 500;
const MINUTE = 60_000;
const COUNTS = [3, 300];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError('--rounds takes a whole number from 1 up');

function stopAt(differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new Error(`${differences.length} answers differ:\n${differences.slice(0, 10).join('\n')}`);
}

async function timed(what: string, all: readonly Measured[]): Promise<void> {
  console.log(what);
  const timings = await measureInRounds(all, rounds, (round) => process.stdout.write(round < rounds ? '.' : '\n'));
  const [ours] = timings;
  for (const { name, median, quartiles } of timings) {
    const compared = ours === undefined || ours.name === name ? '' : `  ${ours.name}: ${ratio(ours.median, median)}`;
    console.log(
      `  ${name.padEnd(34)}${duration(median).padStart(10)}  ${quartiles.map(duration).join(' – ')}${compared}`,
    );
  }
}

for (const count of COUNTS) {
  const given = fieldServiceFor(capabilitiesOf(count));
  const requests = seededRequests(
    REQUESTS,
    given.capabilities.map(({ id }) => id),
    SITUATIONS,
  );
  const { differences, tally } = await compareAnswers([...CONTENDERS, latchkeyLoad], given, requests);
  stopAt(differences);
  const outcomes = Object.entries(tally).map(([outcome, times]) => `${times} ${outcome}`);
  console.log(`${count} capabilities, ${REQUESTS} requests, ${outcomes.join(', ')}: all contenders agree`);
  if (count === 3) stopAt(compareReasons(requests));
  await timed(`a decision, ${count} capabilities`, await decisions(given, requests));
}
await timed('from rules to answers, 300 capabilities', builds(300));
await timed('a decision at random instants', instants(REQUESTS));
const field = readFieldService();
stopAt(compareSamples(simulate([field.program], field.timeline), samplesOf(field, MINUTE)));
await timed('nine days', await simulations(field));
