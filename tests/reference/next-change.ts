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
 * request and a length of the document can make, and at every minute of the next `days`; null when there is none.
 */
export function firstChange(document: Document, request: unknown, days: number): number | null {
  const now = usable(instant(read(request, 'now')));
  if (now === undefined || !isRecord(request)) return null;
  const first = decide(document, request);
  for (const at of candidates(document, request, now, days))
    if (differs(first, decide(document, { ...request, now: at }))) return at;
  return null;
}

function candidates(document: Document, request: unknown, now: number, days: number): readonly number[] {
  const instants = [...new Set(numbersIn(request))];
  const lengths = [0, ...new Set([...durationsIn(document), ...IMPLIED.map(milliseconds)])];
  const edges = instants.flatMap((at) => [
    ...lengths.flatMap((length) => [at - length, at + length]),
    ...instants.map((other) => at - Math.floor((at - other) / 2)),
  ]);
  const minutes = Array.from({ length: (days * DAY) / MINUTE }, (_, n) => (Math.floor(now / MINUTE) + n + 1) * MINUTE);
  const all = [...edges.flatMap((edge) => [edge - 1, edge, edge + 1]), ...minutes];
  return [...new Set(all)].filter((at) => Number.isInteger(at) && at > now && at <= LAST).sort((a, b) => a - b);
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
