/** The parts of the drawing that stand on the time axis. */
import type { Milliseconds } from '../request.ts';
import { formatDuration } from '../time/duration.ts';
import type { LaneSegment, Simulation } from '../timeline/simulation.ts';
import { lettersOf, meaningsOf, toneOf, type Look, type Meanings } from './palette.ts';
import { element, text, type Markup } from './svg-markup.ts';
import { fillOf } from './svg-pattern.ts';
import { squeezed } from './text-width.ts';
import { ticksOf, type Calendar } from './when.ts';

/** Where time is drawn, in the drawing's units. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Horizontal place of an offset from the start. */
  readonly x: (at: Milliseconds) => number;
}

const STATE_HEIGHT = 20;
const LANE_HEIGHT = 28;
// Wide enough for any letter at the size it is drawn in, so that words are never cut off by their box.
const PER_LETTER = 7;
const TICK_ROOM = 78;

/** Grid lines with the offset, the date and the time of day of each. */
export function axis({ start, until }: Simulation, calendar: Calendar, frame: Frame): readonly Markup[] {
  const ticks = ticksOf(until, (frame.right - frame.left) / TICK_ROOM);
  return ticks.flatMap((at) => {
    const x = frame.x(at);
    const { date, time } = calendar.at(start + at);
    const label = (y: number, content: string, colour: string) =>
      element('text', { x: x + 3, y, fill: colour, 'font-size': 11 }, [text(content)]);
    return [
      element('line', { x1: x, x2: x, y1: frame.top - 36, y2: frame.bottom, stroke: '#d3d8de' }),
      label(frame.top - 28, `+${formatDuration(at)}`, '#1d232b'),
      label(frame.top - 16, date, '#525c68'),
      label(frame.top - 4, time, '#525c68'),
    ];
  });
}

/** One state lane: a word in every stretch that has room for it, else its letter. */
export function stateLane(title: string, segments: readonly LaneSegment[], y: number, frame: Frame): readonly Markup[] {
  const letters = lettersIn(segments);
  return [
    laneTitle(title, y + 14, frame, { fill: '#525c68' }),
    ...segments.flatMap(({ from, to, value }) => {
      const tone = toneOf(value);
      return [
        box(frame, { from, to, y, height: STATE_HEIGHT, fill: tone.colour, stroke: tone.line, note: value }),
        ...inside(frame, from, to, y + 14, [value, letters.get(value) ?? ''], {}),
      ];
    }),
  ];
}

/** One capability's lane: the family's fill, with its letter and words where they fit. */
export function decisionLane(capability: string, looks: readonly Look[], y: number, frame: Frame): readonly Markup[] {
  return [
    laneTitle(capability, y + 18, frame, { 'font-weight': 600 }),
    ...looks.flatMap(({ from, to, family, outcome, codes }) => {
      const note = `${outcome} ${codes.join(', ')} from +${formatDuration(from)} to +${formatDuration(to)}`;
      const words = [`${family.letter} · ${family.words}`, family.letter];
      return [
        box(frame, { from, to, y, height: LANE_HEIGHT, fill: fillOf(family), stroke: family.line, note }),
        ...inside(frame, from, to, y + 18, words, { 'font-weight': 600, plate: family.colour }),
      ];
    }),
  ];
}

/** A triangle under the lane at every attempt: filled where it was permitted. */
export function attemptMarks({ attempts }: Simulation, capability: string, y: number, frame: Frame): readonly Markup[] {
  return attempts
    .filter((attempt) => attempt.capability === capability)
    .map(({ at, decision }) => attemptMark(frame.x(at), y + LANE_HEIGHT, decision.outcome === 'permit'));
}

/** A triangle that points up at (x, y). */
export function attemptMark(x: number, y: number, permitted: boolean): Markup {
  return element('path', {
    d: `M${x.toFixed(2)} ${String(y - 4)}l4.5 8h-9z`,
    fill: permitted ? '#1d232b' : '#ffffff',
    stroke: '#1d232b',
    'stroke-width': 1.2,
  });
}

interface Box {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly y: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke: string;
  /** Shown by viewers that have tooltips, and read aloud. */
  readonly note: string;
}

function box(frame: Frame, { from, to, y, height, fill, stroke, note }: Box): Markup {
  const x = frame.x(from);
  const width = Math.max(frame.x(to) - x, 1);
  return element('rect', { x, y, width, height, fill, stroke, 'stroke-width': 0.8 }, [
    element('title', {}, [text(note)]),
  ]);
}

/** What the letters of a state lane mean that are drawn because their word has no room. */
export function shortened(title: string, segments: readonly LaneSegment[], frame: Frame): readonly Meanings[] {
  const short = segments.filter(({ from, to, value }) => !fits(value, from, to, frame) && fits('x', from, to, frame));
  const values = ({ value }: LaneSegment): string => value;
  return meaningsOf(title, segments.map(values), short.map(values));
}

function lettersIn(segments: readonly LaneSegment[]): ReadonlyMap<string, string> {
  return lettersOf(segments.map(({ value }) => value));
}

function fits(words: string, from: Milliseconds, to: Milliseconds, frame: Frame): boolean {
  return words.length * PER_LETTER + 6 <= frame.x(to) - frame.x(from);
}

/** The first of the texts that fits between two times; nothing if none does. */
function inside(
  frame: Frame,
  from: Milliseconds,
  to: Milliseconds,
  y: number,
  choices: readonly string[],
  { plate, ...attributes }: { readonly plate?: string; readonly 'font-weight'?: number },
): readonly Markup[] {
  const x = frame.x(from);
  const content = choices.find((choice) => fits(choice, from, to, frame));
  if (content === undefined) return [];
  const words = element('text', { x: x + 6, y, 'font-size': 11.5, ...attributes }, [text(content)]);
  // Hatching behind letters makes them hard to read.
  return plate === undefined
    ? [words]
    : [
        element('rect', { x: x + 2, y: y - 12, width: content.length * PER_LETTER, height: 16, rx: 3, fill: plate }),
        words,
      ];
}

function laneTitle(
  title: string,
  y: number,
  frame: Frame,
  attributes: Readonly<Record<string, string | number>>,
): Markup {
  const room = Math.floor((frame.left - 34) / 7.6);
  return element('text', { x: frame.left - 10, y, 'text-anchor': 'end', ...attributes }, [text(squeezed(title, room))]);
}
