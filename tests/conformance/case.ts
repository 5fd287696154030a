/** A conformance case as data: a policy, the facts given, and what each request must come to. */
import { readFileSync } from 'node:fs';
import { compile, type Program, type Request } from 'latchkey';
import { load, parseDuration, requestFromJson } from 'latchkey/load';
import { expect } from 'vitest';
import { validateCase } from '../../engine/generated/validate-case.js';
import { shapeProblems } from '../../engine/schema-errors.ts';

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

/** The cases of a file: one, or a list of them. What is not as their schema says fails instead of being passed over. */
export function readCases(file: string): readonly Case[] {
  const found = JSON.parse(readFileSync(file, 'utf8')) as Case | readonly Case[];
  const problems = shapeProblems(validateCase, found);
  if (problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems, null, 1)}`);
  return [found].flat();
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

/** Asserts what the case names; what it must name is for its schema to say. */
export function check(actual: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): void {
  const named = Object.fromEntries(Object.keys(wanted).map((key) => [key, actual[key]]));
  expect(named).toEqual(counted(wanted));
}
