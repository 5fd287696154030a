/** Turns failing constraints into reasons: every leaf that stands in the way, and of an `anyOf` the nearest branch. */
import { isGroup, type Check, type Group, type Leaf } from './constraints/index.ts';
import { standingOf, type Alternative, type Reason, type ReasonCode, type Remedy, type Standing } from './decision.ts';
import type { Facts } from './facts.ts';
import { NONE } from './own.ts';

/** What stands in the way: a reason at least. */
export interface Unmet {
  /** Sorted by precedence; equal codes keep evaluation order. */
  readonly reasons: Reason[];
  /** Of each reason. */
  readonly standings: [Standing, ...Standing[]];
  /** Outer groups first, then those inside the reported branch. */
  alternatives: readonly Alternative[];
}

export function unmetOf(reason: Reason, standing = standingOf(reason.code)): Unmet {
  return { reasons: [reason], standings: [standing], alternatives: NONE };
}

/** A challenge only where each reason is one. */
export function outcomeOf({ standings }: Unmet): Standing['outcome'] {
  for (const { outcome } of standings) if (outcome === 'deny') return outcome;
  return 'challenge';
}

/** What helps, in the order of the reasons, without repeats. */
export function remediesOf({ standings }: Unmet): readonly Remedy[] {
  const remedies = [standings[0].remedy];
  for (const { remedy } of standings) if (!remedies.includes(remedy)) remedies.push(remedy);
  return remedies;
}

function insert({ reasons, standings }: Unmet, reason: Reason, standing: Standing): void {
  let place = reasons.length;
  for (; place > 0 && (standings[place - 1] as Standing).rank > standing.rank; place--) {
    reasons[place] = reasons[place - 1] as Reason;
    standings[place] = standings[place - 1] as Standing;
  }
  reasons[place] = reason;
  standings[place] = standing;
}

/** All of `first`, if there is any, and of `second`. */
export function together(first: Unmet | undefined, second: Unmet): Unmet {
  if (first === undefined) return second;
  second.reasons.forEach((reason, place) => {
    insert(first, reason, second.standings[place] as Standing);
  });
  first.alternatives = [...first.alternatives, ...second.alternatives];
  return first;
}

function standingOfLeaf(code: ReasonCode, by: Leaf['kind'], facts: Facts): Standing {
  const standing = standingOf(code);
  if (code === 'assurance_insufficient' && by === 'assurance') return { ...standing, remedy: 'reauthenticate' };
  return code === 'token_not_fresh' && !facts.online ? { ...standing, remedy: 'connect' } : standing;
}

/** Adds why a constraint is not satisfied; `code`, if known, is what its test says. */
function add(unmet: Unmet | undefined, check: Check, facts: Facts, code?: ReasonCode): Unmet {
  // Only a request that answers otherwise when it is read again has no reason the second time.
  if (isGroup(check)) {
    if (check.kind === 'anyOf') return together(unmet, nearestOf(check, facts));
    return collect(check.of, facts, unmet) ?? unmetOf({ code: 'engine_error', path: check.path });
  }
  const why = code ?? check.test(facts) ?? 'engine_error';
  const reason: Reason = { code: why, path: check.path };
  check.measure(reason, facts, why);
  const standing = standingOfLeaf(why, check.kind, facts);
  if (unmet === undefined) return unmetOf(reason, standing);
  insert(unmet, reason, standing);
  return unmet;
}

/** The branch whose primary reason is the least serious is reported; ties go to the first. */
function nearestOf({ path: group, of }: Group, facts: Facts): Unmet {
  const branches = of.map((check) => add(undefined, check, facts));
  let nearest = branches[0] as Unmet;
  for (const branch of branches) if (branch.standings[0].rank > nearest.standings[0].rank) nearest = branch;
  const alternatives: Alternative[] = [];
  for (let i = 0; i < of.length; i++) {
    const branch = branches[i] as Unmet;
    if (branch !== nearest) alternatives.push({ group, path: (of[i] as Check).path, reasons: branch.reasons });
  }
  nearest.alternatives = [...alternatives, ...nearest.alternatives];
  return nearest;
}

/** What is known to stand in the way, and every reason why these constraints do not all hold; nothing is made when they do. */
export function collect(checks: readonly Check[], facts: Facts, known?: Unmet): Unmet | undefined {
  let unmet = known;
  for (const check of checks) {
    const code = check.test(facts);
    if (code !== undefined) unmet = add(unmet, check, facts, code);
  }
  return unmet;
}
