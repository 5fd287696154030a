import { readFileSync } from 'node:fs';
import type { PolicyFiles } from '$lib/server/policies.ts';
import { summarize } from '$lib/server/policy-summary.ts';
import { starter } from '$lib/words/policies.ts';
import { load } from 'latchkey/load';
import { describe, expect, test } from 'vitest';

const text = readFileSync('policies/field-service/1.json', 'utf8');
const timeline = readFileSync('policies/field-service/timelines/dead-zone.json', 'utf8');

function files(newest: string, timelines: PolicyFiles['timelines'] = []): PolicyFiles {
  return { id: 'field-service', versions: [{ version: 1, text: newest, digest: '' }], timelines };
}

describe('the summary of a policy', () => {
  test('counts what it has and what holds', () => {
    expect(summarize(files(text, [{ name: 'dead-zone', text: timeline }]))).toEqual({
      id: 'field-service',
      title: 'Field service app',
      version: 1,
      tiers: [
        { id: 'A', title: 'Low risk' },
        { id: 'B', title: 'Medium risk' },
        { id: 'C', title: 'High risk' },
      ],
      capabilities: 4,
      reviewBy: null,
      timelines: 1,
      failing: [],
      errors: 0,
    });
  });

  test('names a timeline that expects something else', () => {
    const changed = text.replace('"48h"', '"24h"');
    expect(summarize(files(changed, [{ name: 'dead-zone', text: timeline }])).failing).toEqual([
      'Dead zone on day two',
    ]);
  });

  test.each([
    ['that is no timeline', '{}'],
    ['of another policy', timeline.replace('"policy": "field-service"', '"policy": "other"')],
    ['that names a version which is not there', timeline.replace('"field-service"', '"field-service@9"')],
  ])('counts a timeline %s as failing', (_, broken) => {
    expect(summarize(files(text, [{ name: 'odd', text: broken }])).failing).toHaveLength(1);
  });

  test('of a document with errors says how many, and that its timelines were not run', () => {
    const broken = text.replace('"48h"', '"soon"').replace('"7d"', '"-7d"');
    const summary = summarize(files(broken, [{ name: 'dead-zone', text: timeline }]));
    expect(summary).toMatchObject({ title: 'field-service', errors: 2, capabilities: 0, timelines: 1, failing: [] });
  });
});

test('the policy offered to begin with loads without a warning', () => {
  expect(load(starter)).toMatchObject({ ok: true, warnings: [] });
});
