/** Every limit of a policy, capability by capability. */
import { EVERY_USE } from '../constraints/index.ts';
import type { Capability, Condition, Constraint, Policy, Schedule, StepUp, Tier } from '../policy.ts';
import { SENSITIVITY, type SensitivityLevel } from '../request.ts';
import type { Limit } from './limit.ts';

/** A limit before it is known whose it is. */
type Part = Omit<Limit, 'capability' | 'raisedTo'>;

/**
 * Every limit of every capability: those of what applies to it, in evaluation order, then its warnings, the wipe
 * rules and the policy's expiry. A limit of rules shared by many capabilities is listed for each of them.
 */
export function limitsOf(policy: Policy): readonly Limit[] {
  const tiers = new Map(policy.tiers.map((tier) => [tier.id, tier]));
  return policy.capabilities.flatMap((capability) => {
    const tier = tiers.get(capability.tier);
    return tier === undefined ? [] : ofCapability(policy, capability, tier);
  });
}

function ofCapability(policy: Policy, capability: Capability, tier: Tier): readonly Limit[] {
  const home = SENSITIVITY.indexOf(tier.sensitivity);
  const ours = (parts: readonly Part[], raisedTo?: SensitivityLevel): readonly Limit[] =>
    parts.map((part) => ({ capability: capability.id, ...part, ...(raisedTo === undefined ? {} : { raisedTo }) }));
  const all = (constraints: readonly Constraint[]): readonly Part[] =>
    constraints.flatMap((each) => ofConstraint(each, policy));
  return [
    ...ours(all([...policy.guards, ...tier.require])),
    ...SENSITIVITY.flatMap((level, index) =>
      ours(all(policy.sensitivity[level] ?? []), index > home ? level : undefined),
    ),
    ...ours([...all(capability.require), ...warningsOf(policy, tier), ...wipesOf(policy)]),
    ...ours(
      [EXPIRY],
      capability.access === 'read' && home < SENSITIVITY.indexOf('confidential') ? 'confidential' : undefined,
    ),
  ];
}

/** Of a read of less than confidential data only a request that raises the level notices. */
const EXPIRY: Part = { kind: 'policy', measured: 'policyExpiry', pointer: '', path: '', inclusive: false };

function warningsOf({ warn }: Policy, tier: Tier): readonly Part[] {
  return warn
    .filter(({ tiers }) => tiers === undefined || tiers.includes(tier.id))
    .map(({ of, after, path }) => ({
      kind: 'warn',
      measured: of,
      pointer: `${path}/after`,
      path,
      length: after,
      inclusive: true,
    }));
}

function wipesOf({ wipe }: Policy): readonly Part[] {
  return (wipe?.when ?? []).flatMap((trigger): readonly Part[] => {
    if (!('maxAge' in trigger)) return [];
    const { path, maxAge } = trigger;
    const shared = { kind: 'wipe', pointer: `${path}/maxAge`, path, length: maxAge, inclusive: true } as const;
    return [
      { ...shared, measured: 'serverConfirmation' },
      { ...shared, measured: 'provenConfirmation' },
    ];
  });
}

function ofConstraint(constraint: Constraint, policy: Policy): readonly Part[] {
  const { kind, path } = constraint;
  const expiry = (measured: Part['measured'], key: string): Part => ({
    kind,
    measured,
    pointer: `${path}/${key}`,
    path,
    inclusive: false,
  });
  switch (constraint.kind) {
    case 'maxAge':
      return [
        { kind, measured: constraint.of, pointer: `${path}/limit`, path, length: constraint.limit, inclusive: true },
      ];
    case 'grant':
      if (constraint.maxAge === undefined) return [];
      return [
        {
          kind,
          measured: 'permissionSnapshot',
          pointer: `${path}/maxAge`,
          path,
          length: constraint.maxAge,
          inclusive: true,
        },
      ];
    case 'stepUp':
      return ofStepUp(constraint);
    case 'online':
      if (constraint.token === undefined) return [];
      return constraint.token === 'fresh'
        ? [{ ...expiry('accessTokenMargin', 'token'), ...marginOf(policy) }]
        : [expiry('accessTokenExpiry', 'token')];
    case 'token':
      return constraint.is === 'unexpired'
        ? [expiry('accessTokenExpiry', 'is')]
        : [expiry('refreshIdleExpiry', 'is'), expiry('refreshAbsoluteExpiry', 'is')];
    case 'quota':
      return [{ kind, measured: 'uses', pointer: `${path}/limit`, path, uses: constraint.limit, inclusive: false }];
    case 'schedule':
      return [...ofSchedule(constraint), drift(constraint, policy)];
    case 'clock':
      return [drift(constraint, policy)];
    case 'when':
      return readsClock(constraint.conditions, policy) ? [drift(constraint, policy)] : [];
    case 'allOf':
    case 'anyOf':
      return constraint.of.flatMap((each) => ofConstraint(each, policy));
    case 'assurance':
    case 'device':
    case 'risk':
      return [];
  }
}

function ofStepUp({ kind, path, maxAge, maxIdle, acceptDeviceUnlock }: StepUp): readonly Part[] {
  const aged = (measured: Part['measured'], key: string, length: number): Part => ({
    kind,
    measured,
    pointer: `${path}/${key}`,
    path,
    length,
    inclusive: true,
  });
  const recency =
    maxAge !== undefined
      ? aged('proof', 'maxAge', maxAge)
      : maxIdle !== undefined
        ? aged('pause', 'maxIdle', maxIdle)
        : aged('proof', 'everyUse', EVERY_USE);
  return acceptDeviceUnlock === undefined
    ? [recency]
    : [recency, aged('deviceUnlock', 'acceptDeviceUnlock', acceptDeviceUnlock)];
}

/** A margin that counts at most, before the token's expiry. */
function marginOf({ clock }: Policy): Pick<Part, 'pointer' | 'length'> {
  return { pointer: '/clock/expiryMargin', length: clock.expiryMargin };
}

function drift({ kind, path }: Constraint, { clock }: Policy): Part {
  return { kind, measured: 'clockDrift', pointer: '/clock/tolerance', path, length: clock.tolerance, inclusive: true };
}

function ofSchedule({ kind, path, windows, except }: Schedule): readonly Part[] {
  const edge = (measured: Part['measured'], pointer: string): Part => ({
    kind,
    measured,
    pointer: `${path}/${pointer}`,
    path,
    inclusive: false,
  });
  return [
    ...windows.flatMap(({ days, start, end }, index) =>
      // A window that never closes has no edges; only exceptions interrupt it.
      days.length === 7 && start === '00:00' && end === '24:00'
        ? []
        : [edge('windowStart', `windows/${index}/start`), edge('windowEnd', `windows/${index}/end`)],
    ),
    ...except.map((_, index) => edge('exception', `except/${index}`)),
  ];
}

function readsClock(node: Condition, policy: Policy): boolean {
  const reads = (each: Condition): boolean => readsClock(each, policy);
  if ('all' in node) return node.all.some(reads);
  if ('any' in node) return node.any.some(reads);
  if ('not' in node) return reads(node.not);
  if ('condition' in node) {
    const named = policy.conditions[node.condition];
    return named !== undefined && reads(named);
  }
  const { fact, value } = node;
  return fact === 'clock.state' || (typeof value === 'object' && 'fact' in value && value.fact === 'clock.state');
}
