/** Whether a timeline and the programs it is to run on go together. */
import type { Diagnostic } from '../diagnostic.ts';
import { diagnosticsOf } from '../locate.ts';
import { parse } from '../parse.ts';
import { quote, type Problem } from '../problem.ts';
import type { Program } from '../program.ts';
import { didYouMean } from '../suggest.ts';
import { askedBy } from './asked.ts';
import { findProgram, programsFor } from './programs.ts';
import type { Timeline } from './timeline.ts';

/**
 * Policy, versions and capabilities that are not among the programs; with none of these `simulate` does not
 * throw. `text` is the timeline's own, for lines and columns; without it every problem is at the start.
 */
export function checkTimeline(timeline: Timeline, programs: readonly Program[], text = ''): readonly Diagnostic[] {
  const problems = findProgram(programs, timeline) ? [] : [programProblem(timeline, programs)];
  const known = programsFor(programs, timeline);
  if (known.length > 0) problems.push(...versionProblems(timeline, known), ...capabilityProblems(timeline, known));
  return diagnosticsOf(parse(text), problems);
}

function programProblem({ policy, version }: Timeline, programs: readonly Program[]): Problem {
  const ids = programs.map((program) => program.policy.id);
  const pointer = '/policy';
  if (!ids.includes(policy)) {
    const message = `the timeline is about policy ${quote(policy)}, which is not here`;
    return { code: 'unknown_policy', pointer, message, ...helped(didYouMean(policy, ids) ?? onlyOne(ids)) };
  }
  return { code: 'bad_version', pointer, message: `policy ${quote(policy)} is not here in version ${version ?? 1}` };
}

function onlyOne(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? `the policy here is ${quote(ids[0] ?? '')}` : undefined;
}

function versionProblems(timeline: Timeline, known: readonly Program[]): readonly Problem[] {
  const versions = known.map(({ policy }) => policy.version);
  let active = findProgram(known, timeline)?.policy.version ?? 1;
  return timeline.events.flatMap(({ event, path }) => {
    if (event.type !== 'policy-activated') return [];
    const { version } = event;
    const pointer = `${path}/version`;
    if (!versions.includes(version))
      return [{ code: 'bad_version', pointer, message: `version ${version} of the policy is not here` }];
    const back = version < active;
    active = Math.max(active, version);
    return back ? [{ code: 'bad_version', pointer, message: `version ${version} is older than the one before` }] : [];
  });
}

function capabilityProblems({ events, expect }: Timeline, known: readonly Program[]): readonly Problem[] {
  const ids = known.flatMap(({ policy }) => policy.capabilities.map(({ id }) => id));
  const named = [
    ...events.flatMap(({ event, path, expect }) => {
      const capability = askedBy(event)?.capability;
      return capability === undefined ? [] : [{ capability, path, reason: expect?.reason }];
    }),
    ...expect.map(({ capability, path, reason }) => ({ capability, path, reason })),
  ];
  return named
    .filter(({ capability, reason }) => reason !== 'unknown_capability' && !ids.includes(capability))
    .map(({ capability, path }) => ({
      code: 'unknown_capability',
      pointer: `${path}/capability`,
      message: `no version of the policy has a capability ${quote(capability)}`,
      ...helped(didYouMean(capability, ids)),
    }));
}

function helped(help: string | undefined): { readonly help?: string } {
  return help === undefined ? {} : { help };
}
