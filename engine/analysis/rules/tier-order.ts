/** Tiers stand from low to high risk: a higher one should not go on longer without the server than a lower one. */
import type { Tier } from '../../policy.ts';
import { quote } from '../../problem.ts';
import type { Milliseconds } from '../../request.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Change, Rule, Suspicion } from '../finding.ts';
import { certain, ofTier } from '../scope.ts';
import { isConfirmationAge, offlineWindow } from '../window.ts';

interface Seen {
  readonly id: string;
  readonly window: Milliseconds;
}

export const tierOrder: Rule = ({ policy }) => {
  let shortest: Seen | undefined;
  return policy.tiers.flatMap((tier, index): readonly Suspicion[] => {
    const window = offlineWindow(ofTier(policy, tier));
    const lower = shortest;
    if (lower === undefined || window < lower.window) shortest = { id: tier.id, window };
    // Without any window it is the creep of privileges that is to be told, not the order.
    return lower === undefined || window <= lower.window || window === Infinity
      ? []
      : [suspicion(tier, index, window, lower)];
  });
};

function suspicion(tier: Tier, index: number, window: Milliseconds, lower: Seen): Suspicion {
  const list = `/tiers/${index}/require`;
  const limit = certain(tier.require).find((each) => isConfirmationAge(each) && each.limit === window);
  const value = formatDuration(lower.window);
  const less = lower.window === 0 ? 'never does' : `only for ${quote(value)}`;
  const found: Suspicion = {
    code: 'tier_order',
    pointer: limit === undefined ? list : `${limit.path}/limit`,
    message: `the tier ${quote(tier.id)} goes on for ${quote(formatDuration(window))} without the server, and the lower tier ${quote(lower.id)} ${less}`,
    help: 'give the higher tier the shorter time, or change the order of the tiers',
  };
  const change: Change | undefined =
    limit !== undefined
      ? { replace: `${limit.path}/limit`, value }
      : offlineWindow(tier.require) === Infinity
        ? { insertInto: list, index: 0, value: { kind: 'maxAge', of: 'serverConfirmation', limit: value } }
        : undefined;
  if (change === undefined || lower.window === 0) return found;
  return { ...found, repair: { title: `allow ${value} as the lower tier does`, narrows: true, change } };
}
