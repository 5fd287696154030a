/** Tiers that nothing is in. */
import type { Policy } from '../../policy.ts';
import { quote } from '../../problem.ts';
import type { Rule, Suspicion } from '../finding.ts';

/** Tiers without a capability. One that is named elsewhere, or is the only one, is for people to remove. */
export const unusedTier: Rule = ({ policy }) => {
  const used = new Set(policy.capabilities.map(({ tier }) => tier));
  const named = namedTiers(policy);
  let left = policy.tiers.length;
  return policy.tiers.flatMap(({ id }, index): readonly Suspicion[] => {
    if (used.has(id)) return [];
    const found: Suspicion = {
      code: 'unused_tier',
      pointer: `/tiers/${index}`,
      message: `no capability is in the tier ${quote(id)}`,
      help: 'remove it, or put a capability into it',
    };
    if (named.has(id) || left === 1) return [found];
    left -= 1;
    return [
      {
        ...found,
        repair: { title: `remove the tier ${quote(id)}`, narrows: false, change: { remove: found.pointer } },
      },
    ];
  });
};

function namedTiers({ warn, wipe, onState }: Policy): ReadonlySet<string> {
  const opened = Object.values(onState).flatMap(({ tiers }) => Object.keys(tiers ?? {}));
  const warned = warn.flatMap(({ tiers }) => tiers ?? []);
  return new Set([...opened, ...warned, ...(wipe?.tier === undefined ? [] : [wipe.tier])]);
}
