/** Two versions on one timeline: where the second lets people do more than the first, and where less. */
import type { Decision, Outcome } from '../decision.ts';
import type { Milliseconds } from '../request.ts';
import type { Segment, Simulation } from './simulation.ts';

/** Half-open true time, offsets from the start, over which one pair of outcomes holds. The decisions are those at `from`. */
export interface ChangedStretch {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** In the first run; null where it does not know the capability, which counts as a denial. */
  readonly before: Decision | null;
  /** In the second. */
  readonly after: Decision | null;
}

/** In order of time. An outcome rises from deny over challenge to permit. */
export interface CapabilityStretches {
  readonly newlyPermitted: readonly ChangedStretch[];
  readonly newlyDenied: readonly ChangedStretch[];
}

const RANKS: readonly Outcome[] = ['deny', 'challenge', 'permit'];

/**
 * Every capability of either run, those of the first in their order and then the others, with the stretches in which
 * the second run's outcome is higher or lower. Exact, as segments are. Throws `TypeError` for runs that do not cover
 * the same time.
 */
export function stretches(before: Simulation, after: Simulation): Readonly<Record<string, CapabilityStretches>> {
  if (before.start !== after.start || before.until !== after.until)
    throw new TypeError('the runs are not of the same time');
  const capabilities = [...new Set([before, after].flatMap(({ segments }) => Object.keys(segments)))];
  return Object.fromEntries(
    capabilities.map((capability) => {
      const pieces = joined(common(segmentsIn(before, capability), segmentsIn(after, capability)));
      const where = (rises: boolean): readonly ChangedStretch[] =>
        pieces.filter((piece) => (rises ? rise(piece) > 0 : rise(piece) < 0));
      return [capability, { newlyPermitted: where(true), newlyDenied: where(false) }];
    }),
  );
}

type Piece = Omit<Segment, 'decision'> & { readonly decision: Decision | null };

function segmentsIn({ segments, until }: Simulation, capability: string): readonly Piece[] {
  const own = Object.hasOwn(segments, capability) ? segments[capability] : undefined;
  return own ?? [{ from: 0, to: until, decision: null }];
}

/** The pieces in which neither run has a cut. */
function common(before: readonly Piece[], after: readonly Piece[]): readonly ChangedStretch[] {
  const pieces: ChangedStretch[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [before[i], after[j]];
    if (a === undefined || b === undefined) return pieces;
    const to = Math.min(a.to, b.to);
    pieces.push({ from: Math.max(a.from, b.from), to, before: a.decision, after: b.decision });
    if (a.to === to) i++;
    if (b.to === to) j++;
  }
}

function joined(pieces: readonly ChangedStretch[]): readonly ChangedStretch[] {
  const found: ChangedStretch[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    const same =
      last !== undefined && rankOf(last.before) === rankOf(piece.before) && rankOf(last.after) === rankOf(piece.after);
    if (same) found[found.length - 1] = { ...last, to: piece.to };
    else found.push(piece);
  }
  return found;
}

function rise({ before, after }: ChangedStretch): number {
  return rankOf(after) - rankOf(before);
}

function rankOf(decision: Decision | null): number {
  return RANKS.indexOf(decision?.outcome ?? 'deny');
}
