/** Proofs that live longer than one may go on without the server: the limit on them never comes to bear. */
import { quote } from '../../problem.ts';
import type { Constraint, Policy } from '../../policy.ts';
import type { Milliseconds } from '../../request.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Rule, Suspicion } from '../finding.ts';
import { certain, conjunctionsOf, ofTier, type Conjunction, type Placed } from '../scope.ts';
import { confirmationLimit } from '../window.ts';

export const longStepUp: Rule = ({ policy }) =>
  conjunctionsOf(policy).flatMap((conjunction) => ofConjunction(policy, conjunction));

function ofConjunction(policy: Policy, { own, given, capabilities }: Conjunction): readonly Suspicion[] {
  const proofs = own.filter(({ kind }) => kind === 'stepUp');
  if (proofs.length === 0 || capabilities.length === 0) return [];
  const here = confirmationLimit([...given, ...own]);
  const windows = capabilities.map((each) => Math.min(here, windowOf(policy, each)));
  return proofs.flatMap((proof) => suspicion(proof, Math.max(...windows)));
}

function windowOf(policy: Policy, { capability, tier }: Placed): Milliseconds {
  return confirmationLimit(certain([...ofTier(policy, tier), ...capability.require]));
}

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
