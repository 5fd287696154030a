import fc from 'fast-check';
import { compile, decide, type Request } from 'latchkey';
import { lint, tidy } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { expect, test } from 'vitest';
import { findings, fixedTexts, loaded, TODAY } from '../engine/lint-fixture.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { richRequest } from './rich-requests.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const TIME = 60_000 + 100 * RUNS;

/** As a program or a person writes it; undefined for a document that could never permit. */
function textOf(document: object, indent: number): string | undefined {
  const text = JSON.stringify(document, null, indent);
  return load(text).ok ? text : undefined;
}

function outcomes(text: string, requests: readonly unknown[]): readonly string[] {
  const program = compile(loaded(text).policy);
  return requests.map((request) => decide(program, request as Request).outcome);
}

const given = [
  richDocument(KINDS),
  fc.constantFrom(0, 2),
  fc.array(richRequest, { minLength: 5, maxLength: 5 }),
] as const;

test(
  'a fix loads, settles its finding, opens nothing, and keeps every outcome unless it says that it narrows',
  { timeout: TIME },
  () => {
    const seen = new Map<string, number>();
    const property = fc.property(...given, (document, indent, requests) => {
      const text = textOf(document, indent);
      fc.pre(text !== undefined);
      const before = outcomes(text, requests);
      for (const { finding, after } of fixedTexts(text)) {
        seen.set(finding.code, (seen.get(finding.code) ?? 0) + 1);
        const result = outcomes(after, requests);
        if (finding.fix?.narrows === false) expect(result).toEqual(before);
        result.forEach((outcome, index) => {
          if (outcome === 'permit') expect(before[index]).toBe('permit');
        });
        // Another may say the same elsewhere, and be settled with it or not.
        const same = (text: string) =>
          findings(text).filter(({ code, message }) => code === finding.code && message === finding.message).length;
        expect(same(after)).toBeLessThan(same(text));
      }
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
    console.log(`seed ${SEED}, fixes: ${[...seen].map(([code, count]) => `${code} ${count}`).join(', ')}`);
    for (const code of ['redundant_constraint', 'offline_privilege_creep', 'unused_fact', 'unproven_schedule'])
      expect(seen.get(code) ?? 0, code).toBeGreaterThan(0);
  },
);

test('tidying ends, keeps every outcome, and leaves nothing to tidy', { timeout: TIME }, () => {
  const property = fc.property(...given, (document, indent, requests) => {
    const text = textOf(document, indent);
    fc.pre(text !== undefined);
    const { text: after, left } = tidy(text, { today: TODAY });
    expect(outcomes(after, requests)).toEqual(outcomes(text, requests));
    expect(left.filter(({ fix }) => fix?.narrows === false)).toEqual([]);
    expect(lint(after, loaded(after), { today: TODAY })).toEqual(left);
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
});
