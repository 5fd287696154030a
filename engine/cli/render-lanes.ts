/** A simulation as lanes on a terminal: one row of cells a lane, in colour where there is colour. */
import { formatDuration } from '../time/duration.ts';
import type { LaneSegment, Simulation } from '../timeline/simulation.ts';
import { renderAxis } from './axis.ts';
import type { Canvas } from './canvas.ts';
import { runsOf, type Run } from './cells.ts';
import { legendOf, stateLegend } from './legend.ts';
import type { Paint } from './paint.ts';
import { FILLS, lettersOf, looksOf, meaningsOf, stateLanesOf, toneOf, type Look } from './palette.ts';
import { fitted, squeezed, widthOfText } from './text-width.ts';
import { roughly } from './when.ts';

/**
 * Axis, state lanes, one lane a capability, and the legend of what is shown. Ends in a line break. `titleOf` says what
 * stands before a lane instead of the capability's id.
 */
export function renderLanes(
  simulation: Simulation,
  canvas: Canvas,
  titleOf = (capability: string): string => capability,
): string {
  const { segments, lanes, until } = simulation;
  const names = [...stateLanesOf(lanes).map(([, title]) => title), ...Object.keys(segments).map(titleOf)];
  const label = Math.min(Math.max(...names.map(widthOfText)), Math.floor(canvas.width * 0.3));
  const columns = canvas.width - label - 2;
  const row = (name: string, cells: string) => `${fitted(squeezed(name, label), label)}  ${cells}`;
  const states = stateLanesOf(lanes).map(([lane, title]) => {
    const values = lanes[lane].map(({ value }) => value);
    return { title, values, placed: place<LaneSegment>(lanes[lane], until, columns) };
  });
  const shortened = states.flatMap(({ title, values, placed }) =>
    meaningsOf(
      title,
      values,
      placed.filter(tooNarrow).map(({ segment }) => segment.value),
    ),
  );
  return [
    ...renderAxis(simulation, columns, canvas).map((cells) => row('', cells)),
    ...states.map(({ title, values, placed }) => {
      const letters = lettersOf(values);
      return row(title, placed.map((run) => stateCells(run, letters, canvas.paint)).join(''));
    }),
    '',
    ...Object.entries(segments).map(([capability, found]) =>
      row(
        titleOf(capability),
        place(looksOf(found), until, columns)
          .map((run) => decisionCells(run, canvas.paint))
          .join(''),
      ),
    ),
    '',
    ...legendOf(simulation, canvas),
    ...stateLegend(shortened, canvas),
    fitted(
      `  One column is about ${formatDuration(roughly(until / columns))}; --changes lists all.`,
      canvas.width,
    ).trimEnd(),
    '',
  ].join('\n');
}

interface Placed<S> {
  readonly segment: S;
  readonly length: number;
}

function place<S extends { readonly from: number; readonly to: number }>(
  segments: readonly S[],
  until: number,
  columns: number,
): readonly Placed<S>[] {
  return runsOf(segments, until, columns).flatMap(({ index, length }: Run) => {
    const segment = segments[index];
    return segment === undefined ? [] : [{ segment, length }];
  });
}

/** No room for the word and the bar that tells it from what is on its left. */
function tooNarrow({ segment, length }: Placed<LaneSegment>): boolean {
  return widthOfText(segment.value) + 1 > length;
}

function stateCells(run: Placed<LaneSegment>, letters: ReadonlyMap<string, string>, paint: Paint): string {
  const { value } = run.segment;
  const word = tooNarrow(run) ? (letters.get(value) ?? '') : `│${value}`;
  return paint.on(word + '─'.repeat(run.length - widthOfText(word)), toneOf(value).paper);
}

function decisionCells({ segment: { family, outcome }, length }: Placed<Look>, paint: Paint): string {
  return paint.on(family.letter + FILLS[outcome].repeat(length - 1), family.paper);
}
