/** The next change of a decision by brute force: look at every instant at which something could happen. */
import { decide } from './decide.ts';
import type { Decision, Document } from './document.ts';
import { milliseconds } from './duration.ts';
import { instant, isRecord, read, usable } from './facts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LAST = 8.64e15;
/** Lengths that no document writes down: the defaults, and the age of a proof for every use. */
const IMPLIED = ['5m', '2m'];

/**
 * The first instant after `now` at which the decision differs, looking 1 ms around every edge that an instant of the
 * request and a length of the document can make; with `days` also at every minute of so many days, and no further.
 */
export function firstChange(document: Document, request: unknown, days?: number): number | null {
  const now = usable(instant(read(request, 'now')));
  if (now === undefined || !isRecord(request)) return null;
  const first = decide(document, request);
  const until = Math.min(LAST, days === undefined ? LAST : now + days * DAY);
  const moments = [...edges(document, request), ...minutes(now, days ?? 0)];
  const later = [...new Set(moments)]
    .filter((at) => Number.isInteger(at) && at > now && at <= until)
    .sort((a, b) => a - b);
  return later.find((at) => differs(first, decide(document, { ...request, now: at }))) ?? null;
}

function edges(document: Document, request: unknown): readonly number[] {
  const instants = [...new Set(numbersIn(request))];
  const lengths = [0, ...new Set([...durationsIn(document), ...IMPLIED.map(milliseconds)])];
  return instants
    .flatMap((at) => [
      ...lengths.flatMap((length) => [at - length, at + length]),
      ...instants.map((other) => at - Math.floor((at - other) / 2)),
    ])
    .flatMap((edge) => [edge - 1, edge, edge + 1]);
}

function minutes(now: number, days: number): readonly number[] {
  return Array.from({ length: (days * DAY) / MINUTE }, (_, n) => (Math.floor(now / MINUTE) + n + 1) * MINUTE);
}

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function durationsIn(value: unknown): readonly number[] {
  if (typeof value === 'string') return /^([0-9]+(ms|[dhms]))+$/.test(value) ? [milliseconds(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(durationsIn) : [];
}

/** Whether two decisions differ in what section 7.1 names. */
function differs(a: Decision, b: Decision): boolean {
  return JSON.stringify(essence(a)) !== JSON.stringify(essence(b));
}

function essence({ outcome, reasons, alternatives, obligations, advice }: Decision): unknown {
  return {
    outcome,
    reasons: reasons.map(({ code, path, detail }) => [code, path, detail]),
    alternatives: (alternatives ?? []).map((each) => [each.path, each.reasons.map(({ code }) => code)]),
    obligations,
    advice: [...new Set(advice.map((each) => (each.type === 'warn' ? `warn ${each.of}` : each.type)))],
  };
}
