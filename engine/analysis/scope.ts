/** Which constraints apply where: what always holds for a capability, and what holds wherever a list does. */
import type { Capability, Constraint, Policy, Tier } from '../policy.ts';
import type { SensitivityLevel } from '../request.ts';

const LEVELS: readonly SensitivityLevel[] = ['public', 'internal', 'confidential', 'restricted'];

/** Whether a level is at least another. */
export function atLeast(level: SensitivityLevel, least: SensitivityLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

/** Constraints that all hold when this list does: `allOf` groups are opened, of an `anyOf` nothing is certain. */
export function certain(list: readonly Constraint[]): readonly Constraint[] {
  return list.flatMap((each) => (each.kind === 'allOf' ? certain(each.of) : [each]));
}

/** A constraint that is no group. */
export type Leaf = Exclude<Constraint, { of: readonly Constraint[] }>;

/** Every constraint of the document in its order; groups are left out, their parts are in. */
export function leavesOf({ guards, sensitivity, tiers, capabilities }: Policy): readonly Leaf[] {
  const required = [...tiers, ...capabilities].flatMap(({ require }) => require);
  return opened([...guards, ...Object.values(sensitivity).flat(), ...required]);
}

function opened(list: readonly Constraint[]): readonly Leaf[] {
  return list.flatMap((each) => (each.kind === 'allOf' || each.kind === 'anyOf' ? opened(each.of) : [each]));
}

/** What applies to everything in a tier besides what the tier itself requires. */
function aboveTier({ guards, sensitivity }: Policy, tier: Tier): readonly Constraint[] {
  const ofLevels = LEVELS.filter((level) => atLeast(tier.sensitivity, level));
  return [...guards, ...ofLevels.flatMap((level) => sensitivity[level] ?? [])];
}

/** What applies to everything in a tier. */
export function ofTier(policy: Policy, tier: Tier): readonly Constraint[] {
  return [...aboveTier(policy, tier), ...tier.require];
}

/** A capability with its tier. In a valid policy every capability has one. */
export interface Placed {
  readonly capability: Capability;
  readonly tier: Tier;
  /** Index in `capabilities`. */
  readonly index: number;
}

export function placed({ tiers, capabilities }: Policy): readonly Placed[] {
  const byId = new Map(tiers.map((tier) => [tier.id, tier] as const));
  return capabilities.flatMap((capability, index) => {
    const tier = byId.get(capability.tier);
    return tier === undefined ? [] : [{ capability, tier, index }];
  });
}

/** Constraints that hold together, as one list of the document or one branch of an `anyOf` has them. */
export interface Conjunction {
  /** Where `allOf` groups stood, their members stand. */
  readonly own: readonly Constraint[];
  /** What holds besides, wherever this is looked at. */
  readonly given: readonly Constraint[];
  readonly capabilities: readonly Placed[];
  /** Of a branch that is a single constraint: taking it away would change what the `anyOf` says. */
  readonly isBranch: boolean;
}

/** Every conjunction of a policy: the lists as written, then the branches inside them. */
export function conjunctionsOf(policy: Policy): readonly Conjunction[] {
  const { guards, sensitivity, tiers } = policy;
  const all = placed(policy);
  const byTier = new Map(tiers.map(({ id }) => [id, [] as Placed[]] as const));
  for (const each of all) byTier.get(each.tier.id)?.push(each);
  const lists = [
    { list: guards, given: [], capabilities: all },
    ...LEVELS.map((level) => {
      const below = LEVELS.filter((other) => other !== level && atLeast(level, other));
      return {
        list: sensitivity[level] ?? [],
        given: [...guards, ...below.flatMap((other) => sensitivity[other] ?? [])],
        capabilities: all.filter(({ tier }) => atLeast(tier.sensitivity, level)),
      };
    }),
    ...tiers.map((tier) => {
      return { list: tier.require, given: aboveTier(policy, tier), capabilities: byTier.get(tier.id) ?? [] };
    }),
  ];
  const inTiers = certainInTiers(policy);
  return [
    ...lists.flatMap(({ list, given, capabilities }) =>
      withBranches({ own: certain(list), given: certain(given), capabilities, isBranch: false }),
    ),
    ...all.flatMap((each) => {
      const own = certain(each.capability.require);
      return withBranches({ own, given: inTiers.get(each.tier) ?? [], capabilities: [each], isBranch: false });
    }),
  ];
}

function withBranches(conjunction: Conjunction): readonly Conjunction[] {
  const { own, given, capabilities } = conjunction;
  // The group itself is among them, which says nothing about its branches.
  const outside = own.some(({ kind }) => kind === 'anyOf') ? [...given, ...own] : given;
  const branches = own.flatMap((group) => {
    if (group.kind !== 'anyOf') return [];
    return group.of.flatMap((branch) => {
      const isBranch = branch.kind !== 'allOf';
      return withBranches({ own: certain([branch]), given: outside, capabilities, isBranch });
    });
  });
  return own.length === 0 ? [] : [conjunction, ...branches];
}

/** What is certain of everything in each tier. */
export function certainInTiers(policy: Policy): ReadonlyMap<Tier, readonly Constraint[]> {
  return new Map(policy.tiers.map((tier) => [tier, certain(ofTier(policy, tier))] as const));
}
