/** Decisions as lines of a table. */
import type { Decision, Outcome } from '../decision.ts';
import { messageOf } from '../messages.ts';
import { widthOf, type Io } from './io.ts';
import { paintFor, type Ink } from './paint.ts';
import { fitted, shown, widthOfText } from './text-width.ts';

/** One decision and the line that asked for it, counted from 1. */
export interface Answer {
  readonly line: number;
  readonly decision: Decision;
}

const INK: Readonly<Record<Outcome, Ink>> = { permit: 'green', challenge: 'yellow', deny: 'red' };

/** The outcome's colour for the terminal. */
export function inkOf(outcome: Outcome): Ink {
  return INK[outcome];
}

/** One line a decision: line of the request, outcome, capability, and what comes with it. */
export function renderDecisions(answers: readonly Answer[], io: Io): string {
  const paint = paintFor(io);
  const digits = Math.max(4, ...answers.map(({ line }) => String(line).length));
  const named = answers.map(({ decision }) => shown(decision.capability) || '?');
  const column = Math.min(Math.max(10, ...named.map(widthOfText)), Math.floor(widthOf(io) / 3));
  const row = (line: string, outcome: string, capability: string, rest: string) =>
    `${line.padStart(digits)}  ${outcome}  ${fitted(capability, column)}  ${rest}`.trimEnd();
  return [
    paint.ink(row('line', 'outcome  ', 'capability', 'why, or what comes with it'), 'dim'),
    ...answers.map(({ line, decision }, index) =>
      row(
        String(line),
        paint.ink(decision.outcome.padEnd(9), inkOf(decision.outcome)),
        named[index] ?? '',
        restOf(decision),
      ),
    ),
    '',
  ].join('\n');
}

function restOf(decision: Decision): string {
  return [
    ...decision.reasons.map((reason) => `${reason.code}: ${messageOf(reason)}`),
    ...extrasOf(decision),
    ...(decision.validUntil === null ? [] : [`until ${instantOf(decision.validUntil)}`]),
  ].join(' · ');
}

/** Types of obligations and advice, as words. */
export function extrasOf({ obligations, advice }: Decision): readonly string[] {
  return [
    ...obligations.map(({ type }) => type),
    ...advice.map((each) => (each.type === 'warn' ? `warn ${each.of}` : `present ${each.as}`)),
  ];
}

/** An instant in RFC 3339; a change can lie beyond what dates can name. */
function instantOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString().replace('.000Z', 'Z');
}
