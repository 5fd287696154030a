/** Capabilities that every program judges by the same rules: one answer serves them all. */
import { isGroup, type Check } from '../constraints/index.ts';
import type { CompiledCapability, Program } from '../program.ts';
import type { Segment } from './simulation.ts';

/** For each capability the first one that is judged alike; itself when it is the first. */
export function firstAlike(programs: readonly Program[], capabilities: readonly string[]): ReadonlyMap<string, string> {
  const firsts: string[] = [];
  return new Map(
    capabilities.map((id) => {
      const first = firsts.find((other) => programs.every((program) => judgedAlike(program, other, id)));
      if (first === undefined) firsts.push(id);
      return [id, first ?? id];
    }),
  );
}

/** The same segments, said of this capability. */
export function saidOf(segments: readonly Segment[], capability: string): readonly Segment[] {
  return segments.map(({ from, to, decision }) => ({
    from,
    to,
    decision: decision.capability === capability ? decision : { ...decision, capability },
  }));
}

function judgedAlike({ capabilities }: Program, a: string, b: string): boolean {
  const [one, other] = [capabilities.get(a), capabilities.get(b)];
  if (one === undefined || other === undefined) return one === other;
  return (
    one.access === other.access &&
    one.level === other.level &&
    one.enqueues === other.enqueues &&
    one.reauth.opening === other.reauth.opening &&
    one.reauth.path === other.reauth.path &&
    sameEach(one.warns, other.warns) &&
    sameChecks(one, other)
  );
}

/** Rules of guards, tiers and levels are compiled once; a count of uses is each capability’s own. */
function sameChecks(one: CompiledCapability, other: CompiledCapability): boolean {
  return one.checks.every((checks, level) => sameEach(checks, other.checks[level] ?? []) && !checks.some(counts));
}

function counts(check: Check): boolean {
  return isGroup(check) ? check.of.some(counts) : check.kind === 'quota';
}

function sameEach<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
