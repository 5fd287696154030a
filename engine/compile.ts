/** Policy → Program: tiers, guards and sensitivity rules are resolved, so that a decision only walks one list. */
import { compileConstraint, compileForbidOffline, NOT_VALIDATED, type Check } from './constraints/index.ts';
import type { Capability, Constraint, Policy, Tier } from './policy.ts';
import type { CompiledCapability, Program } from './program.ts';
import { SENSITIVITY, type AuthState, type Level } from './request.ts';

/** What a tier gives all its capabilities, compiled once. */
type Home = Pick<CompiledCapability, 'level' | 'checks' | 'warns' | 'reauth'>;

function compileAll(policy: Policy, constraints: readonly Constraint[] = []): Check[] {
  return constraints.map((each) => compileConstraint(each, policy));
}

function compileTier(tier: Tier, guards: readonly Check[], sensitivity: readonly Check[][], policy: Policy): Home {
  const level = Math.max(0, SENSITIVITY.indexOf(tier.sensitivity)) as Level;
  const own = compileAll(policy, tier.require);
  const openings = policy.onState.REAUTH_REQUIRED?.tiers ?? {};
  const opening = Object.hasOwn(openings, tier.id) ? openings[tier.id] : undefined;
  return {
    level,
    // A level has the rules of every level below it.
    checks: sensitivity.map((_, at) => [...guards, ...own, ...sensitivity.slice(0, Math.max(at, level) + 1).flat()]),
    warns: policy.warn.filter(({ tiers }) => tiers?.includes(tier.id) ?? true),
    reauth: {
      opening: opening ?? 'locked',
      path: opening ? `/onState/REAUTH_REQUIRED/tiers/${tier.id}` : '',
    },
  };
}

function compileTiers(policy: Policy): ReadonlyMap<string, Home> {
  const guards = compileAll(policy, policy.guards);
  const sensitivity = SENSITIVITY.map((level) => compileAll(policy, policy.sensitivity[level]));
  return new Map(policy.tiers.map((tier) => [tier.id, compileTier(tier, guards, sensitivity, policy)]));
}

function compileCapability(
  { id, access, tier, offline, offlinePath, require }: Capability,
  tiers: ReadonlyMap<string, Home>,
  policy: Policy,
): CompiledCapability {
  const home = tiers.get(tier);
  if (home === undefined) throw new TypeError(NOT_VALIDATED);
  const own = compileAll(policy, require);
  if (offline === 'forbid') own.push(compileForbidOffline(offlinePath ?? ''));
  return {
    id,
    access,
    level: home.level,
    checks: own.length > 0 ? home.checks.map((each) => [...each, ...own]) : home.checks,
    enqueues: offline === 'enqueue',
    warns: home.warns,
    reauth: home.reauth,
  };
}

/**
 * Compiles a policy that `load` gave. `digest` is the SHA-256 of the canonical document, repeated in every
 * decision. Throws `TypeError` for a policy that was never validated.
 */
export function compile(policy: Policy, options: { readonly digest?: string } = {}): Program {
  const tiers = compileTiers(policy);
  const digest = options.digest ?? null;
  return {
    policy,
    digest,
    identity: Object.freeze({ id: policy.id, version: policy.version, digest }),
    capabilities: new Map(policy.capabilities.map((each) => [each.id, compileCapability(each, tiers, policy)])),
    states: new Map(Object.entries(policy.onState) as [AuthState, NonNullable<Policy['onState'][AuthState]>][]),
    wipes: (policy.wipe?.when ?? []).filter((trigger) => 'maxAge' in trigger),
  };
}
