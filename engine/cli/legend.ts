/** What the letters of a terminal drawing stand for: only those that are in it. */
import type { Outcome } from '../decision.ts';
import type { LaneSegment, Simulation } from '../timeline/simulation.ts';
import type { Canvas } from './canvas.ts';
import { FAMILIES, FILLS, letterOf, looksOf } from './palette.ts';
import { fitted } from './text-width.ts';

const OUTCOMES: readonly Outcome[] = ['permit', 'challenge', 'deny'];

/** One line a look that occurs, with the reason codes behind it. */
export function legendOf({ segments }: Simulation, { paint, width }: Canvas): readonly string[] {
  const looks = Object.values(segments).flatMap(looksOf);
  return FAMILIES.flatMap((family) =>
    OUTCOMES.flatMap((outcome) => {
      const found = looks.filter((look) => look.family === family && look.outcome === outcome);
      if (found.length === 0) return [];
      const codes = [...new Set(found.flatMap((look) => look.codes))].join(', ');
      const meaning = `${outcome.padEnd(9)}  ${family.words}${codes && ` (${codes})`}`;
      const swatch = paint.on(family.letter + FILLS[outcome].repeat(3), family.paper);
      return [`  ${swatch}  ${fitted(meaning, width - 8).trimEnd()}`];
    }),
  );
}

/** One line for the state values drawn as a letter because their word had no room; none if there are none. */
export function shortStates(shortened: Iterable<LaneSegment['value']>, { width }: Canvas): readonly string[] {
  const meanings = [...new Set(shortened)].map((value) => `${letterOf(value)} ${value}`);
  return meanings.length === 0 ? [] : [fitted(`  ${meanings.join('   ')}`, width).trimEnd()];
}
