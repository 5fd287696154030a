/** When two policies cannot be told apart by any request: a form that leaves out what decides nothing. */
import type { PolicyDocument } from '../document.ts';
import type { Capability, Constraint, Policy, Tier } from '../policy.ts';
import { redundantConstraint } from './rules/redundant-constraint.ts';
import { atLeast, certain, conjunctionsOf, ofTier } from './scope.ts';

const NOTHING: PolicyDocument = { language: 1, id: '', version: 1, tiers: [], capabilities: [] };

/**
 * Text that two policies share only if every request gets the same outcome from both: without pointers, texts and
 * constraints that another one implies, and with levels and access only where they decide something.
 */
export function formOf(policy: Policy): string {
  const subject = { document: NOTHING, policy, today: '', conjunctions: conjunctionsOf(policy) };
  const redundant = new Set(redundantConstraint(subject).map(({ pointer }) => pointer));
  const kept = (list: readonly Constraint[]) => list.filter(({ path }) => !redundant.has(path));
  const { guards, sensitivity, tiers, capabilities, ...rest } = policy;
  const leveled = Object.values(sensitivity).some((list) => list.length > 0);
  return JSON.stringify(
    {
      ...rest,
      title: undefined,
      reviewBy: undefined,
      guards: kept(guards),
      sensitivity: Object.fromEntries(Object.entries(sensitivity).map(([level, list]) => [level, kept(list)])),
      tiers: tiers.map(({ id, sensitivity: level, require }) => ({
        id,
        level: leveled ? level : undefined,
        require: kept(require),
      })),
      capabilities: capabilities.map((capability) => ({
        id: capability.id,
        tier: capability.tier,
        ...accessOf(policy, capability),
        require: kept(capability.require),
      })),
    },
    (key, value: unknown) => (key === 'path' ? undefined : value),
  );
}

/** What access, level and `offline` come to; `serverBound` says nothing beside `offline`, which it implies. */
function accessOf(policy: Policy, capability: Capability): object {
  const { access, offline, require } = capability;
  const tier = policy.tiers.find(({ id }) => id === capability.tier);
  if (tier === undefined) return capability;
  const applying = [...ofTier(policy, tier), ...require];
  const levels = Object.values(policy.sensitivity).flat();
  const above = atLeast(tier.sensitivity, 'confidential');
  const needsNetwork = certain(applying).some(({ kind }) => kind === 'online');
  return {
    offline: offline === 'forbid' && needsNetwork ? undefined : offline,
    shutByExpiry: above || access === 'write',
    opening: openingOf(policy, tier, capability),
    asked: [...applying, ...levels].some(asksForAccess) ? access : undefined,
  };
}

/** What is left of a capability when its session is refused. */
function openingOf({ onState }: Policy, { id, sensitivity }: Tier, { access }: Capability): string {
  const opening = onState.REAUTH_REQUIRED?.tiers?.[id] ?? 'locked';
  if (atLeast(sensitivity, 'confidential') || opening === 'locked') return 'locked';
  return opening === 'full' ? opening : `${opening} ${access}`;
}

function asksForAccess(constraint: Constraint): boolean {
  if (constraint.kind === 'anyOf' || constraint.kind === 'allOf') return constraint.of.some(asksForAccess);
  if (constraint.kind === 'token') return constraint.is === 'unexpired';
  return constraint.kind === 'grant' && constraint.onMissing === 'readOnly';
}
