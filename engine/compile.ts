/** Policy → Program: tiers, guards and sensitivity rules are resolved, so that a decision only walks one list. */
import { compileConstraint, compileForbidOffline, type Check } from './constraints/index.ts';
import type { Capability, Constraint, Policy, Tier } from './policy.ts';
import { type CompiledCapability, type CompiledWarn, type Level, type Program, type WipeRule } from './program.ts';
import type { AgeOf } from './decision.ts';
import { SENSITIVITY, type AuthState, type Milliseconds } from './request.ts';

/** Rules shared by many capabilities, compiled once. */
interface Shared {
  readonly guards: readonly Check[];
  /** By level: the rules of that level and of every level below it. */
  readonly sensitivity: readonly (readonly Check[])[];
  readonly tiers: ReadonlyMap<string, { readonly tier: Tier; readonly require: readonly Check[] }>;
}

function compileAll(constraints: readonly Constraint[] | undefined, policy: Policy): readonly Check[] {
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

/** The smallest limit on an age among constraints that must all hold. */
function smallestLimit(of: AgeOf, constraints: readonly Constraint[]): Milliseconds {
  return constraints.reduce((least, each) => {
    if (each.kind === 'allOf') return Math.min(least, smallestLimit(of, each.of));
    return each.kind === 'maxAge' && each.of === of ? Math.min(least, each.limit) : least;
  }, Infinity);
}

function compileWarns(capability: Capability, tier: Tier, policy: Policy, level: Level): readonly CompiledWarn[] {
  return policy.warn
    .filter((warn) => warn.tiers === undefined || warn.tiers.includes(tier.id))
    .map(({ path, of, after }) => {
      const limits = SENSITIVITY.map((_, index) => {
        const rules = SENSITIVITY.slice(0, Math.max(index, level) + 1).flatMap(
          (name) => policy.sensitivity[name] ?? [],
        );
        const limit = smallestLimit(of, [...policy.guards, ...tier.require, ...rules, ...capability.require]);
        return limit === Infinity ? null : limit;
      });
      return { path, of, after, limits };
    });
}

function compileCapability(capability: Capability, shared: Shared, policy: Policy): CompiledCapability {
  const home = shared.tiers.get(capability.tier);
  if (home === undefined) throw new TypeError('a capability names a tier that the policy lacks');
  const level = Math.max(0, SENSITIVITY.indexOf(home.tier.sensitivity)) as Level;
  const own = [...compileAll(capability.require, policy)];
  if (capability.offline === 'forbid') own.push(compileForbidOffline(capability.offlinePath ?? ''));
  const checks = SENSITIVITY.map((_, index) => [
    ...shared.guards,
    ...home.require,
    ...(shared.sensitivity[Math.max(index, level)] ?? []),
    ...own,
  ]);
  const opening = policy.onState.REAUTH_REQUIRED?.tiers ?? {};
  const opened = Object.hasOwn(opening, capability.tier);
  return {
    id: capability.id,
    access: capability.access,
    level,
    checks,
    enqueues: capability.offline === 'enqueue',
    warns: compileWarns(capability, home.tier, policy, level),
    reauth: opened
      ? { opening: opening[capability.tier] ?? 'locked', path: `/onState/REAUTH_REQUIRED/tiers/${capability.tier}` }
      : { opening: 'locked', path: '' },
  };
}

function wipeRules(policy: Policy): readonly WipeRule[] {
  return (policy.wipe?.when ?? []).flatMap((trigger) =>
    'maxAge' in trigger ? [{ path: trigger.path, maxAge: trigger.maxAge }] : [],
  );
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
    wipes: wipeRules(policy),
  };
}
