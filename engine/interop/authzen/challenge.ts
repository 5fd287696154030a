/** What a person would have to prove, in the words of RFC 9470 and OpenID Connect. */
import type { Decision } from '../../decision.ts';
import type { Constraint, Policy } from '../../policy.ts';
import type { Milliseconds } from '../../request.ts';
import { constraintsByPath } from '../placed-constraints.ts';
import type { EvaluationContext, Properties } from './evaluation.ts';

/** What one unmet constraint asks for. */
export interface Demand {
  readonly acrAny?: readonly string[] | undefined;
  readonly amrAny?: readonly string[] | undefined;
  readonly amrAll?: readonly string[] | undefined;
  /** Whole seconds. */
  readonly maxAge?: number;
}

/** What stands for `everyUse`, whose proofs are good for five minutes. */
const EVERY_USE: Milliseconds = 5 * 60_000;

/** One for each reason of a challenge, in the order of the reasons; none of other decisions. */
export function demandsOf(decision: Decision, policy: Policy): readonly Demand[] {
  if (decision.outcome !== 'challenge') return [];
  const constraints = constraintsByPath(policy);
  return decision.reasons.map(({ path }) => demandOf(constraints.get(path)));
}

function demandOf(constraint: Constraint | undefined): Demand {
  switch (constraint?.kind) {
    case 'assurance':
      return { acrAny: constraint.acrAny, amrAll: constraint.amrAll };
    case 'stepUp': {
      const { amrAny, amrAll, maxAge, maxIdle } = constraint;
      return { amrAny, amrAll, maxAge: Math.floor((maxAge ?? maxIdle ?? EVERY_USE) / 1000) };
    }
    default:
      return {};
  }
}

/** All demands in one: classes that satisfy each, every method named, the shortest age. */
export function summaryOf(demands: readonly Demand[]): EvaluationContext {
  const classes = demands.flatMap(({ acrAny }) => (acrAny === undefined ? [] : [acrAny]));
  const shared = classes.reduce((all, each) => all.filter((acr) => each.includes(acr)), classes[0] ?? []);
  const methods = demands.flatMap(({ amrAny = [], amrAll = [] }) => [...amrAny, ...amrAll]);
  const ages = demands.flatMap(({ maxAge }) => maxAge ?? []);
  const acr = listOf(shared.length > 0 ? shared : classes.flat());
  const amr = listOf(methods);
  return {
    ...(acr === '' ? {} : { acr_values: acr }),
    ...(amr === '' ? {} : { amr_values: amr }),
    ...(ages.length === 0 ? {} : { max_age: Math.min(...ages) }),
  };
}

function listOf(words: readonly string[]): string {
  return [...new Set(words)].join(' ');
}

/** One demand exactly, as the properties of a `step-up` obligation. */
export function propertiesOf({ acrAny, amrAny, amrAll, maxAge }: Demand): Properties {
  return {
    ...(acrAny === undefined ? {} : { acr_any: acrAny }),
    ...(amrAny === undefined ? {} : { amr_any: amrAny }),
    ...(amrAll === undefined ? {} : { amr_all: amrAll }),
    ...(maxAge === undefined ? {} : { max_age: maxAge }),
  };
}
