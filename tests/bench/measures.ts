/** What is timed, in groups whose members are compared with each other. */
import { compile, type Request } from 'latchkey';
import { simulate } from 'latchkey/timeline';
import { do_not_optimize as consume } from 'mitata';
import { capabilitiesOf } from './capabilities.ts';
import type { Contender, Given } from './contender.ts';
import { CONTENDERS, LIBRARIES } from './contenders/index.ts';
import { decideByHand } from './contenders/hand-written.ts';
import { jsonRulesEngine } from './contenders/json-rules-engine.ts';
import { fieldServiceFor, samplesOf, type FieldService } from './field-service.ts';
import { instantRequests, permitsAtInstant } from './instants.ts';
import type { Measured } from './rounds.ts';

const MINUTE = 60_000;

/** A pass over all of them; one loop for every contender, so that none has a faster one. */
function each<T>(name: string, asked: readonly T[], answer: (question: T) => unknown): Measured {
  const pass = (): void => {
    for (const question of asked) consume(answer(question));
  };
  return { name, pass, calls: asked.length };
}

/** The same for answers that are promises. */
function eachAwaited<T>(name: string, asked: readonly T[], answer: (question: T) => unknown): Measured {
  const pass = async (): Promise<void> => {
    for (const question of asked) consume(await answer(question));
  };
  return { name, pass, calls: asked.length };
}

/** Those of the requests that one pass asks: as many as the contender can take, spread over all. */
function shareOf(requests: readonly Request[], share = requests.length): readonly Request[] {
  const step = Math.max(1, Math.floor(requests.length / share));
  return requests.filter((_, index) => index % step === 0);
}

async function asking(contender: Contender, given: Given, requests: readonly Request[]): Promise<Measured> {
  const { prepare, permits } = await contender.build(given);
  const asked = shareOf(requests, contender.share).map(prepare);
  const loop = contender.awaited === true ? eachAwaited : each;
  return loop(contender.name, asked, permits);
}

/** Every contender, answering the requests. */
export function decisions(given: Given, requests: readonly Request[]): Promise<readonly Measured[]> {
  return Promise.all(CONTENDERS.map((contender) => asking(contender, given, requests)));
}

/** From rules that were read and checked to something that answers. */
export function builds(count: number): readonly Measured[] {
  const given = fieldServiceFor(capabilitiesOf(count));
  const ours = { name: 'latchkey, `compile`', calls: 1, pass: () => consume(compile(given.policy)) };
  const others = LIBRARIES.map(({ name, build }) => ({
    name,
    calls: 1,
    pass: async () => consume(await build(given)),
  }));
  return [ours, ...others];
}

/** Opening hours, then an age, at the same instants. */
export function instants(count: number): readonly Measured[] {
  const requests = instantRequests(count);
  const answer = permitsAtInstant();
  return [each('schedule', requests.schedule, answer), each('age', requests.age, answer)];
}

/** Nine days: ours finds the edges, the others are asked every minute with the facts ready. */
export async function simulations(field: FieldService): Promise<readonly Measured[]> {
  const { program, timeline } = field;
  const requests = samplesOf(field, MINUTE).map(({ request }) => request);
  const given = fieldServiceFor(capabilitiesOf(3));
  return [
    { name: 'latchkey, `simulate`', calls: 1, pass: () => consume(simulate([program], timeline)) },
    { ...each('hand-written, with reasons', requests, decideByHand), calls: 1 },
    { ...(await asking(jsonRulesEngine, given, requests)), calls: 1 },
  ];
}
