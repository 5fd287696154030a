/** Lists under a drawing: what was attempted, and every change. */
import { formatDuration } from '../time/duration.ts';
import type { Decision } from '../decision.ts';
import type { Simulation, Timeline } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import { familyOf } from './palette.ts';
import { extrasOf, inkOf } from './render-decisions.ts';
import { wrapped } from './text-width.ts';

interface Line {
  readonly at: number;
  /** Between the times and the decision; empty where a heading says it. */
  readonly capability: string;
  readonly decision: Decision;
}

/** One line an attempt or a command that was sent, in the order they happen; nothing where there are none. */
export function renderAttempts(simulation: Simulation, { events }: Pick<Timeline, 'events'>, canvas: Canvas): string {
  if (simulation.attempts.length === 0) return '';
  const sent = new Set(events.flatMap(({ event, path }) => (event.type === 'command-execute' ? [path] : [])));
  const lines = simulation.attempts.map(({ at, capability, decision, path }) => {
    return { at, capability: sent.has(path) ? `${capability}, sent` : capability, decision };
  });
  return `Attempts\n${table(lines, simulation, canvas)}`;
}

/** One line a segment under the name of its capability. */
export function renderChanges(simulation: Simulation, canvas: Canvas): string {
  const lists = Object.entries(simulation.segments).map(([capability, segments]) => {
    const lines = segments.map(({ from, decision }) => ({ at: from, capability: '', decision }));
    return `${canvas.paint.ink(capability, 'bold')}\n${table(lines, simulation, canvas)}`;
  });
  return `Changes\n\n${lists.join('\n')}`;
}

function table(lines: readonly Line[], { start }: Simulation, { calendar, paint, width }: Canvas): string {
  const columns = [
    lines.map(({ at }) => `+${formatDuration(at)}`),
    lines.map(({ at }) => calendar.read(start + at)),
    lines.map(({ capability }) => capability),
  ].map((cells) => ({ cells, wide: Math.max(...cells.map((cell) => cell.length)) }));
  const indent = columns.filter(({ wide }) => wide > 0).reduce((sum, { wide }) => sum + wide + 2, 2);
  return lines
    .map(({ decision }, index) => {
      const place = columns
        .filter(({ wide }) => wide > 0)
        .map(({ cells, wide }) => `${(cells[index] ?? '').padEnd(wide)}  `);
      const { letter, paper } = familyOf(decision);
      const [first = '', ...rest] = wrapped(answerOf(decision), Math.max(16, width - indent - 2));
      const ink = (text: string) => paint.ink(text, inkOf(decision.outcome));
      const more = rest.map((text) => `${' '.repeat(indent + 2)}${ink(text)}\n`).join('');
      return `  ${place.join('')}${paint.on(letter, paper)} ${ink(first)}\n${more}`;
    })
    .join('');
}

/** Outcome, reason codes, and the obligations and advice that come with it, in one line. */
export function answerOf(decision: Decision): string {
  const codes = decision.reasons.map(({ code }) => code).join(', ');
  const extras = extrasOf(decision).join(', ');
  return `${decision.outcome}${codes && ` ${codes}`}${extras && ` (${extras})`}`;
}
