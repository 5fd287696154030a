/** A diagnostic for people: where, what, the line with a caret under the place, and what to write instead. */
import type { Diagnostic } from '../diagnostic.ts';
import type { Paint } from './paint.ts';
import { shown, takeColumns, takeLastColumns, widthOfText } from './text-width.ts';

/** A diagnostic with the file it is about, as the person named it. */
export interface FileDiagnostic extends Diagnostic {
  readonly file: string;
}

/** What it takes to point into a file: its lines, and how many UTF-16 units the place is long. */
export interface Place {
  readonly lines: readonly string[];
  readonly length: number;
}

/**
 * Several lines ending in a line break. Without a `place` there is no source line; `help` is what to do
 * about it. Nothing in the file can change the terminal or break the layout, whatever it contains.
 */
export function renderDiagnostic(
  found: FileDiagnostic,
  { place, help, paint, width }: { place?: Place; help: string; paint: Paint; width: number },
): string {
  const where = paint.ink(`${shown(found.file)}:${String(found.line)}:${String(found.column)}`, 'bold');
  const tone = found.severity === 'error' ? 'red' : 'yellow';
  const gutter = String(found.line).length + 1;
  const lines = [`${where}  ${paint.ink(`${found.severity} ${found.code}`, tone, 'bold')}  ${shown(found.message)}`];
  if (place) {
    const [source, caret] = pointedLine(found, place, width - gutter - 4);
    lines.push(
      `${' '.repeat(gutter + 1)}${paint.ink('│', 'dim')}`,
      ` ${paint.ink(`${String(found.line)} │`, 'dim')} ${source}`,
      `${' '.repeat(gutter + 1)}${paint.ink('│', 'dim')} ${paint.ink(caret, tone, 'bold')}`,
    );
  }
  if (help !== '') lines.push(`${' '.repeat(gutter + 1)}${paint.ink('help:', 'cyan', 'bold')} ${shown(help)}`);
  return `${lines.join('\n')}\n`;
}

/** The source line cut to `room` columns around the place, and the carets that go under it. */
function pointedLine(found: Diagnostic, place: Place, room: number): readonly [string, string] {
  const line = place.lines[found.line - 1] ?? '';
  const start = Math.min(found.column - 1, line.length);
  const end = start + Math.max(place.length, 1);
  // A line can be a megabyte long, and only what is near the place will be shown.
  const near = Math.max(0, start - room * 8);
  const before = shown(line.slice(near, start));
  const marked = shown(line.slice(start, Math.min(end, start + room * 8)));
  const after = shown(line.slice(end, end + room * 8));
  const fits = near === 0 && widthOfText(before + marked + after) <= room;
  const lead = fits || widthOfText(before) <= room / 2 ? before : `…${takeLastColumns(before, Math.floor(room / 3))}`;
  const whole = lead + marked + after;
  const source = widthOfText(whole) > room ? `${takeColumns(whole, room - 1)}…` : whole;
  const offset = widthOfText(lead);
  const carets = Math.max(1, Math.min(widthOfText(marked), widthOfText(source) - offset));
  return [source, ' '.repeat(offset) + '^'.repeat(carets)];
}
