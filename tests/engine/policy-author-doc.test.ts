import { readFileSync } from 'node:fs';
import { compile, decide } from 'latchkey';
import { lint } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { describe, expect, test } from 'vitest';
import { decisionTitle } from '../../editor/lib/words/decision.ts';
import { examplesOf } from './guide-tables.ts';
import { requestIn } from './situation.ts';

const steps = examplesOf(readFileSync('docs/policy-author.md', 'utf8'));

describe.each(steps)('$heading', ({ json, rows, text }) => {
  const loaded = load(json);

  test('the policy loads without a word of complaint', () => {
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });

  test.each(rows)('$capability, $situation: $answer', ({ capability = '', situation = '', answer }) => {
    if (!loaded.ok) throw new Error('it does not load');
    const decision = decide(compile(loaded.value.policy), requestIn(situation, capability));
    expect(decisionTitle(decision)).toBe(answer);
  });

  test('lint finds what the guide says', () => {
    if (!loaded.ok) throw new Error('it does not load');
    const found = lint(json, loaded.value, { today: '2026-11-20' }).map(({ code }) => `\`${code}\``);
    expect(/^Lint finds: (.+)\.$/m.exec(text)?.[1]).toBe(found.join(', ') || 'nothing');
  });
});

test('every step asks something, and shows something new', () => {
  expect(steps).toHaveLength(8);
  for (const { rows } of steps) expect(rows.length).toBeGreaterThan(0);
  expect(new Set(steps.map(({ json }) => json)).size).toBe(steps.length);
});

test('the last step is the policy that is shipped', () => {
  expect(JSON.parse(steps.at(-1)?.json ?? '')).toEqual(
    JSON.parse(readFileSync('policies/field-service/1.json', 'utf8')),
  );
});
