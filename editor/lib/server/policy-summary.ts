/** Sums a policy up for the policies page. */
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { checkTimeline, loadTimeline, simulate } from 'latchkey/timeline';
import type { PolicySummary } from '$lib/state/policy-summary.ts';
import type { PolicyFiles } from './policies.ts';

/** Sums a policy up; runs every timeline. */
export function summarize(files: PolicyFiles): PolicySummary {
  const version = files.versions[0]?.version ?? 0;
  const loaded = load(files.versions[0]?.text ?? '');
  const shared = { id: files.id, version, timelines: files.timelines.length };
  if (!loaded.ok) {
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error').length;
    return { ...shared, title: files.id, tiers: [], capabilities: 0, reviewBy: null, failing: [], errors };
  }
  const { policy } = loaded.value;
  const programs = files.versions.flatMap(({ text }) => programOf(text));
  return {
    ...shared,
    title: policy.title ?? policy.id,
    tiers: policy.tiers.map(({ id, title }) => ({ id, title: title ?? null })),
    capabilities: policy.capabilities.length,
    reviewBy: policy.reviewBy ?? null,
    failing: files.timelines.flatMap((timeline) => failure(programs, timeline)),
    errors: 0,
  };
}

function programOf(text: string): readonly Program[] {
  const loaded = load(text);
  return loaded.ok ? [compile(loaded.value.policy)] : [];
}

function failure(programs: readonly Program[], timeline: PolicyFiles['timelines'][number]): readonly string[] {
  const loaded = loadTimeline(timeline.text);
  if (!loaded.ok) return [timeline.name];
  if (checkTimeline(loaded.value, programs).length > 0) return [loaded.value.title];
  const { expectations } = simulate(programs, loaded.value);
  return expectations.every(({ ok }) => ok) ? [] : [loaded.value.title];
}
