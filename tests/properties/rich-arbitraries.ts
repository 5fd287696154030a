/** Policies with every kind of constraint in every place one can stand. */
import fc from 'fast-check';
import { CONDITIONS, FACTS } from './rich-conditions.ts';
import { constraint, duration, type Kind } from './rich-constraints.ts';

const LEVELS = ['public', 'internal', 'confidential', 'restricted'] as const;
const AGES = ['serverConfirmation', 'authTime', 'permissionSnapshot', 'policyIssue', 'activity'] as const;
const STATES = ['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'] as const;

/** Everything that decides what is legal elsewhere in the document. */
const outline = fc.record({
  tiers: fc
    .array(fc.constantFrom(...LEVELS, 'public', 'internal', 'internal', undefined), { minLength: 1, maxLength: 2 })
    .map((levels) => levels.map((sensitivity, index) => ({ id: `t${index}`, sensitivity }))),
  it: fc.record({
    tier: fc.nat(1),
    access: fc.constantFrom('read', 'write'),
    offline: fc.constantFrom(undefined, undefined, undefined, 'enqueue', 'forbid', 'implied'),
  }),
  other: fc.option(fc.record({ tier: fc.nat(1), access: fc.constantFrom('read', 'write') }), { nil: undefined }),
});
type Outline = typeof outline extends fc.Arbitrary<infer T> ? T : never;

interface Capability {
  readonly id: string;
  readonly tier: string;
  readonly access: string;
  readonly level: string | undefined;
}

function capabilitiesOf({ tiers, it, other }: Outline): readonly Capability[] {
  const asked = [{ id: 'it', ...it }, ...(other === undefined ? [] : [{ id: 'other', ...other }])];
  return asked.map(({ id, tier: index, access }) => {
    const tier = tiers[index % tiers.length];
    return { id, tier: tier?.id ?? '', access, level: tier?.sensitivity };
  });
}

function constraints(kinds: readonly Kind[], under: readonly Capability[], maxLength: number) {
  const place = {
    kinds,
    writesOnly: under.length > 0 && under.every(({ access }) => access === 'write'),
    harmless:
      under.length > 0 &&
      under.every(({ access, level }) => access === 'read' && (level === 'public' || level === 'internal')),
  };
  return fc.array(constraint(place), { maxLength, size: 'medium' });
}

/** Bare words once each, and parameters in any order. */
const obligations = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('audit', 'clearTokens', 'lock'), { maxLength: 2 }),
    fc.array(
      fc.constantFrom<object>({ type: 'audit', level: 'high' }, { level: 'high', type: 'audit' }, { type: 'lock' }),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([words, objects]) => [...words, ...objects]);
const stateRule = fc.record(
  { present: fc.constantFrom('banner', 'blocking', 'toast'), obligations },
  { requiredKeys: [] },
);
const warn = fc.record(
  { of: fc.constantFrom(...AGES), after: duration, tiers: fc.constantFrom(['t0']) },
  { requiredKeys: ['of', 'after'] },
);
const trigger = fc.oneof(
  fc.constantFrom({ event: 'account-disabled' }, { failedStepUps: 5 }),
  duration.map((maxAge) => ({ maxAge, evidence: 'provenOrFailedReauth' })),
);
const wipe = fc
  .tuple(fc.array(trigger, { minLength: 1, maxLength: 3 }), fc.constantFrom('cryptoShred', 'delete'), fc.boolean())
  .map(([when, method, whole]) => ({
    ...(whole ? { scope: 'account' } : { scope: 'tier', tier: 't0' }),
    method,
    when,
  }));
const rarely = <T>(arbitrary: fc.Arbitrary<T>, freq: number) => fc.option(arbitrary, { nil: undefined, freq });

function onState({ tiers }: Outline) {
  const openings = tiers.map(({ id, sensitivity }) => {
    const may = sensitivity === 'public' || sensitivity === 'internal' ? ['full', 'full', 'readOnly', 'readOnly'] : [];
    return [id, fc.constantFrom(undefined, 'locked', ...may)] as const;
  });
  return fc.record({
    rules: fc.record(Object.fromEntries(STATES.map((state) => [state, stateRule])), { requiredKeys: [] }),
    openings: fc.record(Object.fromEntries(openings)),
  });
}

function whole(kinds: readonly Kind[], shape: Outline) {
  const capabilities = capabilitiesOf(shape);
  const own = capabilities.map((capability) => constraints(kinds, [capability], capability.id === 'it' ? 2 : 1));
  const tiers = shape.tiers.map(({ id }) =>
    constraints(
      kinds,
      capabilities.filter(({ tier }) => tier === id),
      2,
    ),
  );
  return fc.record({
    mode: fc.constantFrom(undefined, undefined, undefined, 'enforce', 'report_only'),
    clock: fc.constantFrom(undefined, undefined, { tolerance: '90s' }, { expiryMargin: '1h' }, { tolerance: '1h' }),
    guards: constraints(kinds, capabilities, 1),
    sensitivity: rarely(
      fc.record(Object.fromEntries(LEVELS.map((level) => [level, constraints(kinds, capabilities, 1)])), {
        requiredKeys: [],
      }),
      1,
    ),
    tiers: fc.tuple(...tiers),
    own: fc.tuple(...own),
    onState: onState(shape),
    warn: fc.array(warn, { maxLength: 2 }),
    wipe: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wipe }),
  });
}

function offlineOf(offline: Outline['it']['offline']): object {
  if (offline === undefined) return {};
  return offline === 'implied' ? { serverBound: true } : { serverBound: true, offline };
}

/** A valid policy document with the capability `it`, out of constraints of `kinds`. */
export function richDocument(kinds: readonly Kind[]): fc.Arbitrary<object> {
  return outline.chain((shape) =>
    whole(kinds, shape).map(({ tiers, own, onState: { rules, openings }, ...rest }): object => {
      const opened = Object.fromEntries(Object.entries(openings).filter(([, opening]) => opening !== undefined));
      const states = {
        ...rules,
        REAUTH_REQUIRED: { ...rules['REAUTH_REQUIRED'], ...(Object.keys(opened).length > 0 ? { tiers: opened } : {}) },
      };
      const conditional = kinds.includes('when') ? { facts: FACTS, conditions: CONDITIONS } : {};
      const document = {
        language: 1,
        id: 'rich',
        version: 3,
        ...rest,
        ...conditional,
        tiers: shape.tiers.map((tier, index) => ({ ...tier, require: tiers[index] })),
        capabilities: capabilitiesOf(shape).map(({ id, tier, access }, index) => ({
          id,
          tier,
          access,
          ...(id === 'it' ? offlineOf(shape.it.offline) : {}),
          require: own[index],
        })),
        onState: states,
      };
      return JSON.parse(JSON.stringify(document)) as object;
    }),
  );
}
