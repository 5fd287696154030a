/** Coverage: what of a policy its timelines look at, and which limits nobody probes. */
import type { Decision, ReasonCode } from '../decision.ts';
import { explain, type Explanation } from '../explain.ts';
import type { ConstraintKind, Policy } from '../policy.ts';
import type { Milliseconds, Request } from '../request.ts';
import { limitsOf, probeAt, simulationOf, type Limit, type Playback } from '../timeline/index.ts';
import { leavesOf } from './scope.ts';

/**
 * How well a limit is known. `probed`: an expectation looks at the last instant before it and another at the first after
 * it (for a count: at the last use there is and at the first there is not). `crossed`: time passes it in some timeline,
 * and nobody looks so closely. `unreached`: no timeline gets there.
 */
export type LimitState = 'probed' | 'crossed' | 'unreached';

export interface CapabilityCoverage {
  readonly id: string;
  /** How many expectations look at it. */
  readonly expectations: number;
}

export interface ConstraintCoverage {
  readonly path: string;
  readonly kind: ConstraintKind;
  /** Expectations that saw it met, and not met. */
  readonly met: number;
  readonly unmet: number;
}

/** A limit once, however many capabilities it is of. */
export interface LimitCoverage extends Omit<Limit, 'capability' | 'raisedTo'> {
  readonly capabilities: readonly string[];
  readonly state: LimitState;
}

export interface Coverage {
  readonly capabilities: readonly CapabilityCoverage[];
  /** In document order; groups are left out, their parts are in. */
  readonly constraints: readonly ConstraintCoverage[];
  readonly limits: readonly LimitCoverage[];
  /** Reasons that expectations saw, most often first. */
  readonly reasons: readonly { readonly code: ReasonCode; readonly expectations: number }[];
}

/** One instant at which an expectation looks at a capability, and what it sees. */
interface Look {
  readonly capability: string;
  readonly at: Milliseconds;
  readonly decision: Decision;
  readonly seen: readonly Explanation[];
}

/**
 * What the timelines look at while this version of the policy is in force. They may begin on another and go over to
 * another; what they see then says nothing of this one.
 */
export function coverageOf(policy: Policy, playbacks: readonly Playback[]): Coverage {
  const looks = playbacks.map((playback) => looksOf(playback, policy));
  const all = looks.flat();
  const probed = new Set([...looks.flatMap(probedBy), ...countsProbed(all)]);
  const crossed = new Set(playbacks.flatMap((playback) => crossedIn(playback, policy)));
  const met = tally(all.flatMap(({ seen }) => seen.filter((each) => each.met).map(({ path }) => path)));
  const unmet = tally(all.flatMap(({ seen }) => seen.filter((each) => !each.met).map(({ path }) => path)));
  const codes = tally(all.flatMap(({ decision }) => [...new Set(decision.reasons.map(({ code }) => code))]));
  return {
    capabilities: policy.capabilities.map(({ id }) => ({
      id,
      expectations: all.filter(({ capability }) => capability === id).length,
    })),
    constraints: leavesOf(policy).map(({ path, kind }) => ({
      path,
      kind,
      met: met.get(path) ?? 0,
      unmet: unmet.get(path) ?? 0,
    })),
    limits: onceEach(limitsOf(policy)).map((limit) => ({ ...limit, state: stateOf(limit, probed, crossed) })),
    reasons: [...codes].sort((a, b) => b[1] - a[1]).map(([code, expectations]) => ({ code, expectations })),
  };
}

function isVersion(policy: Policy, { id, version }: { readonly id: string; readonly version: number }): boolean {
  return id === policy.id && version === policy.version;
}

/** Paths of the limits that time passes while the version is in force. */
function crossedIn(playback: Playback, policy: Policy): readonly string[] {
  const during = playback.stretches.filter(({ program }) => isVersion(policy, program.policy));
  const { marks } = simulationOf(playback);
  // What was in force just before has been crossed.
  const own = marks.filter(({ at }) => during.some(({ from, to }) => from < at && at <= to));
  return own.flatMap(({ path }) => path ?? []);
}

