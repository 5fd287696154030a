/** Who and what a preset is about, fitted to the policy: a person who may do what it asks for, on a device that will do. */
import type { Condition, ConditionLeaf, Constraint, FactType, Policy } from '../../policy.ts';

/** Whatever a policy asks of people and devices, apart from time. */
export interface Cast {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly acr: string | undefined;
  /** Methods of the sign-in. */
  readonly signIn: readonly string[];
  /** Methods of a proof that every step-up rule accepts. */
  readonly proof: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** The zone of the first schedule that names one. */
  readonly timeZone: string;
  readonly storage: boolean;
  readonly unlock: boolean;
}

/**
 * The cast that a policy is written for. Of alternatives the first; where rules contradict each other somebody is
 * refused, as in life.
 */
export function castOf(policy: Policy): Cast {
  const all = constraintsOf(policy);
  const grants = all.filter((each) => each.kind === 'grant');
  const proofs = all.filter((each) => each.kind === 'stepUp');
  const assurances = all.filter((each) => each.kind === 'assurance');
  const zones = all.filter((each) => each.kind === 'schedule').map(({ timeZone }) => timeZone);
  const acrs = assurances[0]?.acrAny ?? [];
  const methods = unique(proofs.flatMap(({ amrAny = [], amrAll = [] }) => [...amrAny.slice(0, 1), ...amrAll]));
  return {
    roles: unique(grants.flatMap(({ rolesAny = [], rolesAll = [] }) => [...rolesAny.slice(0, 1), ...rolesAll])),
    scopes: unique(grants.flatMap(({ scopesAll = [] }) => scopesAll)),
    acr: acrs.find((acr) => assurances.every(({ acrAny }) => acrAny.includes(acr))) ?? acrs[0],
    signIn: unique(['pwd', ...assurances.flatMap(({ amrAll = [] }) => amrAll)]),
    proof: methods.length === 0 ? ['pin'] : methods,
    facts: factsFor(policy, all),
    timeZone: zones.find((zone) => zone !== 'device') ?? 'Europe/Berlin',
    storage: all.some((each) => each.kind === 'device' && each.storageAtLeast !== undefined),
    unlock: proofs.some(({ acceptDeviceUnlock }) => acceptDeviceUnlock !== undefined),
  };
}

/** Every constraint of the document, groups opened. */
export function constraintsOf({ guards, sensitivity, tiers, capabilities }: Policy): readonly Constraint[] {
  const opened = (list: readonly Constraint[]): readonly Constraint[] =>
    list.flatMap((each) => (each.kind === 'allOf' || each.kind === 'anyOf' ? opened(each.of) : [each]));
  return opened([
    ...guards,
    ...Object.values(sensitivity).flat(),
    ...[...tiers, ...capabilities].flatMap(({ require }) => require),
  ]);
}

const DEFAULTS: Readonly<Record<FactType, unknown>> = { boolean: true, number: 0, string: 'any', 'string[]': [] };

/** For each custom fact the value that the first condition on it asks for. */
function factsFor({ facts, conditions }: Policy, all: readonly Constraint[]): Cast['facts'] {
  const roots = [
    ...all.flatMap((each) => (each.kind === 'when' ? [each.conditions] : [])),
    ...Object.values(conditions),
  ];
  const leaves = roots.flatMap((root) => asked(root));
  return Object.fromEntries(
    Object.entries(facts).map(([name, { type }]) => {
      const wanted = leaves.filter(({ fact }) => fact === name).map((leaf) => wantedBy(leaf, type));
      return [name, wanted.find((value) => value !== undefined) ?? DEFAULTS[type]];
    }),
  );
}

/** Leaves that have to hold, or one of which may. */
function asked(node: Condition): readonly ConditionLeaf[] {
  if ('all' in node) return node.all.flatMap(asked);
  if ('any' in node) return node.any.flatMap(asked);
  return 'fact' in node ? [node] : [];
}

function wantedBy({ operator, value, path }: ConditionLeaf, type: FactType): unknown {
  if (path !== undefined || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  switch (operator) {
    case 'equal':
    case 'in':
      return first;
    case 'contains':
      return type === 'string[]' ? [first] : undefined;
    case 'lessThan':
      return Number(first) - 1;
    case 'greaterThan':
      return Number(first) + 1;
    case 'lessThanInclusive':
    case 'greaterThanInclusive':
      return first;
    case 'notEqual':
      return typeof first === 'boolean' ? !first : typeof first === 'number' ? first + 1 : 'another';
    default:
      return undefined;
  }
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
