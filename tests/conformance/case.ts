/** A conformance case as data: a policy, the facts given, and what each request must come to. */
import { readFileSync } from 'node:fs';
import { compile, type Program, type Request } from 'latchkey';
import { load, parseDuration, requestFromJson } from 'latchkey/load';
import { expect } from 'vitest';

/** The last server confirmation of every case: `at` counts from here. */
export const T0 = Date.parse('2026-03-01T08:00:00.000Z');

interface Ask {
  readonly description: string;
  /** Duration after T0, or a date-time; T0 when absent. */
  readonly at?: string;
  /** JSON Pointer → value put there. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** JSON Pointers of members taken away. */
  readonly without?: readonly string[];
  /** The whole request, in place of the given facts. */
  readonly request?: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
}

export interface Case {
  readonly title: string;
  /** `id@version` of a shipped policy, or a document. */
  readonly policy: unknown;
  readonly given: Readonly<Record<string, unknown>>;
  readonly requests: readonly Ask[];
}

const CASE_KEYS = ['title', 'policy', 'given', 'requests'];
const ASK_KEYS = ['description', 'at', 'set', 'without', 'request', 'expect'];

function refuseUnknown(value: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: unknown ${unknown.join(', ')}`);
}

/** The cases of a file: one, or a list of them. A misspelt key fails instead of being passed over. */
export function readCases(file: string): readonly Case[] {
  const found = JSON.parse(readFileSync(file, 'utf8')) as Case | readonly Case[];
  const cases = [found].flat() as readonly Case[];
  for (const each of cases) refuseUnknown(each, CASE_KEYS, file);
  for (const ask of cases.flatMap(({ requests }) => requests))
    refuseUnknown(ask, ASK_KEYS, `${file}: ${ask.description}`);
  return cases;
}

/** Milliseconds after T0 of a duration or a date-time. */
function sinceT0(at: string): number {
  const since = at === '0s' ? 0 : (parseDuration(at) ?? Date.parse(at) - T0);
  if (Number.isNaN(since)) throw new Error(`${at} is neither a duration nor a date-time`);
  return since;
}

export function programOf({ policy }: Case): Program {
  const text =
    typeof policy === 'string'
      ? readFileSync(`policies/${policy.replace('@', '/')}.json`, 'utf8')
      : JSON.stringify(policy);
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  return compile(loaded.value.policy);
}

function place(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  let at = root;
  for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
}

export function requestOf({ given }: Case, ask: Ask): Request {
  if ('request' in ask) return ask.request as Request;
  const request = structuredClone(given) as Record<string, unknown>;
  request['now'] = T0 + sinceT0(ask.at ?? '0s');
  for (const [pointer, value] of Object.entries(ask.set ?? {})) place(request, pointer, value);
  for (const pointer of ask.without ?? []) place(request, pointer, undefined);
  return requestFromJson(request) as Request;
}

/** Reasons as cases write them: code, path and detail, without figures. */
export function withoutFigures(reasons: readonly { code: string; path: string; detail?: string }[]): unknown {
  return reasons.map(({ code, path, detail }) => (detail === undefined ? { code, path } : { code, path, detail }));
}

/** An expectation with the time of `nextChange` in milliseconds after T0, however it was written. */
function counted(wanted: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const change = wanted['nextChange'] as { at: string | number } | null | undefined;
  if (typeof change?.at !== 'string') return wanted;
  return { ...wanted, nextChange: { ...change, at: sinceT0(change.at) } };
}

/** Asserts what the case names and nothing it does not; outcome, reasons and obligations are always named. */
export function check(actual: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): void {
  for (const key of ['outcome', 'reasons', 'obligations']) expect(wanted, 'a case must name it').toHaveProperty(key);
  refuseUnknown(wanted, Object.keys(actual), 'expect');
  const named = Object.fromEntries(Object.keys(wanted).map((key) => [key, actual[key]]));
  expect(named).toEqual(counted(wanted));
}
