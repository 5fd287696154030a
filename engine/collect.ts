/** Turns failing constraints into reasons: every leaf that stands in the way, and of an `anyOf` the nearest branch. */
import { isGroup, type Check, type Finding, type Group, type Leaf } from './constraints/index.ts';
import { rankOf, remedyFor, type Alternative, type Reason, type ReasonCode, type Remedy } from './decision.ts';
import type { Facts } from './facts.ts';

/** What stands in the way: a reason at least. */
export class Unmet {
  /** Sorted by precedence; equal codes keep evaluation order. */
  readonly reasons: Reason[];
  /** What helps against each. */
  readonly remedies: Remedy[];
  /** Outer groups first, then those inside the reported branch. */
  readonly alternatives: Alternative[] = [];

  constructor(reason: Reason, remedy: Remedy) {
    this.reasons = [reason];
    this.remedies = [remedy];
  }

  /** Of the most serious reason. */
  get rank(): number {
    return rankOf((this.reasons[0] as Reason).code);
  }

  add(reason: Reason, remedy: Remedy): void {
    const later = this.reasons.findIndex(({ code }) => rankOf(code) > rankOf(reason.code));
    const place = later < 0 ? Infinity : later;
    this.reasons.splice(place, 0, reason);
    this.remedies.splice(place, 0, remedy);
  }
}

/** All of `first`, if there is any, and of `second`. */
export function together(first: Unmet | undefined, second: Unmet): Unmet {
  if (first === undefined) return second;
  second.reasons.forEach((reason, place) => {
    first.add(reason, second.remedies[place] as Remedy);
  });
  first.alternatives.push(...second.alternatives);
  return first;
}

function remedyOf(code: ReasonCode, by: Leaf['kind'], facts: Facts): Remedy {
  if (code === 'assurance_insufficient' && by === 'assurance') return 'reauthenticate';
  return code === 'token_not_fresh' && !facts.online ? 'connect' : remedyFor(code);
}

/** Most reasons are of times; to spread those would take ten times as long. */
function reasonOf(code: ReasonCode, path: string, found: Finding): Reason {
  const { detail, actual, limit, margin } = found;
  if (margin === undefined) return { code, path, ...found };
  return detail === undefined ? { code, path, actual, limit, margin } : { code, path, detail, actual, limit, margin };
}

/** Why a constraint is not satisfied, of which its test says `code`. */
function collectOne(check: Check, code: ReasonCode, facts: Facts): Unmet {
  const { kind, path } = check;
  if (!isGroup(check))
    return new Unmet(reasonOf(code, path, check.measure(facts, code)), remedyOf(code, check.kind, facts));
  const found = kind === 'allOf' ? collect(check.of, facts) : collectAnyOf(check, facts);
  // Only a request that answers otherwise when it is read again gets here without one.
  return found ?? new Unmet({ code: 'engine_error', path }, 'none');
}

/** The branch whose primary reason is the least serious is reported; ties go to the first. */
function collectAnyOf({ path: group, of }: Group, facts: Facts): Unmet {
  const branches = of.map((check) => collectOne(check, check.test(facts) ?? 'engine_error', facts));
  const nearest = branches.reduce((least, branch) => (branch.rank > least.rank ? branch : least));
  const inside = nearest.alternatives.splice(0);
  branches.forEach((branch, index) => {
    if (branch !== nearest)
      nearest.alternatives.push({ group, path: (of[index] as Check).path, reasons: branch.reasons });
  });
  nearest.alternatives.push(...inside);
  return nearest;
}

/** What is known to stand in the way, and every reason why these constraints do not all hold; nothing is made when they do. */
export function collect(checks: readonly Check[], facts: Facts, known?: Unmet): Unmet | undefined {
  let unmet = known;
  for (const check of checks) {
    const code = check.test(facts);
    if (code !== undefined) unmet = together(unmet, collectOne(check, code, facts));
  }
  return unmet;
}
