/** What the letters of a terminal drawing stand for: only those that are in it. */
import type { Outcome } from '../decision.ts';
import type { Simulation } from '../timeline/simulation.ts';
import type { Canvas } from './canvas.ts';
import { FAMILIES, FILLS, looksOf, type Meanings } from './palette.ts';
import { fitted, widthOfText, wrapped } from './text-width.ts';

/** Columns of a swatch and an outcome with what is between them. */
const BEFORE = 19;
const OUTCOMES: readonly Outcome[] = ['permit', 'challenge', 'deny'];

/** Each look that occurs, with the reason codes behind it. */
export function legendOf({ segments }: Simulation, { paint, width }: Canvas): readonly string[] {
  const looks = Object.values(segments).flatMap(looksOf);
  return FAMILIES.flatMap((family) =>
    OUTCOMES.flatMap((outcome) => {
      const found = looks.filter((look) => look.family === family && look.outcome === outcome);
      if (found.length === 0) return [];
      const codes = [...new Set(found.flatMap((look) => look.codes))].join(', ');
      const swatch = paint.on(family.letter + FILLS[outcome].repeat(3), family.paper);
      return wrapped(`${family.words}${codes && ` (${codes})`}`, width - BEFORE).map((line, i) => {
        const meaning = fitted(line, width - BEFORE).trimEnd();
        return i === 0 ? `  ${swatch}  ${outcome.padEnd(9)}  ${meaning}` : ' '.repeat(BEFORE) + meaning;
      });
    }),
  );
}

/** What the letters of each state lane stand for, a lane a line, or more where one does not hold them; with a gap above. */
export function stateLegend(lanes: readonly Meanings[], { width }: Canvas): readonly string[] {
  if (lanes.length === 0) return [];
  const label = Math.max(...lanes.map(({ title }) => widthOfText(title)));
  const lines = lanes.flatMap(({ title, meanings }) => {
    const room = Math.max(1, width - label - 5);
    return inLines(meanings, room).map((line, i) =>
      fitted(`  ${fitted(i === 0 ? title : '', label)}   ${line}`, width).trimEnd(),
    );
  });
  return ['', ...lines];
}

function inLines(meanings: readonly string[], room: number): readonly string[] {
  return meanings.reduce<readonly string[]>((lines, each) => {
    const longer = lines.length === 0 ? each : `${lines.at(-1) ?? ''}   ${each}`;
    return lines.length === 0 || widthOfText(longer) <= room ? [...lines.slice(0, -1), longer] : [...lines, each];
  }, []);
}
