/** Opening hours for confidential writes that a changed device clock could get around while it is unproven. */
import { quote } from '../../problem.ts';
import type { Constraint, Policy } from '../../policy.ts';
import type { Change, Rule, Suspicion } from '../finding.ts';
import { atLeast, certain, conjunctionsOf, ofTier, type Conjunction, type Placed } from '../scope.ts';

export const unprovenSchedule: Rule = ({ policy }) =>
  conjunctionsOf(policy).flatMap((conjunction) => ofConjunction(policy, conjunction));

function ofConjunction(policy: Policy, { own, given, capabilities, isBranch }: Conjunction): readonly Suspicion[] {
  const schedules = own.filter(({ kind }) => kind === 'schedule');
  if (schedules.length === 0 || [...given, ...own].some(isProof)) return [];
  const unproven = capabilities.find((each) => isSensitiveWrite(each) && !proves(policy, each));
  return unproven === undefined ? [] : schedules.map((schedule) => suspicion(schedule, unproven, isBranch));
}

function isProof(constraint: Constraint): boolean {
  return constraint.kind === 'clock' && constraint.is === 'proven';
}

function isSensitiveWrite({ capability, tier }: Placed): boolean {
  return capability.access === 'write' && atLeast(tier.sensitivity, 'confidential');
}

function proves(policy: Policy, { capability, tier }: Placed): boolean {
  return certain([...ofTier(policy, tier), ...capability.require]).some(isProof);
}

function suspicion({ path }: Constraint, { capability }: Placed, isBranch: boolean): Suspicion {
  const found: Suspicion = {
    code: 'unproven_schedule',
    pointer: path,
    message: `somebody who turns the device’s clock can use ${quote(capability.id)} outside these hours until the server corrects it`,
    help: 'add `{ "kind": "clock", "is": "proven" }` beside the schedule',
  };
  if (isBranch) return found;
  const cut = path.lastIndexOf('/');
  const change: Change = {
    insertInto: path.slice(0, cut),
    index: Number(path.slice(cut + 1)),
    value: { kind: 'clock', is: 'proven' },
  };
  return { ...found, repair: { title: 'ask for a proven clock', narrows: true, change } };
}
