/** What timelines look at, and what nobody does. */
import { coverageOf, type Coverage, type LimitCoverage } from '../analysis/index.ts';
import { locate } from '../load.ts';
import type { Policy } from '../policy.ts';
import { formatDuration } from '../time/duration.ts';
import type { Limit, Playback } from '../timeline/index.ts';
import type { SourceFile } from './files.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { counted } from './report.ts';
import { hasPlayed, type TestResult } from './test-results.ts';

/** Coverage of one version of a policy by the timelines during which it is in force. */
export interface PolicyCoverage {
  readonly policy: string;
  readonly source: SourceFile;
  readonly coverage: Coverage;
}

/** By policy version, in the order of the files. */
export function coveragesOf(results: readonly TestResult[]): readonly PolicyCoverage[] {
  const found = new Map<string, { policy: Policy; source: SourceFile; playbacks: Playback[] }>();
  for (const result of results) {
    if (!hasPlayed(result)) continue;
    const { run, playback } = result;
    for (const { policy } of new Set(playback.stretches.map(({ program }) => program))) {
      const source = run.written.policies.get(policy.version);
      if (source === undefined) continue;
      const known = found.get(source.file) ?? { policy, source, playbacks: [] };
      known.playbacks.push(playback);
      found.set(source.file, known);
    }
  }
  return [...found.values()].map(({ policy, source, playbacks }) => ({
    policy: `${policy.id}@${String(policy.version)}`,
    source,
    coverage: coverageOf(policy, playbacks),
  }));
}

/** One line a policy that has limits nobody probes; nothing when there are none. */
export function renderGaps(coverages: readonly PolicyCoverage[], io: Io): string {
  const paint = paintFor(io);
  const lines = coverages.flatMap(({ policy, coverage }) => {
    const open = coverage.limits.filter(({ state }) => state !== 'probed').length;
    if (open === 0) return [];
    const many = `${String(open)} of ${counted(coverage.limits.length, 'limit')}`;
    return [`${paint.ink('!', 'yellow')} ${policy}: nobody probes ${many}; --coverage lists them\n`];
  });
  return lines.join('');
}

/** Everything, policy by policy. */
export function renderCoverage(coverages: readonly PolicyCoverage[], io: Io): string {
  return coverages.map((coverage) => onePolicy(coverage, io)).join('');
}

function onePolicy({ policy, source, coverage }: PolicyCoverage, io: Io): string {
  const paint = paintFor(io);
  const { capabilities, constraints, limits, reasons } = coverage;
  const unseen = capabilities.filter(({ expectations }) => expectations === 0).map(({ id }) => id);
  const half = constraints.filter(({ met, unmet }) => met === 0 || unmet === 0);
  const open = limits.filter(({ state }) => state !== 'probed');
  const place = (path: string): string => {
    const { line, column } = locate(source.text, path);
    return `${source.file}:${String(line)}:${String(column)}`;
  };
  const tally = (all: number, missing: number, thing: string): string =>
    `  ${missing === 0 ? paint.ink('✓', 'green') : paint.ink('!', 'yellow')} ${String(all - missing)} of ${counted(all, thing)}`;
  return [
    '',
    paint.ink(`Coverage of ${policy}`, 'bold'),
    `${tally(capabilities.length, unseen.length, 'capability').replace(/capabilitys$/, 'capabilities')} looked at${unseen.length === 0 ? '' : `: not ${unseen.join(', ')}`}`,
    `${tally(constraints.length, half.length, 'constraint')} seen met and not met`,
    ...half.map(({ path, kind, met, unmet }) => {
      const lacking = met + unmet === 0 ? 'never seen' : met === 0 ? 'never seen met' : 'never seen not met';
      return `      ${kind} ${lacking}  ${paint.ink(place(path), 'dim')}`;
    }),
    `${tally(limits.length, open.length, 'limit')} probed on both sides`,
    ...open.map(
      (limit) => `      ${limitInWords(limit)}: ${STATES[limit.state]}  ${paint.ink(place(limit.pointer), 'dim')}`,
    ),
    `    reasons seen: ${reasons.map(({ code, expectations }) => `${code} ${String(expectations)}`).join(', ') || 'none'}`,
    '',
  ].join('\n');
}

const STATES: Readonly<Record<LimitCoverage['state'], string>> = {
  probed: 'probed',
  crossed: 'passed, but nobody looks at both sides of it',
  unreached: 'never reached',
};

/** `maxAge authTime 12h`, `quota uses 20` */
export function limitInWords({
  kind,
  measured,
  length,
  uses,
}: Pick<Limit, 'kind' | 'measured' | 'length' | 'uses'>): string {
  const size = length === undefined ? (uses === undefined ? '' : ` ${String(uses)}`) : ` ${formatDuration(length)}`;
  return `${kind} ${measured}${size}`;
}
