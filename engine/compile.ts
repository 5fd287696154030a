/** Policy → Program: tiers, guards and sensitivity rules are resolved, so that a decision only walks one list. */
import { compileConstraint, compileForbidOffline, NOT_VALIDATED, type Check } from './constraints/index.ts';
import type { Capability, Constraint, Policy, Tier } from './policy.ts';
import type { CompiledCapability, Program } from './program.ts';
import { SENSITIVITY, type AuthState, type Level } from './request.ts';

/** Rules shared by many capabilities, compiled once. */
interface Shared {
  readonly guards: readonly Check[];
  /** By level: the rules of that level and of every level below it. */
  readonly sensitivity: readonly (readonly Check[])[];
  readonly tiers: ReadonlyMap<string, { readonly tier: Tier; readonly require: readonly Check[] }>;
}

function compileAll(constraints: readonly Constraint[] | undefined, policy: Policy): Check[] {
  return (constraints ?? []).map((each) => compileConstraint(each, policy));
}

function compileShared(policy: Policy): Shared {
  const sensitivity: Check[][] = [];
  for (const level of SENSITIVITY)
    sensitivity.push([...(sensitivity.at(-1) ?? []), ...compileAll(policy.sensitivity[level], policy)]);
  return {
    guards: compileAll(policy.guards, policy),
    sensitivity,
    tiers: new Map(policy.tiers.map((tier) => [tier.id, { tier, require: compileAll(tier.require, policy) }])),
  };
}

function compileCapability(capability: Capability, shared: Shared, policy: Policy): CompiledCapability {
  const home = shared.tiers.get(capability.tier);
  if (home === undefined) throw new TypeError(NOT_VALIDATED);
  const level = Math.max(0, SENSITIVITY.indexOf(home.tier.sensitivity)) as Level;
  const own = compileAll(capability.require, policy);
  if (capability.offline === 'forbid') own.push(compileForbidOffline(capability.offlinePath ?? ''));
  const checks = SENSITIVITY.map((_, index) => [
    ...shared.guards,
    ...home.require,
    ...(shared.sensitivity[Math.max(index, level)] ?? []),
    ...own,
  ]);
  const openings = policy.onState.REAUTH_REQUIRED?.tiers ?? {};
  const opening = Object.hasOwn(openings, capability.tier) ? openings[capability.tier] : undefined;
  return {
    id: capability.id,
    access: capability.access,
    level,
    checks,
    enqueues: capability.offline === 'enqueue',
    warns: policy.warn.filter(({ tiers }) => tiers === undefined || tiers.includes(capability.tier)),
    reauth: {
      opening: opening ?? 'locked',
      path: opening === undefined ? '' : `/onState/REAUTH_REQUIRED/tiers/${capability.tier}`,
    },
  };
}

/**
 * Compiles a policy that `load` gave. `digest` is the SHA-256 of the canonical document, repeated in every
 * decision. Throws `TypeError` for a policy that was never validated.
 */
export function compile(policy: Policy, options: { readonly digest?: string } = {}): Program {
  const shared = compileShared(policy);
  const digest = options.digest ?? null;
  return {
    policy,
    digest,
    identity: Object.freeze({ id: policy.id, version: policy.version, digest }),
    capabilities: new Map(policy.capabilities.map((each) => [each.id, compileCapability(each, shared, policy)])),
    states: new Map(Object.entries(policy.onState) as [AuthState, NonNullable<Policy['onState'][AuthState]>][]),
    wipes: (policy.wipe?.when ?? []).filter((trigger) => 'maxAge' in trigger),
  };
}