/** Attempts and commands that expect something, and both ends of every expectation, where they see the version. */
function looksOf(playback: Playback, policy: Policy): readonly Look[] {
  const { timeline } = playback;
  const program = playback.programs.find((each) => isVersion(policy, each.policy));
  if (program === undefined) return [];
  const look = (at: Milliseconds, request: Request, decision: Decision): readonly Look[] => {
    if (!isVersion(policy, decision.policy)) return [];
    return [{ capability: request.capability, at, decision, seen: explain(program, request).flatMap(flat) }];
  };
  const ofAttempts = timeline.events.flatMap(({ expect, path }) => {
    // As they were decided: an attempt sees neither its own use nor a switch of versions that follows at the same time.
    const attempt = expect && playback.attempts.find((each) => each.path === path);
    const request = playback.asked.get(path);
    return attempt === undefined || request === undefined ? [] : look(attempt.at, request, attempt.decision);
  });
  const ofExpectations = timeline.expect.flatMap(({ capability, resource, interactive, at, from, to }) => {
    const details = {
      ...(resource === undefined ? {} : { resource }),
      ...(interactive === undefined ? {} : { interactive }),
    };
    const ends = [at, from, to].filter((end) => end !== undefined);
    return ends.flatMap((end) => {
      const { request, decision } = probeAt(playback, end, capability, details);
      return look(end, request, decision);
    });
  });
  return [...ofAttempts, ...ofExpectations];
}

/** What two looks one millisecond apart see differently: keys of limits, as `keyOf` writes them. */
function probedBy(looks: readonly Look[]): readonly string[] {
  return looks.flatMap((before) =>
    looks
      .filter(({ capability, at }) => capability === before.capability && at === before.at + 1)
      .flatMap((after) => [
        ...differing(pathsMet(before), pathsMet(after)),
        ...differing(warningsIn(before), warningsIn(after)),
        ...differing(gatesIn(before), gatesIn(after)),
      ]),
  );
}

function countsProbed(looks: readonly Look[]): readonly string[] {
  const quotas = looks.flatMap(({ seen }) => seen.filter(({ kind }) => kind === 'quota'));
  const last = quotas.filter(({ met, actual, limit }) => met && actual === Number(limit) - 1);
  const first = quotas.filter(({ met, actual, limit }) => !met && actual === limit);
  return last.map(({ path }) => path).filter((path) => first.some((each) => each.path === path));
}

function pathsMet({ seen }: Look): readonly string[] {
  return seen.filter(({ met, kind }) => met && kind !== 'gate').map(({ path }) => path);
}

function warningsIn({ decision }: Look): readonly string[] {
  return decision.advice.flatMap((advice) => (advice.type === 'warn' ? [`warn ${advice.of}`] : []));
}

function gatesIn({ decision }: Look): readonly string[] {
  return decision.reasons.flatMap(({ code, path }) =>
    code === 'wipe_pending' ? [path] : code === 'policy_expired' && path === '' ? ['policy'] : [],
  );
}

function differing(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...one.filter((each) => !other.includes(each)), ...other.filter((each) => !one.includes(each))];
}

function stateOf(limit: LimitCoverageDraft, probed: ReadonlySet<string>, crossed: ReadonlySet<string>): LimitState {
  if (probed.has(keyOf(limit))) return 'probed';
  return crossed.has(limit.path) ? 'crossed' : 'unreached';
}

type LimitCoverageDraft = Omit<LimitCoverage, 'state'>;

function keyOf({ kind, path, measured }: LimitCoverageDraft): string {
  if (kind === 'warn') return `warn ${measured}`;
  return kind === 'policy' ? 'policy' : path;
}

/** Limits of shared rules once, with the capabilities they are of. */
function onceEach(limits: readonly Limit[]): readonly LimitCoverageDraft[] {
  const found = new Map<string, { limit: Limit; capabilities: string[] }>();
  for (const limit of limits) {
    const key = `${limit.pointer} ${limit.measured} ${limit.path}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { limit, capabilities: [limit.capability] });
    else if (!known.capabilities.includes(limit.capability)) known.capabilities.push(limit.capability);
  }
  return [...found.values()].map(
    ({ limit: { kind, measured, pointer, path, inclusive, length, uses }, capabilities }) => ({
      ...{ kind, measured, pointer, path, inclusive, capabilities },
      ...(length === undefined ? {} : { length }),
      ...(uses === undefined ? {} : { uses }),
    }),
  );
}

function flat(explanation: Explanation): readonly Explanation[] {
  return explanation.of === undefined ? [explanation] : explanation.of.flatMap(flat);
}

function tally<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
