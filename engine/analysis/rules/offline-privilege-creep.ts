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
  const sensitive = placed(policy).filter(({ tier }) => tier.sensitivity !== 'public');
  const usable = sensitive.filter(({ capability }) => capability.offline !== 'forbid');
  const unbound = new Set(
    usable.filter(({ capability, tier }) => ![...ofTier(policy, tier), ...capability.require].some(binds)),
  );
  const wholeTiers = policy.tiers.filter((tier) => {
    const inside = usable.filter((each) => each.tier === tier);
    return inside.length > 1 && inside.every((each) => unbound.has(each));
  });
  const single = [...unbound].filter(({ tier }) => !wholeTiers.includes(tier));
  return [
    ...wholeTiers.map((tier) => {
      const names = [...unbound].flatMap((each) => (each.tier === tier ? [each.capability.id] : []));
      return ofWholeTier(tier, policy.tiers.indexOf(tier), names);
    }),
    ...single.map((each) => ofCapability(each, document.capabilities[each.index]?.require)),
  ];
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

function ofWholeTier({ id }: Tier, index: number, names: readonly string[]): Suspicion {
  const more = names.length - NAMED;
  const shown =
    more > 0 ? `${names.slice(0, NAMED).map(quote).join(', ')} and ${more} more` : listed([...names], 'and');
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
