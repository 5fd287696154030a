/** Points worth a flag on the time axis that no event makes: time alone gets there. */
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { flipped } from '../next-change.ts';
import type { Milliseconds } from '../request.ts';
import type { Playback, Stretch } from './play.ts';
import { requestIn } from './segments.ts';
import type { Lanes, Mark, Segment } from './simulation.ts';
import { indexAt } from './walk.ts';

/** Sorted by time; at one time tokens first, then capabilities in the order of `segments`. */
export function marksOf(
  { stretches }: Playback,
  segments: ReadonlyMap<string, readonly Segment[]>,
  lanes: Lanes,
): readonly Mark[] {
  const expired = lanes.accessToken.flatMap(({ from, value }): readonly Mark[] =>
    value === 'expired' ? [{ at: from, type: 'token-expired' }] : [],
  );
  const crossed = [...segments].flatMap(([capability, ofCapability]) =>
    ofCapability.flatMap(({ from: at }, index) => {
      const before = ofCapability[index - 1];
      if (before === undefined) return [];
      const stretch = stretches[indexAt(stretches, at - 1)] as Stretch;
      return crossings(stretch, capability, before.decision, byTimeAlone(stretches, at, capability), at);
    }),
  );
  return [...expired, ...crossed].sort((a, b) => a.at - b.at);
}

/** What would hold at `at` had its events changed nothing but the clock. */
function byTimeAlone(stretches: readonly Stretch[], at: Milliseconds, capability: string): Decision {
  const before = stretches[indexAt(stretches, at - 1)] as Stretch;
  const after = stretches[indexAt(stretches, at)] as Stretch;
  const request = requestIn(before, at, { capability });
  // A confirmation may turn the clock back; what had been reached by then stays reached.
  return decide(before.program, { ...request, now: Math.max(request.now, after.look(at).now) });
}

function crossings(
  { program }: Stretch,
  capability: string,
  before: Decision,
  after: Decision,
  at: Milliseconds,
): readonly Mark[] {
  const news = after.reasons.some(
    ({ code, path }) => !before.reasons.some((known) => known.code === code && known.path === path),
  );
  if (news) return [{ at, type: 'limit-crossed', capability, path: flipped(program, before, after) }];
  const warned = after.advice.find(
    (advice) =>
      advice.type === 'warn' && !before.advice.some((known) => known.type === 'warn' && known.of === advice.of),
  );
  if (warned === undefined) return [];
  return [{ at, type: 'warn-crossed', capability, path: flipped(program, before, after) }];
}
