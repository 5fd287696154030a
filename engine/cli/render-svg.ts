/** A simulation as a self-contained drawing for documents: no script, nothing from outside, light background. */
import type { Simulation } from '../timeline/simulation.ts';
import { FAMILIES, looksOf, STATE_LANES } from './palette.ts';
import { attemptMarks, axis, decisionLane, shortened, stateLane, type Frame } from './svg-lanes.ts';
import { legend, LEGEND_ROW } from './svg-legend.ts';
import { element, text } from './svg-markup.ts';
import { patternOf } from './svg-pattern.ts';
import type { Calendar } from './when.ts';

const WIDTH = 1080;
const MARGIN = 24;
const STATE_ROW = 26;
const LANE_ROW = 36;
const TOP = 118;

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
  const lanes = TOP + STATE_LANES.length * STATE_ROW + 10;
  const bottom = lanes + capabilities.length * LANE_ROW;
  const height = bottom + 32 + (Math.ceil((families.length + 1) / 2) + 1) * LEGEND_ROW + MARGIN;
  const frame = frameOf(simulation, bottom);
  const states = STATE_LANES.flatMap(([lane]) => shortened(simulation.lanes[lane], frame));
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
      element('text', { x: MARGIN, y: 38, 'font-size': 19, 'font-weight': 600 }, [text(caption.title)]),
      element('text', { x: MARGIN, y: 60, fill: '#525c68' }, [text(caption.subtitle)]),
      ...axis(simulation, caption.calendar, frame),
      ...STATE_LANES.flatMap(([lane, title], row) =>
        stateLane(title, simulation.lanes[lane], TOP + row * STATE_ROW, frame),
      ),
      ...capabilities.flatMap(([capability, looks], row) => [
        ...decisionLane(capability, looks, lanes + row * LANE_ROW, frame),
        ...attemptMarks(simulation, capability, lanes + row * LANE_ROW, frame),
      ]),
      ...legend(families, states, { left: MARGIN, top: bottom + 32, column: WIDTH / 2 - MARGIN }),
    ],
  );
  return `${drawing}\n`;
}

function frameOf({ segments, until }: Simulation, bottom: number): Frame {
  const longest = Math.max(13, ...Object.keys(segments).map((id) => id.length));
  const left = MARGIN + Math.min(300, Math.round(longest * 7.2) + 16);
  const right = WIDTH - MARGIN;
  return { left, right, top: TOP - 6, bottom, x: (at) => left + (at / until) * (right - left) };
}
