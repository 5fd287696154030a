/** A list under a drawing: what events made the app do, and of which ones nothing came. */
import { effectText } from '../session/index.ts';
import { formatDuration } from '../time/duration.ts';
import type { Simulation, Timeline } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import { shown, wrapped } from './text-width.ts';

/** One line an effect in the order they happen; nothing where there are none. */
export function renderEffects(
  { effects, start }: Pick<Simulation, 'effects' | 'start'>,
  { events }: Pick<Timeline, 'events'>,
  { calendar, paint, width }: Canvas,
): string {
  if (effects.length === 0) return '';
  const types = new Map(events.map(({ path, event }) => [path, event.type]));
  const columns = [
    effects.map(({ at }) => `+${formatDuration(at)}`),
    effects.map(({ at }) => calendar.read(start + at)),
    effects.map(({ path }) => types.get(path) ?? ''),
  ].map((cells) => ({ cells, wide: Math.max(...cells.map((cell) => cell.length)) }));
  const indent = columns.reduce((sum, { wide }) => sum + wide + 2, 2);
  const lines = effects.map((effect, index) => {
    const place = columns.map(({ cells, wide }) => `${(cells[index] ?? '').padEnd(wide)}  `).join('');
    const said = wrapped(shown(effectText(effect)), Math.max(16, width - indent));
    const ink = (text: string) => paint.ink(text, effect.type === 'ignored' ? 'yellow' : 'bold');
    return said.map((text, line) => `${line === 0 ? `  ${place}` : ' '.repeat(indent)}${ink(text)}\n`).join('');
  });
  return `What came of events\n${lines.join('')}`;
}
