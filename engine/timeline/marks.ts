/** Points worth a flag on the time axis that no event makes: time alone gets there. */
import { decideAt } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { flipped } from '../next-change.ts';
import type { Program } from '../program.ts';
import type { Instant, Milliseconds } from '../request.ts';
import type { Playback, Span, Stretch } from './playback.ts';
import type { Held } from './segments.ts';
import type { Lanes, Mark } from './simulation.ts';
import { nowIn } from './walk.ts';

/**
 * Sorted by time; at one time tokens first, then capabilities in the order of `alike`, which names for each the one whose
 * segments stand for it: what is judged alike crosses the same limits at the same times.
 */
export function marksOf(
  { stretches }: Playback,
  segments: ReadonlyMap<string, readonly Held[]>,
  alike: ReadonlyMap<string, string>,
  lanes: Lanes,
): readonly Mark[] {
  const expired = lanes.accessToken.flatMap(({ from, value }): readonly Mark[] =>
    value === 'expired' ? [{ at: from, type: 'token-expired' }] : [],
  );
  const crossed = new Map([...segments].map(([first, held]) => [first, crossedBy(stretches, first, held)]));
  const named = [...alike].flatMap(([capability, first]) =>
    (crossed.get(first) ?? []).map((mark): Mark => ({ ...mark, capability })),
  );
  return [...expired, ...named].sort((a, b) => a.at - b.at);
}

function crossedBy(stretches: readonly Stretch[], capability: string, segments: readonly Held[]): readonly Mark[] {
  const marks: Mark[] = [];
  let place = 0;
  segments.forEach((after, index) => {
    const before = segments[index - 1];
    if (before === undefined) return;
    const at = after.from;
    while ((stretches[place + 1]?.from ?? Infinity) <= at) place++;
    const there = stretches[place] as Stretch;
    const ended = there.from === at ? stretches[place - 1] : undefined;
    const reached = ended === undefined ? after.decision : byTimeAlone(ended, there, before.holdsUntil, capability);
    if (reached !== undefined)
      marks.push(...crossings((ended ?? there).program, capability, before.decision, reached, at));
  });
  return marks;
}

/** What would hold from the start of `next` on had the events of that time changed nothing but the clock, if it is anything new. */
function byTimeAlone(
  { program, spans }: Stretch,
  next: Stretch,
  holdsUntil: Instant,
  capability: string,
): Decision | undefined {
  const span = spans.at(-1) as Span;
  // A confirmation may turn the clock back; what had been reached by then stays reached.
  const now = Math.max(nowIn(span, next.from), next.spans[0]?.now ?? -Infinity);
  return now < holdsUntil ? undefined : decideAt(program, { ...span.facts, capability }, now);
}

function crossings(
  program: Program,
  capability: string,
  before: Decision,
  after: Decision,
  at: Milliseconds,
): readonly Mark[] {
  const refused = after.reasons.some(
    ({ code, path }) => !before.reasons.some((known) => known.code === code && known.path === path),
  );
  if (refused) return [{ at, type: 'limit-crossed', capability, path: flipped(program, before, after) }];
  const warned = after.advice.some(
    (advice) =>
      advice.type === 'warn' && !before.advice.some((known) => known.type === 'warn' && known.of === advice.of),
  );
  return warned ? [{ at, type: 'warn-crossed', capability, path: flipped(program, before, after) }] : [];
}
