/** What can be used offline for ever: neither a connection nor a recent word of the server is asked for. */
import type { Constraint, Tier } from '../../policy.ts';
import { listed, quote } from '../../problem.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Change, Rule, Suspicion } from '../finding.ts';
import { ofTier, placed, type Placed } from '../scope.ts';
import { isConfirmationAge, LONGEST_WINDOW } from '../window.ts';

/** Of the capabilities of a tier that is at fault, so many are named. */
const NAMED = 3;

export const offlinePrivilegeCreep: Rule = ({ document, policy }) => {
  const inTiers = new Map(policy.tiers.map((tier) => [tier, [] as Placed[]] as const));
  for (const each of placed(policy)) if (each.capability.offline !== 'forbid') inTiers.get(each.tier)?.push(each);
  return policy.tiers.flatMap((tier, index): readonly Suspicion[] => {
    if (tier.sensitivity === 'public' || ofTier(policy, tier).some(binds)) return [];
    const usable = inTiers.get(tier) ?? [];
    const unbound = usable.filter(({ capability }) => !capability.require.some(binds));
    return unbound.length === usable.length && usable.length > 1
      ? [ofWholeTier(tier, index, unbound)]
      : unbound.map((each) => ofCapability(each, document.capabilities[each.index]?.require));
  });
};

/** Whether it ends the use offline some time, whatever else holds: of an `anyOf` every branch must. */
function binds(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'online':
      return true;
    case 'allOf':
      return constraint.of.some(binds);
    case 'anyOf':
      return constraint.of.every(binds);
    default:
      return isConfirmationAge(constraint);
  }
}

const BOUND = { kind: 'maxAge', of: 'serverConfirmation', limit: formatDuration(LONGEST_WINDOW) };

function suspicion(pointer: string, what: string, change: Change): Suspicion {
  return {
    code: 'offline_privilege_creep',
    pointer,
    message: `${what} offline for ever, without the server being asked again`,
    help: 'add a `maxAge` of `serverConfirmation`, or `online`; in an `anyOf` every branch needs one',
    repair: { title: `allow ${BOUND.limit} without the server`, narrows: true, change },
  };
}

function ofWholeTier({ id }: Tier, index: number, inside: readonly Placed[]): Suspicion {
  const names = inside.map(({ capability }) => capability.id);
  const more = names.length - NAMED;
  const shown = more > 0 ? `${names.slice(0, NAMED).map(quote).join(', ')} and ${more} more` : listed(names, 'and');
  const list = `/tiers/${index}/require`;
  const change = { insertInto: list, index: 0, value: BOUND };
  return suspicion(list, `${shown} in the tier ${quote(id)} can be used`, change);
}

function ofCapability({ capability, index }: Placed, written: readonly unknown[] | undefined): Suspicion {
  const object = `/capabilities/${index}`;
  const change: Change =
    written === undefined
      ? { addTo: object, key: 'require', value: [BOUND] }
      : { insertInto: `${object}/require`, index: 0, value: BOUND };
  return suspicion(object, `${quote(capability.id)} can be used`, change);
}
