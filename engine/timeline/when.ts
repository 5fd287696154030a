/** Times as timelines write them: how long after the start, or an instant. */
import { quote } from '../problem.ts';
import type { DiagnosticCode } from '../diagnostic.ts';
import type { Instant, Milliseconds } from '../request.ts';
import { durationFault } from '../time/duration-fault.ts';
import { LONGEST_DURATION, parseDuration } from '../time/duration.ts';
import { parseRfc3339 } from '../time/rfc3339.ts';

/** Why a text is no time, in the words of a problem. */
export interface Fault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help: string;
}

export type OrFault<T> = T | { readonly fault: Fault };

/** Offset from the start; `start` is undefined when it could not be read itself, and then instants are not judged. */
export function readWhen(text: string, start: Instant | undefined): OrFault<Milliseconds | undefined> {
  if (text === '0s') return 0;
  if (/^\s*\d{4}-/.test(text)) return readOffsetOf(text, start);
  const offset = parseDuration(text);
  if (offset === undefined) return { fault: durationProblem(text, 'or `0s` for the start itself') };
  return offset > LONGEST_DURATION ? { fault: tooLong(text) } : offset;
}

/** An instant in the form of RFC 3339. */
export function readInstant(text: string): OrFault<Instant> {
  return parseRfc3339(text) ?? { fault: instantProblem(text) };
}

/** A length of time that may point backwards: `2h`, `-3h`. */
export function readDelta(text: string): OrFault<Milliseconds> {
  const back = text.startsWith('-');
  const written = back ? text.slice(1) : text;
  const length = parseDuration(written);
  if (length === undefined) return { fault: durationProblem(written, 'with `-` before it to move the clock back') };
  if (length > LONGEST_DURATION) return { fault: tooLong(written) };
  return back ? -length : length;
}

/** A length of time that is more than none. */
export function readLength(text: string): OrFault<Milliseconds> {
  const length = parseDuration(text);
  if (length === undefined) return { fault: durationProblem(text) };
  return length > LONGEST_DURATION ? { fault: tooLong(text) } : length;
}

export function isFault<T>(reading: OrFault<T>): reading is { readonly fault: Fault } {
  return typeof reading === 'object' && reading !== null && 'fault' in reading;
}

function readOffsetOf(text: string, start: Instant | undefined): OrFault<Milliseconds | undefined> {
  const instant = readInstant(text);
  if (isFault(instant) || start === undefined) return isFault(instant) ? instant : undefined;
  const offset = instant - start;
  if (offset >= 0 && offset <= LONGEST_DURATION) return offset;
  const message =
    offset < 0 ? `${quote(text)} lies before the start` : `${quote(text)} lies over 3650 days after the start`;
  return { fault: { code: 'out_of_range', message, help: 'write a time after `start`, or move `start`' } };
}

function durationProblem(text: string, also?: string): Fault {
  const { message, help } = durationFault(text);
  return {
    code: 'bad_duration',
    message: `${quote(text)} ${message}`,
    help: also === undefined ? help : `${help}, ${also}`,
  };
}

function tooLong(text: string): Fault {
  return { code: 'out_of_range', message: `${quote(text)} is longer than 3650 days`, help: 'write at most `3650d`' };
}

function instantProblem(text: string): Fault {
  const help = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
    ? 'add the offset from UTC, such as `Z` or `+01:00`'
    : 'write a date and time with its offset, such as `2026-03-02T08:00:00+01:00`';
  return { code: 'bad_instant', message: `${quote(text)} is not an instant`, help };
}
