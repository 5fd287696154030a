/** What a timeline expected, and what happened. */
import type { Decision, Reason } from '../decision.ts';
import { locate } from '../load.ts';
import { messageOf } from '../messages.ts';
import { formatDuration } from '../time/duration.ts';
import type { ExpectationResult, Simulation } from '../timeline/simulation.ts';
import type { Canvas } from './canvas.ts';
import type { Written } from './load-run.ts';
import type { Calendar } from './when.ts';
import { answerOf } from './render-attempts.ts';
import { shown, wrapped } from './text-width.ts';

/** A few words for an expectation that holds, a paragraph for one that does not, and how many hold; nothing where there are none. */
export function renderExpectations(simulation: Simulation, written: Written, canvas: Canvas): string {
  const { expectations } = simulation;
  if (expectations.length === 0) return '';
  const held = expectations.filter(({ ok }) => ok).length;
  return [
    `Expectations: ${String(held)} of ${String(expectations.length)} hold`,
    ...expectations.flatMap((result) =>
      result.ok ? heldLines(result, canvas) : failureLines(result, simulation, written, canvas),
    ),
    '',
  ].join('\n');
}

function heldLines({ at, expected }: ExpectationResult, { paint, width }: Canvas): readonly string[] {
  const because = expected.because === undefined ? '' : `: ${shown(expected.because)}`;
  const lines = wrapped(`+${formatDuration(at)} ${expected.capability} ${expectedOf(expected)}${because}`, width - 4);
  return lines.map((line, index) => (index === 0 ? `  ${paint.ink('✓', 'green')} ${line}` : `    ${line}`));
}

/** An expectation that does not hold: expected, happened, since when, which constraint, and why a person expected it. */
export function failureLines(
  { at, expected, actual, since, path }: ExpectationResult,
  { start }: Simulation,
  written: Written,
  { paint, calendar }: Canvas,
): readonly string[] {
  const { line, column } = locate(written.timeline.text, path);
  const row = (name: string, content: string) => `      ${paint.ink(name.padEnd(9), 'dim')} ${content}`;
  const place = `${written.timeline.file}:${String(line)}:${String(column)}`;
  return [
    `  ${paint.ink('✗', 'red')} ${paint.ink(`+${formatDuration(at)} ${expected.capability}`, 'bold')}  ${calendar.read(start + at)}  ${paint.ink(place, 'dim')}`,
    row('expected', paint.ink(expectedOf(expected), 'green')),
    row(
      'happened',
      `${paint.ink(answerOf(actual), 'red')}, since +${formatDuration(since)} (${calendar.read(start + since)})`,
    ),
    ...actual.reasons.flatMap((reason) =>
      byLines(reason, actual, written, calendar).map((said, index) => row(index === 0 ? 'by' : '', said)),
    ),
    ...helpLines(actual).map((said) => row('helps', said)),
    ...(expected.because === undefined ? [] : [row('because', shown(expected.because))]),
  ];
}

/** `permit`, `deny reauth_required`, with the obligations where they are part of it. */
export function expectedOf({ outcome, reason, obligations }: ExpectationResult['expected']): string {
  const parts = [outcome ?? 'any outcome', ...(reason === undefined ? [] : [reason])];
  if (obligations !== undefined)
    parts.push(`(${obligations.length === 0 ? 'no obligations' : obligations.join(', ')})`);
  return parts.join(' ');
}

/** What would change the answer, when something can. */
function helpLines({ outcome, remedies }: Decision): readonly string[] {
  const useful = remedies.filter((remedy) => remedy !== 'none');
  return outcome === 'permit' || useful.length === 0 ? [] : [useful.join(', or ')];
}

/** The reason in words with its figures and the place of its constraint, and the constraint as it is written. */
function byLines(reason: Reason, { policy }: Decision, { policies }: Written, calendar: Calendar): readonly string[] {
  const said = `${reason.code}: ${messageOf(reason)}${figuresOf(reason, calendar)}`;
  const source = policies.get(policy.version);
  if (reason.path === '' || source === undefined) return [said];
  const { offset, length, line, column } = locate(source.text, reason.path);
  const constraint = shown(source.text.slice(offset, offset + length).replace(/\s+/g, ' '));
  return [`${said}, ${source.file}:${String(line)}:${String(column)}`, constraint];
}

/** Ages are far shorter than any instant after 1980. */
const FIRST_INSTANT = 315_532_800_000;

function figuresOf({ actual, limit, margin }: Reason, calendar: Calendar): string {
  if (limit === undefined) return '';
  const said = (value: unknown): string => {
    if (typeof value !== 'number' || margin === undefined) return shown(JSON.stringify(value) ?? 'nothing');
    return value >= FIRST_INSTANT ? calendar.read(value) : formatDuration(Math.max(0, value));
  };
  return actual === undefined ? ` (limit ${said(limit)})` : ` (${said(actual)}, limit ${said(limit)})`;
}
