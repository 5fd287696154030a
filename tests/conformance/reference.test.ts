import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../reference/decide.ts';
import type { Document } from '../reference/document.ts';
import { readCases, requestOf, type Case } from './case.ts';

const ROOT = 'tests/conformance/cases';
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
/** What the reference does not give: promises about the future. */
const NOT_ANSWERED = ['validUntil', 'nextChange'];
/** Figures of a reason, which the reference leaves out. */
const FIGURES = ['actual', 'limit', 'margin'];

function documentOf({ policy }: Case): Document {
  if (typeof policy !== 'string') return policy as Document;
  return JSON.parse(readFileSync(`policies/${policy.replace('@', '/')}.json`, 'utf8')) as Document;
}

function withoutFigures(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (FIGURES.includes(key) ? undefined : each)));
}

const cases = files.sort().flatMap((file) => readCases(join(ROOT, file)).map((found) => [file, found] as const));

describe.each(cases)('the reference agrees with %s', (_, found) => {
  const document = documentOf(found);
  test.each(found.requests.map((ask) => [ask.description, ask] as const))(`${found.title}: %s`, (_, ask) => {
    const decision: Readonly<Record<string, unknown>> = {
      alternatives: [],
      ...decide(document, requestOf(found, ask)),
    };
    const named = Object.entries(ask.expect).filter(([key]) => !NOT_ANSWERED.includes(key));
    const answered = Object.fromEntries(named.map(([key]) => [key, decision[key]]));
    expect(answered).toEqual(withoutFigures(Object.fromEntries(named)));
  });
});
