/** No contender is measured before it has given the same answers as the others. */
import { decide, nextChange, permits, type Program, type Request } from 'latchkey';
import type { Simulation } from 'latchkey/timeline';
import type { Sample } from './field-service.ts';
import { decideByHand, permitsByHand } from './hand-written.ts';
import { buildJsonRules, factsFor, permitsByJsonRules } from './json-rules.ts';
import { CAPABILITIES, type CapabilityId } from './requests.ts';

/** How often each outcome was given. */
export type Tally = Readonly<Record<'permit' | 'challenge' | 'deny', number>>;

/** The capability of a request as one of the three that every contender knows. Throws for any other. */
export function capabilityOf({ capability }: Request): CapabilityId {
  const known = CAPABILITIES.find((id) => id === capability);
  if (known === undefined) throw new TypeError(`the contenders do not know ${capability}`);
  return known;
}

/** Outcome, reason codes and obligations side by side, as text to compare. */
function spoken(outcome: string, reasons: readonly string[], obligations: readonly string[]): string {
  return `${outcome} [${reasons.join(' ')}] {${obligations.join(' ')}}`;
}

function byEngine(program: Program, request: Request): string {
  const { outcome, reasons, obligations } = decide(program, request);
  return spoken(
    outcome,
    reasons.map(({ code }) => code),
    obligations.map(({ type }) => type),
  );
}

function byHand(request: Request): string {
  const { outcome, reasons, obligations } = decideByHand(request);
  return spoken(outcome, reasons, obligations);
}

/** By hand, an answer may be said to hold for a shorter time than it does, never for longer. */
function outlives(program: Program, request: Request): boolean {
  const claimed = decideByHand(request).validUntil ?? Infinity;
  return claimed > (nextChange(program, request)?.at ?? Infinity);
}

/**
 * Requests that two contenders answer differently, one line each: the outcome everywhere, reasons and
 * obligations where a contender gives them. With the tally of the answers that all agree on.
 */
export async function compareAnswers(
  program: Program,
  requests: readonly Request[],
): Promise<{ differences: readonly string[]; tally: Tally }> {
  const engines = buildJsonRules();
  const differences: string[] = [];
  const tally = { permit: 0, challenge: 0, deny: 0 };
  for (const [index, request] of requests.entries()) {
    const decided = byEngine(program, request);
    const { outcome } = decide(program, request);
    const permitted = outcome === 'permit';
    tally[outcome] += 1;
    const found = (what: string): void => {
      differences.push(`request ${index}, ${request.capability}: ${decided} by the engine, ${what}`);
    };
    if (permits(program, request) !== permitted) found('and `permits` says otherwise');
    if (permitsByHand(request) !== permitted) found('and otherwise as yes or no by hand');
    if (byHand(request) !== decided) found(`${byHand(request)} by hand`);
    if (outlives(program, request)) found('and for too long by hand');
    const { [capabilityOf(request)]: engine } = engines;
    if ((await permitsByJsonRules(engine, factsFor(request))) !== permitted) found('otherwise by json-rules-engine');
  }
  return { differences, tally };
}

/** Samples whose outcome is not the one of the segment they fall in, one line each. */
export function compareSamples({ segments }: Simulation, samples: readonly Sample[]): readonly string[] {
  return samples.flatMap(({ at, request }) => {
    const segment = segments[request.capability]?.find(({ from, to }) => from <= at && at < to);
    const { outcome } = decideByHand(request);
    if (segment?.decision.outcome === outcome) return [];
    return [`${request.capability} at ${at} ms: ${segment?.decision.outcome} simulated, ${outcome} by hand`];
  });
}
