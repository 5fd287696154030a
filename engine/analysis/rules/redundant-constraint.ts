/** Constraints that say nothing, because another one that always applies with them asks for as much or more. */
import type { Constraint } from '../../policy.ts';
import { quote } from '../../problem.ts';
import type { Rule, Suspicion } from '../finding.ts';
import type { Conjunction } from '../scope.ts';

export const redundantConstraint: Rule = ({ conjunctions }) => {
  // What is given is the same for everything in a tier, and read once.
  const known = new Map<Conjunction['given'], Strictest>();
  return conjunctions.flatMap((conjunction) => {
    const outer = known.get(conjunction.given) ?? strictest(conjunction.given.map(demandOf));
    known.set(conjunction.given, outer);
    return conjunction.isBranch ? [] : ofConjunction(conjunction, outer);
  });
};

function ofConjunction({ own }: Conjunction, outer: Strictest): readonly Suspicion[] {
  const demands = own.map(demandOf);
  const inner = strictest(demands);
  const sizes = sizesOfGroups(own);
  return demands.flatMap((weak): readonly Suspicion[] => {
    const around = outer.get(weak.about);
    const strong = around !== undefined && around.rank <= weak.rank ? around : inner.get(weak.about);
    if (strong === undefined || strong === weak) return [];
    return [suspicion(weak, strong, sizes.get(listOf(weak.constraint)) === 1)];
  });
}

/** Of two demands about the same thing the one of lower rank implies the other. */
interface Demand {
  readonly constraint: Constraint;
  readonly about: string;
  readonly rank: number;
}

function demandOf(constraint: Constraint): Demand {
  const { kind } = constraint;
  switch (kind) {
    case 'maxAge':
      return { constraint, about: `${kind} ${constraint.of}`, rank: constraint.limit };
    case 'online':
      return { constraint, about: kind, rank: ['fresh', 'unexpired', undefined].indexOf(constraint.token) };
    case 'clock':
      return { constraint, about: kind, rank: ['proven', 'trusted'].indexOf(constraint.is) };
    case 'risk':
      return { constraint, about: kind, rank: ['LOW', 'MEDIUM'].indexOf(constraint.atMost) };
    case 'quota':
      return { constraint, about: kind, rank: constraint.limit };
    default:
      return { constraint, about: wordsOf(constraint), rank: 0 };
  }
}

type Strictest = ReadonlyMap<string, Demand>;

/** The first of the strictest about each thing. */
function strictest(demands: readonly Demand[]): Strictest {
  const found = new Map<string, Demand>();
  for (const demand of demands) {
    const before = found.get(demand.about);
    if (before === undefined || demand.rank < before.rank) found.set(demand.about, demand);
  }
  return found;
}

function wordsOf(constraint: Constraint): string {
  return JSON.stringify(withoutPlace(constraint));
}

function withoutPlace({ path: _, ...rest }: Constraint): object {
  return 'of' in rest && Array.isArray(rest.of) ? { ...rest, of: rest.of.map(withoutPlace) } : rest;
}

/** The list that a constraint stands in. */
function listOf({ path }: Constraint): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** How many members each group has; it may not become empty. */
function sizesOfGroups(own: readonly Constraint[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const each of own) {
    const list = listOf(each);
    if (list.endsWith('/of')) sizes.set(list, (sizes.get(list) ?? 0) + 1);
  }
  return sizes;
}

function suspicion(weak: Demand, strong: Demand, alone: boolean): Suspicion {
  const { kind, path } = weak.constraint;
  const where = quote(strong.constraint.path);
  const why = weak.rank === strong.rank ? `says again what ${where} says` : `adds nothing to the stricter ${where}`;
  const found: Suspicion = {
    code: 'redundant_constraint',
    pointer: path,
    message: `this ${quote(kind)} ${why}, which always applies with it`,
    help: 'remove it, or make it the stricter one if that is what you meant',
  };
  if (alone) return found;
  return { ...found, repair: { title: 'remove it', narrows: false, change: { remove: path } } };
}
