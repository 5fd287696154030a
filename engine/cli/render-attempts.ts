/** Lists under a drawing: what was attempted, and every change. */
import { formatDuration } from '../time/duration.ts';
import type { Decision } from '../decision.ts';
import type { Simulation } from '../timeline/simulation.ts';
import type { Canvas } from './canvas.ts';
import { familyOf } from './palette.ts';
import { extrasOf, inkOf } from './render-decisions.ts';
import { takeColumns } from './text-width.ts';

interface Line {
  readonly at: number;
  readonly capability: string;
  readonly decision: Decision;
}

/** One line an attempt in the order they happen; nothing where there are none. */
export function renderAttempts(simulation: Simulation, canvas: Canvas): string {
  if (simulation.attempts.length === 0) return '';
  return `Attempts\n${table(simulation.attempts, simulation, canvas)}`;
}

/** One line a segment, capability by capability. */
export function renderChanges(simulation: Simulation, canvas: Canvas): string {
  const changes = Object.entries(simulation.segments).flatMap(([capability, segments]) =>
    segments.map(({ from, decision }) => ({ at: from, capability, decision })),
  );
  return `Changes\n${table(changes, simulation, canvas)}`;
}

function table(lines: readonly Line[], { start }: Simulation, { calendar, paint, width }: Canvas): string {
  const offsets = lines.map(({ at }) => `+${formatDuration(at)}`);
  const walls = lines.map(({ at }) => calendar.read(start + at));
  const columns = [offsets, walls, lines.map(({ capability }) => capability)].map((column) => ({
    column,
    width: Math.max(...column.map((cell) => cell.length)),
  }));
  return lines
    .map(({ decision }, index) => {
      const place = `  ${columns.map(({ column, width: wide }) => (column[index] ?? '').padEnd(wide)).join('  ')}  `;
      const answer = answerOf(decision);
      const room = Math.max(12, width - place.length - 2);
      const cut = answer.length > room ? `${takeColumns(answer, room - 1)}…` : answer;
      return `${place}${paint.on(familyOf(decision).letter, familyOf(decision).paper)} ${paint.ink(cut, inkOf(decision.outcome))}\n`;
    })
    .join('');
}

/** Outcome, reason codes, and the obligations and advice that come with it, in one line. */
export function answerOf(decision: Decision): string {
  const codes = decision.reasons.map(({ code }) => code).join(', ');
  const extras = extrasOf(decision).join(', ');
  return `${decision.outcome}${codes && ` ${codes}`}${extras && ` (${extras})`}`;
}
