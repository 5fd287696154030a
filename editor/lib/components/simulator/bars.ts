/** Lanes as they are drawn: each stretch with its look, its few words and its whole story. */
import type { Decision, Instant, Milliseconds } from 'latchkey';
import type { ExpectationResult, LaneSegment, Segment, Timeline } from 'latchkey/timeline';
import { lengthText, type WallClock } from '../../words/moments.ts';
import { decisionLabel, decisionTitle } from '../../words/decision.ts';
import { expectationTitle, laneValue, LANE_LABELS, type LaneName } from '../../words/simulator.ts';
import { laneLook, lookOf, type Look } from './tones.ts';

/** One stretch of a lane. `title` is its whole story, `label` the few words that may fit inside. */
export interface Bar {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly look: Look;
  readonly label: string;
  readonly title: string;
  readonly decision?: Decision;
}

/** An expectation on a lane: at one instant, or over a stretch when `to` is later than `from`. */
export interface Check {
  readonly path: string;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly ok: boolean;
  readonly title: string;
}

/** Names the lanes of a session in the order they are drawn. */
export const LANES = Object.keys(LANE_LABELS) as readonly LaneName[];

/** Turns offsets into words. */
export interface Setting {
  readonly start: Instant;
  readonly clock: WallClock;
}

function stretchText({ start, clock }: Setting, from: Milliseconds, to: Milliseconds): string {
  return `${clock.moment(start + from)} to ${clock.moment(start + to)} (${lengthText(to - from)})`;
}

export function capabilityBars(title: string, segments: readonly Segment[], setting: Setting): readonly Bar[] {
  return segments.map(({ from, to, decision }) => ({
    from,
    to,
    decision,
    look: lookOf(decision),
    label: decisionLabel(decision),
    title: `${title} · ${decisionTitle(decision)}\n${stretchText(setting, from, to)}`,
  }));
}

export function laneBars(lane: LaneName, spans: readonly LaneSegment[], setting: Setting): readonly Bar[] {
  return spans.map(({ from, to, value }) => {
    const label = laneValue(lane, value);
    const title = `${LANE_LABELS[lane]} · ${label}\n${stretchText(setting, from, to)}`;
    return { from, to, label, title, look: laneLook(lane, value) };
  });
}

/** A lane told in one breath, for those who do not see it. */
export function summaryOf(name: string, bars: readonly Bar[], { start, clock }: Setting): string {
  return `${name}: ${bars.map(({ from, label }) => `${label} from ${clock.moment(start + from)}`).join('; ')}`;
}

/** The expectations of one capability; a range is drawn over its whole length. */
export function checksOf(
  capability: string,
  results: readonly ExpectationResult[],
  timeline: Timeline,
): readonly Check[] {
  return results
    .filter(({ expected }) => expected.capability === capability)
    .map((result) => {
      const written = timeline.expect.find(({ path }) => path === result.path);
      const { path, ok, at } = result;
      return { path, ok, from: written?.from ?? at, to: written?.to ?? at, title: expectationTitle(result) };
    });
}
