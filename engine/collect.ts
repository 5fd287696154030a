/** Turns failing constraints into reasons: every leaf that stands in the way, and of an `anyOf` the nearest branch. */
import { isGroup, type Check, type Group, type Leaf } from './constraints/index.ts';
import { rankOf, type Alternative, type Reason, type ReasonCode } from './decision.ts';
import { NONE, type Facts } from './facts.ts';

/** A reason and what gave it. */
export interface Unmet {
  readonly reason: Reason;
  readonly by: Leaf['kind'] | 'gate';
}

export interface Collected {
  /** In evaluation order. */
  readonly unmet: readonly Unmet[];
  /** Outer groups first, then those inside the reported branch. */
  readonly alternatives: readonly Alternative[];
}

const NOTHING: Collected = { unmet: NONE, alternatives: NONE };

/** Sorted by precedence; equal codes keep evaluation order. */
export function byPrecedence(unmet: readonly Unmet[]): readonly Unmet[] {
  return unmet.length < 2 ? unmet : [...unmet].sort((a, b) => rankOf(a.reason.code) - rankOf(b.reason.code));
}

export function reasonsOf(unmet: readonly Unmet[]): readonly Reason[] {
  return unmet.length === 0 ? NONE : unmet.map(({ reason }) => reason);
}

/** Reasons of one constraint that is not satisfied. */
function collectOne(check: Check, code: ReasonCode, facts: Facts): Collected {
  if (isGroup(check)) return check.kind === 'allOf' ? collect(check.of, facts) : collectAnyOf(check, facts);
  const reason = { code, path: check.path, ...check.measure(facts, code) };
  return { unmet: [{ reason, by: check.kind }], alternatives: NONE };
}

/** The branch whose primary reason is the least serious is reported; ties go to the first. */
function collectAnyOf(group: Group, facts: Facts): Collected {
  const branches = group.of.map((check) => {
    const collected = collect([check], facts);
    return { path: check.path, collected, reasons: reasonsOf(byPrecedence(collected.unmet)) };
  });
  const seriousness = branches.map(({ reasons }) => (reasons[0] ? rankOf(reasons[0].code) : 0));
  const nearest = seriousness.indexOf(Math.max(...seriousness));
  const others = branches
    .filter((_, index) => index !== nearest)
    .map(({ path, reasons }) => ({ group: group.path, path, reasons }));
  const reported = branches[nearest]?.collected ?? NOTHING;
  return { unmet: reported.unmet, alternatives: [...others, ...reported.alternatives] };
}

/** Every reason why these constraints do not all hold; nothing when they do. */
export function collect(checks: readonly Check[], facts: Facts): Collected {
  let all = NOTHING;
  for (const check of checks) {
    const code = check.test(facts);
    if (code === undefined) continue;
    const one = collectOne(check, code, facts);
    all =
      all === NOTHING
        ? one
        : { unmet: [...all.unmet, ...one.unmet], alternatives: [...all.alternatives, ...one.alternatives] };
  }
  return all;
}
