/** Opening hours for confidential writes that a changed device clock could get around while it is unproven. */
import { quote } from '../../problem.ts';
import type { Constraint } from '../../policy.ts';
import type { Change, Rule, Suspicion } from '../finding.ts';
import { atLeast, certain, certainInTiers, type Placed } from '../scope.ts';

export const unprovenSchedule: Rule = ({ policy, conjunctions }) => {
  const inTiers = new Map([...certainInTiers(policy)].map(([tier, list]) => [tier, list.some(isProof)] as const));
  const isUnproven = ({ capability, tier }: Placed): boolean =>
    capability.access === 'write' &&
    atLeast(tier.sensitivity, 'confidential') &&
    inTiers.get(tier) !== true &&
    !certain(capability.require).some(isProof);
  return conjunctions.flatMap(({ own, given, capabilities, isBranch }) => {
    const schedules = own.filter(({ kind }) => kind === 'schedule');
    if (schedules.length === 0 || given.some(isProof) || own.some(isProof)) return [];
    const unproven = capabilities.find(isUnproven);
    return unproven === undefined ? [] : schedules.map((schedule) => suspicion(schedule, unproven, isBranch));
  });
};

function isProof(constraint: Constraint): boolean {
  return constraint.kind === 'clock' && constraint.is === 'proven';
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
