/** Random pairs of a policy and a request for the laws of the language, made cheaply and counted. */
import fc from 'fast-check';
import { compile, decide, type Outcome, type Program, type Request } from 'latchkey';
import { normalize, type PolicyDocument } from 'latchkey/load';
import { test } from 'vitest';
import { policyDocument, request } from './arbitraries.ts';
import { Coverage } from './coverage.ts';
import { Distribution } from './distribution.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS, type Kind } from './rich-constraints.ts';
import { richRequest } from './rich-requests.ts';

/** Pairs for an ordinary law. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3000);
/** Pairs for the laws on which the others lean. */
export const MANY = Math.ceil((RUNS * 20) / 3);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20260301);
/** Requests asked of each policy: making a policy costs more than asking it. */
const EACH = 4;

/** A request as it arrives, well-typed or not. */
export type Given = Readonly<Record<string, unknown>>;

export interface Pair {
  readonly document: PolicyDocument;
  readonly program: Program;
  readonly given: Given;
}

type Batch = readonly [document: unknown, requests: readonly unknown[]];

/** One policy and the requests it is asked. */
function batch(documents: fc.Arbitrary<unknown>, requests: fc.Arbitrary<unknown>): fc.Arbitrary<Batch> {
  return fc.tuple(documents, fc.array(requests, { minLength: EACH, maxLength: EACH }));
}

/** Documents with every kind and facts that may be broken, and well-typed requests near the limits of few kinds. */
export function batches(
  kinds: readonly Kind[] = KINDS,
  alter: (given: Given) => unknown = (given) => given,
): fc.Arbitrary<Batch> {
  return fc.oneof(
    { weight: 4, arbitrary: batch(richDocument(kinds), richRequest.map(alter)) },
    { weight: 1, arbitrary: batch(policyDocument, request.map(alter)) },
  );
}

/** A program without `load`'s proof that its document is legal: that the generators are is a test of its own. */
export function programOf(document: unknown): Program {
  return compile(normalize(document as PolicyDocument));
}

/** `decide` for whatever arrives. */
export function decideFor(program: Program, given: unknown): ReturnType<typeof decide> {
  return decide(program, given as Request);
}

const WIDTH: Readonly<Record<Outcome, number>> = { deny: 0, challenge: 1, permit: 2 };

/** How much an outcome lets through. */
export function width(outcome: Outcome): number {
  return WIDTH[outcome];
}

/** Each law has pairs of its own, and the same ones every time unless a seed is given. */
function seedOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), SEED);
}

interface Run {
  readonly runs: number;
  readonly from?: fc.Arbitrary<Batch>;
  /** Printed and demanded when all pairs have held. */
  readonly after?: () => void;
}

/** A test that a law holds on random pairs, and that the pairs were worth it. */
export function law(name: string, { runs, from = batches(), after }: Run, holds: (pair: Pair) => void): void {
  test(name, { timeout: 60_000 + 200 * runs }, () => {
    const seen = new Distribution();
    const coverage = new Coverage();
    const property = fc.property(from, ([document, requests]) => {
      const program = programOf(document);
      for (const given of requests) {
        const decision = decideFor(program, given);
        seen.add(decision);
        coverage.add(decision.reasons);
        holds({ document: document as PolicyDocument, program, given: given as Given });
      }
    });
    fc.assert(property, { numRuns: Math.ceil(runs / EACH), seed: seedOf(name) });
    seen.demand(name);
    if (runs >= MANY) coverage.demandCodes();
    after?.();
  });
}
