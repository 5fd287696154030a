/** Constraints that say nothing, because another one that always applies with them asks for as much or more. */
import type { Constraint } from '../../policy.ts';
import { quote } from '../../problem.ts';
import type { Rule, Suspicion } from '../finding.ts';
import { conjunctionsOf, type Conjunction } from '../scope.ts';

export const redundantConstraint: Rule = ({ policy }) => conjunctionsOf(policy).flatMap(ofConjunction);

function ofConjunction({ own, given, isBranch }: Conjunction): readonly Suspicion[] {
  if (isBranch) return [];
  const around = byKind(given);
  const beside = byKind(own);
  const order = new Map(own.map((each, index) => [each, index] as const));
  return own.flatMap((weak, index): readonly Suspicion[] => {
    const outer = around.get(weak.kind)?.find((strong) => implies(strong, weak));
    const inner = beside
      .get(weak.kind)
      // Of two that say the same, the first one stays.
      ?.find(
        (each) => each !== weak && implies(each, weak) && (!implies(weak, each) || (order.get(each) ?? 0) < index),
      );
    const strong = outer ?? inner;
    return strong === undefined ? [] : [suspicion(weak, strong, isAlone(weak, own))];
  });
}

function byKind(list: readonly Constraint[]): ReadonlyMap<string, readonly Constraint[]> {
  const kinds = new Map<string, Constraint[]>();
  for (const each of list) kinds.set(each.kind, [...(kinds.get(each.kind) ?? []), each]);
  return kinds;
}

/** Whether the second holds whenever the first does. */
function implies(strong: Constraint, weak: Constraint): boolean {
  if (strong.kind === 'maxAge' && weak.kind === 'maxAge') return strong.of === weak.of && strong.limit <= weak.limit;
  if (strong.kind === 'online' && weak.kind === 'online')
    return weak.token === undefined || strong.token === weak.token || strong.token === 'fresh';
  if (strong.kind === 'clock' && weak.kind === 'clock') return weak.is === 'trusted' || strong.is === 'proven';
  if (strong.kind === 'risk' && weak.kind === 'risk') return strong.atMost === 'LOW' || weak.atMost === 'MEDIUM';
  if (strong.kind === 'quota' && weak.kind === 'quota') return strong.limit <= weak.limit;
  return wordsOf(strong) === wordsOf(weak);
}

function wordsOf(constraint: Constraint): string {
  return JSON.stringify(withoutPlace(constraint));
}

function withoutPlace({ path: _, ...rest }: Constraint): object {
  return 'of' in rest && Array.isArray(rest.of) ? { ...rest, of: rest.of.map(withoutPlace) } : rest;
}

/** Whether it is the only one in a group, which may not become empty. */
function isAlone({ path }: Constraint, own: readonly Constraint[]): boolean {
  const list = path.slice(0, path.lastIndexOf('/') + 1);
  return list.endsWith('/of/') && !own.some((each) => each.path !== path && each.path.startsWith(list));
}

function suspicion(weak: Constraint, strong: Constraint, alone: boolean): Suspicion {
  const same = implies(weak, strong);
  const why = same
    ? `says again what ${quote(strong.path)} says`
    : `adds nothing to the stricter ${quote(strong.path)}`;
  const found: Suspicion = {
    code: 'redundant_constraint',
    pointer: weak.path,
    message: `this ${quote(weak.kind)} ${why}, which always applies with it`,
    help: 'remove it, or make it the stricter one if that is what you meant',
  };
  if (alone) return found;
  return { ...found, repair: { title: 'remove it', narrows: false, change: { remove: weak.path } } };
}
