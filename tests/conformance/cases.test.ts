import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decide, nextChange, permits } from 'latchkey';
import { describe, expect, test } from 'vitest';
import { check, programOf, readCases, requestOf, T0, withoutFigures } from './case.ts';

const ROOT = 'tests/conformance/cases';
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

const cases = files.sort().flatMap((file) => readCases(join(ROOT, file)).map((found) => [file, found] as const));

describe.each(cases)('%s', (_, found) => {
  const program = programOf(found);
  test.each(found.requests.map((ask) => [ask.description, ask] as const))(`${found.title}: %s`, (_, ask) => {
    const request = requestOf(found, ask);
    const decision = decide(program, request);
    const change = nextChange(program, request);
    const alternatives = (decision.alternatives ?? []).map((each) => ({
      ...each,
      reasons: withoutFigures(each.reasons),
    }));
    check(
      {
        ...decision,
        alternatives,
        reasons: withoutFigures(decision.reasons),
        nextChange: change && { at: change.at - T0, constraint: change.constraint },
      },
      ask.expect,
    );
    expect(permits(program, request)).toBe(decision.outcome === 'permit');
  });
});
