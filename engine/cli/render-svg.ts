/** A simulation as a self-contained drawing for documents: no script, nothing from outside, light background. */
import type { Simulation } from '../timeline/simulation.ts';
import { FAMILIES, looksOf, stateLanesOf } from './palette.ts';
import { attemptMarks, axis, decisionLane, shortened, stateLane, type Frame } from './svg-lanes.ts';
import { legendOf, type Entry } from './svg-legend.ts';
import { element, text, type Markup } from './svg-markup.ts';
import { patternOf } from './svg-pattern.ts';
import { squeezed } from './text-width.ts';
import type { Calendar } from './when.ts';

const WIDTH = 1080;
const MARGIN = 24;
const STATE_ROW = 26;
const LANE_ROW = 36;
const TOP = 118;
const LEGEND_ROW = 24;
// What the title's size leaves room for, and a little less.
const TITLE = 88;

/** What stands above the lanes. */
export interface Caption {
  readonly title: string;
  readonly subtitle: string;
  readonly calendar: Calendar;
}

/** The text of an SVG document with title, axis, lanes, attempts and a legend of what occurs. */
export function renderSvg(simulation: Simulation, caption: Caption): string {
  const capabilities = Object.entries(simulation.segments).map(([id, segments]) => [id, looksOf(segments)] as const);
  const shown = new Set(capabilities.flatMap(([, looks]) => looks.map(({ family }) => family)));
  const families = FAMILIES.filter((family) => shown.has(family));
  const drawn = stateLanesOf(simulation.lanes);
  const lanes = TOP + drawn.length * STATE_ROW + 10;
  const bottom = lanes + capabilities.length * LANE_ROW;
  const frame = frameOf(simulation, bottom);
  const states = drawn.flatMap(([lane, title]) => shortened(title, simulation.lanes[lane], frame));
  const entries = legendOf({ families, states, attempts: simulation.attempts.length > 0 });
  const height = bottom + 32 + Math.ceil(entries.length / 2) * LEGEND_ROW + MARGIN;
  const drawing = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${String(WIDTH)} ${String(height)}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-labelledby': 'latchkey-title latchkey-subtitle',
      'font-family': "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
      'font-size': 12,
      fill: '#1d232b',
    },
    [
      element('title', { id: 'latchkey-title' }, [text(caption.title)]),
      element('desc', { id: 'latchkey-subtitle' }, [text(caption.subtitle)]),
      element('defs', {}, families.map(patternOf)),
      element('rect', { width: WIDTH, height, fill: '#ffffff' }),
      element('text', { x: MARGIN, y: 38, 'font-size': 19, 'font-weight': 600 }, [
        text(squeezed(caption.title, TITLE)),
      ]),
      element('text', { x: MARGIN, y: 60, fill: '#525c68' }, [text(caption.subtitle)]),
      ...axis(simulation, caption.calendar, frame),
      ...drawn.flatMap(([lane, title], row) => stateLane(title, simulation.lanes[lane], TOP + row * STATE_ROW, frame)),
      ...capabilities.flatMap(([capability, looks], row) => [
        ...decisionLane(capability, looks, lanes + row * LANE_ROW, frame),
        ...attemptMarks(simulation, capability, lanes + row * LANE_ROW, frame),
      ]),
      ...inColumns(entries, bottom + 32),
    ],
  );
  return `${drawing}\n`;
}

function inColumns(entries: readonly Entry[], top: number): readonly Markup[] {
  const column = WIDTH / 2 - MARGIN;
  return entries.flatMap((entry, index) =>
    entry(MARGIN + (index % 2) * column, top + Math.floor(index / 2) * LEGEND_ROW),
  );
}

function frameOf({ segments, until }: Simulation, bottom: number): Frame {
  const longest = Math.max(13, ...Object.keys(segments).map((id) => id.length));
  const left = MARGIN + Math.min(300, Math.round(longest * 7.6) + 16);
  const right = WIDTH - MARGIN;
  return { left, right, top: TOP - 6, bottom, x: (at) => left + (at / until) * (right - left) };
}
