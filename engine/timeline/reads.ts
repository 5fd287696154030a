/** Which facts the decisions on a capability can depend on. Knows too many rather than too few. */
import type { AgeOf } from '../decision.ts';
import type { Capability, Constraint, Policy } from '../policy.ts';
import type { Program } from '../program.ts';

/** Facts that change together or not at all, one bit each; `base` is what every decision reads. */
export const PARTS = {
  base: 1 << 0,
  connectivity: 1 << 1,
  clock: 1 << 2,
  identity: 1 << 3,
  activity: 1 << 4,
  accessToken: 1 << 5,
  refreshToken: 1 << 6,
  permissions: 1 << 7,
  stepUps: 1 << 8,
  device: 1 << 9,
  risk: 1 << 10,
  usage: 1 << 11,
  custom: 1 << 12,
} as const;

/** A set of parts. */
export type Parts = number;
export const NO_PARTS: Parts = 0;
export const ALL_PARTS: Parts = ~0;

const { base, connectivity, clock, identity, activity, accessToken, refreshToken } = PARTS;
const { permissions, stepUps, device, risk, usage, custom } = PARTS;

const OF_AGE: Readonly<Record<AgeOf, Parts>> = {
  serverConfirmation: base,
  authTime: identity,
  permissionSnapshot: permissions,
  policyIssue: base,
  activity,
};

const OF_KIND: Readonly<Record<Exclude<Constraint['kind'], 'maxAge' | 'allOf' | 'anyOf'>, Parts>> = {
  online: connectivity | accessToken,
  token: accessToken | refreshToken,
  stepUp: stepUps | identity | activity | device,
  assurance: identity | connectivity,
  grant: permissions,
  device,
  quota: usage,
  clock,
  risk,
  schedule: clock | device,
  when: connectivity | clock | identity | permissions | device | accessToken | risk | custom,
};

function readBy(constraint: Constraint): Parts {
  switch (constraint.kind) {
    case 'allOf':
    case 'anyOf':
      return readByAll(constraint.of);
    case 'maxAge':
      return OF_AGE[constraint.of];
    default:
      return Object.hasOwn(OF_KIND, constraint.kind) ? OF_KIND[constraint.kind] : ALL_PARTS;
  }
}

function readByAll(constraints: readonly Constraint[]): Parts {
  return constraints.reduce((parts, constraint) => parts | readBy(constraint), NO_PARTS);
}

/** Everything that decisions on a capability of the program may depend on, whatever the resource; a superset. */
export function partsRead({ policy }: Program, id: string): Parts {
  const capability = policy.capabilities.find((each) => each.id === id);
  return capability === undefined ? ALL_PARTS : PARTS.base | readFor(policy, capability);
}

function readFor({ guards, sensitivity, tiers, warn }: Policy, { tier, require, offline }: Capability): Parts {
  const written = [
    ...guards,
    ...Object.values(sensitivity).flat(),
    ...tiers.flatMap((each) => (each.id === tier ? each.require : [])),
    ...require,
  ];
  const warned = warn.reduce((parts, { of }) => parts | OF_AGE[of], NO_PARTS);
  return readByAll(written) | warned | (offline === undefined ? NO_PARTS : connectivity);
}
