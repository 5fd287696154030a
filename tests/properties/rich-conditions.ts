/** Conditions as `when` takes them: well-typed leaves on built-in and declared facts, nested, negated and by name. */
import fc from 'fast-check';

/** Declared beside every policy with conditions. */
export const FACTS = {
  job_value: { type: 'number' },
  limit_value: { type: 'number' },
  region: { type: 'string' },
  trained: { type: 'boolean' },
  tags: { type: 'string[]' },
} as const;
/** The conditions that others refer to by name; the second refers to the first. */
export const CONDITIONS = {
  onDuty: {
    any: [
      { fact: 'connectivity', operator: 'equal', value: 'online' },
      { fact: 'trained', operator: 'equal', value: true },
    ],
  },
  ready: { all: [{ condition: 'onDuty' }, { not: { fact: 'region', operator: 'equal', value: 'south' } }] },
} as const;

const TEXT_FACTS: Readonly<Record<string, readonly string[]>> = {
  connectivity: ['online', 'offline'],
  'clock.state': ['ok', 'unproven_forward'],
  'session.authState': ['ACTIVE', 'OFFLINE_STALE'],
  'session.sub': ['u', 'v'],
  'session.acr': ['aal1', 'aal2'],
  'permissions.integrity': ['signed', 'unsigned'],
  'resource.type': ['order', 'note'],
  'resource.sensitivity': ['public', 'restricted'],
  'device.storage': ['os', 'memory'],
  'device.binding': ['unchanged', 'changed'],
  'risk.level': ['LOW', 'HIGH'],
  region: ['north', 'south'],
};
const LIST_FACTS: Readonly<Record<string, readonly string[]>> = {
  'session.amr': ['pwd', 'otp'],
  'permissions.roles': ['technician', 'nurse'],
  'permissions.scopes': ['orders:read', 'orders:write'],
  tags: ['night', 'ward'],
};

const equality = fc.constantFrom('equal', 'notEqual');
const membership = fc.constantFrom('in', 'notIn');
const containment = fc.constantFrom('contains', 'doesNotContain');
const order = fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive');
const textFact = fc.constantFrom(...Object.keys(TEXT_FACTS));
const listFact = fc.constantFrom(...Object.keys(LIST_FACTS));
const textLeaf = fc
  .tuple(textFact, equality, fc.nat(1))
  .map(([fact, operator, n]) => ({ fact, operator, value: TEXT_FACTS[fact]?.[n] }));
const oneOf = fc.tuple(textFact, membership, fc.nat(2)).map(([fact, operator, n]) => {
  const words = TEXT_FACTS[fact] ?? [];
  return { fact, operator, value: n === 2 ? words : words.slice(n, n + 1) };
});
const oneOfFact = fc
  .tuple(textFact, membership, listFact)
  .map(([fact, operator, list]) => ({ fact, operator, value: { fact: list } }));
const holds = fc
  .tuple(listFact, containment, fc.nat(1))
  .map(([fact, operator, n]) => ({ fact, operator, value: LIST_FACTS[fact]?.[n] }));
const entry = fc
  .tuple(listFact, equality, fc.nat(1), fc.nat(1))
  .map(([fact, operator, at, n]) => ({ fact, path: `$[${at}]`, operator, value: LIST_FACTS[fact]?.[n] }));
const truth = fc
  .tuple(fc.constantFrom('device.compliant', 'accessToken.verified', 'trained'), equality, fc.boolean())
  .map(([fact, operator, value]) => ({ fact, operator, value }));
const amount = fc
  .tuple(fc.oneof(order, equality), fc.constantFrom(0, -0, 99.5, 100, { fact: 'limit_value' }))
  .map(([operator, value]) => ({ fact: 'job_value', operator, value }));

const leaf = fc.oneof(textLeaf, oneOf, oneOfFact, holds, entry, truth, amount);

/** A condition whose root is a group or a reference. */
export const condition: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown; root: unknown }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' }, { weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: tie('root') }),
  root: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom({ condition: 'onDuty' }, { condition: 'ready' }),
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).root;
