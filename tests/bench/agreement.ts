/** No contender is measured before it has given the same answers as the others. */
import { compile, decide, nextChange, permits, type Request } from 'latchkey';
import type { Simulation } from 'latchkey/timeline';
import { capabilitiesOf } from './capabilities.ts';
import type { Contender, Given } from './contender.ts';
import { decideWhole } from './contenders/hand-written-whole.ts';
import { decideByHand } from './contenders/hand-written.ts';
import { fieldServiceFor, type Sample } from './field-service.ts';

/** How often each outcome was given. */
export type Tally = Readonly<Record<'permit' | 'challenge' | 'deny', number>>;

/** Outcome, reason codes and obligations side by side, as text to compare. */
function spoken(outcome: string, reasons: readonly string[], obligations: readonly string[]): string {
  return `${outcome} [${reasons.join(' ')}] {${obligations.join(' ')}}`;
}

/** `outcome` is ours: every contender must permit exactly what we permit. */
export async function compareAnswers(
  contenders: readonly Contender[],
  given: Given,
  requests: readonly Request[],
): Promise<{ differences: readonly string[]; tally: Tally }> {
  const program = compile(given.policy);
  const outcomes = requests.map((request) => decide(program, request).outcome);
  const tally = { permit: 0, challenge: 0, deny: 0 };
  for (const outcome of outcomes) tally[outcome] += 1;
  const differences: string[] = [];
  for (const { name, build } of contenders) {
    const { prepare, permits: answer } = await build(given);
    for (const [index, request] of requests.entries()) {
      const permitted = await answer(prepare(request));
      if (permitted !== (outcomes[index] === 'permit'))
        differences.push(`request ${index}, ${request.capability}: ${outcomes[index]} by decide, not by ${name}`);
    }
  }
  return { differences, tally };
}

/**
 * What the code written by hand and the engine say differently of the three capabilities: reasons, obligations, and an
 * instant up to which the answer is said to hold. By hand it may be said to hold for a shorter time than it does, never longer.
 */
export function compareReasons(requests: readonly Request[]): readonly string[] {
  const program = compile(fieldServiceFor(capabilitiesOf(3)).policy);
  return requests.flatMap((request, index) => {
    const { outcome, reasons, obligations } = decide(program, request);
    const decided = spoken(
      outcome,
      reasons.map(({ code }) => code),
      obligations.map(({ type }) => type),
    );
    const byHand = decideByHand(request);
    const said = spoken(byHand.outcome, byHand.reasons, byHand.obligations);
    const place = `request ${index}, ${request.capability}`;
    if (said !== decided) return [`${place}: ${decided} by the engine, ${said} by hand`];
    if (permits(program, request) !== (outcome === 'permit')) return [`${place}: \`permits\` says otherwise`];
    const claimed = byHand.validUntil ?? Infinity;
    return claimed > (nextChange(program, request)?.at ?? Infinity) ? [`${place}: for too long by hand`] : [];
  });
}

/** What the whole answer by hand says differently from the engine, but for how long it holds: never longer. */
export function compareWhole(given: Given, requests: readonly Request[]): readonly string[] {
  const program = compile(given.policy);
  const byHand = decideWhole(given);
  return requests.flatMap((request, index) => {
    const { validUntil, ...decided } = decide(program, request);
    const { validUntil: claimed = null, ...said } = byHand(request) ?? {};
    const place = `request ${index}, ${request.capability}`;
    const [ours, theirs] = [decided, said].map((answer) => JSON.stringify(answer));
    if (ours !== theirs) return [`${place}: ${ours} by the engine, ${theirs} by hand`];
    const until = validUntil === null ? Infinity : (nextChange(program, request)?.at ?? Infinity);
    return (claimed ?? Infinity) > until ? [`${place}: for too long by hand`] : [];
  });
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
