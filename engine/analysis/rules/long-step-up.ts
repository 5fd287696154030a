/** Proofs that live longer than one may go on without the server: the limit on them never comes to bear. */
import { quote } from '../../problem.ts';
import type { Constraint } from '../../policy.ts';
import type { Milliseconds } from '../../request.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Rule, Suspicion } from '../finding.ts';
import { certain, certainInTiers, type Placed } from '../scope.ts';
import { confirmationLimit } from '../window.ts';

export const longStepUp: Rule = ({ policy, conjunctions }) => {
  const inTiers = new Map([...certainInTiers(policy)].map(([tier, list]) => [tier, confirmationLimit(list)] as const));
  const windowOf = ({ capability, tier }: Placed): Milliseconds =>
    Math.min(inTiers.get(tier) ?? Infinity, confirmationLimit(certain(capability.require)));
  return conjunctions.flatMap(({ own, given, capabilities }) => {
    const proofs = own.filter(({ kind }) => kind === 'stepUp');
    if (proofs.length === 0 || capabilities.length === 0) return [];
    const here = Math.min(confirmationLimit(given), confirmationLimit(own));
    const longest = Math.max(...capabilities.map(windowOf));
    return proofs.flatMap((proof) => suspicion(proof, Math.min(here, longest)));
  });
};

function suspicion(proof: Constraint, window: Milliseconds): readonly Suspicion[] {
  if (proof.kind !== 'stepUp') return [];
  const key = proof.maxAge === undefined ? 'maxIdle' : 'maxAge';
  const limit = proof[key] ?? 0;
  if (limit <= window) return [];
  const [pointer, value] = [`${proof.path}/${key}`, formatDuration(window)];
  return [
    {
      code: 'long_step_up',
      pointer,
      message: `a proof counts for ${quote(formatDuration(limit))}, longer than the ${quote(value)} that people may go on without the server`,
      help: 'ask for a proof more often than for the server',
      repair: { title: `let a proof count for ${value}`, narrows: true, change: { replace: pointer, value } },
    },
  ];
}
