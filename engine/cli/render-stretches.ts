/** What differs between two runs, in words: where one permits more than the other, and where less. */
import type { Decision } from '../decision.ts';
import { formatDuration } from '../time/duration.ts';
import type { CapabilityStretches, ChangedStretch, Simulation } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import { answerOf } from './render-attempts.ts';
import { wrapped } from './text-width.ts';

type Found = Readonly<Record<string, CapabilityStretches>>;

/** Both kinds of stretches under what the other run is called. Ends in a line break. */
export function renderStretches(found: Found, name: string, { start, until }: Simulation, canvas: Canvas): string {
  const parts = [
    ['newly permitted', 'newlyPermitted'],
    ['newly denied', 'newlyDenied'],
  ] as const;
  return parts
    .map(([words, key]) => {
      const lists = Object.entries(found).flatMap(([capability, { [key]: list }]) =>
        list.length === 0 ? [] : [block(capability, list, start, until, canvas)],
      );
      const heading = `With ${name} ${words}`;
      return lists.length === 0 ? `${heading}: nothing\n` : `${heading}\n${lists.join('')}`;
    })
    .join('\n');
}

function block(
  capability: string,
  list: readonly ChangedStretch[],
  start: number,
  until: number,
  { paint, calendar, width }: Canvas,
): string {
  const lines = list.flatMap(({ from, to, before, after }) => {
    const length = to === until ? 'to the end' : `for ${formatDuration(to - from)}`;
    const change = `${inWords(before)} → ${inWords(after)}`;
    const when = `+${formatDuration(from)}  ${calendar.read(start + from)}, ${length}`;
    return [`    ${when}`, ...wrapped(change, width - 6).map((line) => `      ${line}`)];
  });
  return `  ${paint.ink(capability, 'bold')}\n${lines.join('\n')}\n`;
}

function inWords(decision: Decision | null): string {
  return decision === null ? 'not in this policy' : answerOf(decision);
}
