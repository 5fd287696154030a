/** What else could happen in a preset: the turns that bring out rules which no preset by itself depends on. */
import type { Condition, ConditionLeaf, FactType, Policy } from '../policy.ts';
import { RISK_LEVELS, STORAGE, type Milliseconds } from '../request.ts';
import { parseDuration } from '../time/duration.ts';
import type { Edit } from './mutate-edits.ts';
import { leavesOf, type Leaf } from './scope.ts';

/** An event as a timeline document has it, but for its time. */
export type Happening = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * `online`, `offline`: a moment of the preset at which the device is. Others are of a story that stays online: so long
 * after the last proof with which it begins, or before an hour of a schedule strikes, by its number.
 */
export type Moment = 'online' | 'offline' | { readonly after: Milliseconds } | { readonly hour: number };

/** A preset told a little differently. */
export interface Twist {
  readonly at: Moment;
  /** One after the other, a second apart. */
  readonly events: readonly Happening[];
  /** Members of the document that are others, such as the device. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Who the preset is about. */
export interface Person {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly proof: readonly string[];
  readonly session: Readonly<Record<string, unknown>>;
  readonly device: Readonly<Record<string, unknown>>;
  readonly idp: Readonly<Record<string, unknown>>;
}

/** Every turn that could matter to an edit: of one in a rule those around that rule, else those around every rule. */
export function twistsFor(policy: Policy, edit: Edit, person: Person): readonly Twist[] {
  const all = leavesOf(policy);
  const edited = all.filter(({ path }) => isIn(edit.path, path) || isIn(path, edit.path));
  const rules = edited.length > 0 ? edited : edit.path.startsWith('/conditions/') ? [] : all;
  const proofs = rules.some(({ kind }) => kind === 'stepUp') ? [...all.flatMap(methodsOf), 'otp', 'pwd'] : [];
  const asked = edited.length === 0 || edited.some(({ kind }) => kind === 'when');
  const leaves = asked ? conditionsIn(policy, all) : [];
  return [
    ...rules.flatMap((rule) => aroundRule(rule, person)),
    ...proofsBy([...new Set(proofs)].map((method) => [method])),
    ...leaves.flatMap((leaf) => aroundFact(leaf, person)),
    ...factsBeside(policy, leaves),
    ...STATES.map((event) => happens('online', event)),
    ...lengthsIn(edit.was).flatMap((length) => aroundLimit(length, person)),
  ];
}

/** Whether a pointer is that of the constraint or of something in it. */
export function isIn(pointer: string, constraint: string): boolean {
  return pointer === constraint || pointer.startsWith(`${constraint}/`);
}

/** A week of two windows a day opens and closes so often. */
const HOURS = Array.from({ length: 28 }, (_, index) => index);

const STATES: readonly Happening[] = [
  { type: 'token-refresh', result: 'invalid' },
  { type: 'token-refresh', result: 'transient' },
  { type: 'sign-out', mode: 'soft', cause: 'user' },
];

function aroundRule(rule: Leaf, person: Person): readonly Twist[] {
  switch (rule.kind) {
    case 'stepUp':
      return [happens('offline', { type: 'reboot' }), ...proofsBy(butOne(methodsOf(rule)))];
    case 'clock':
      return [
        happens('offline', { type: 'reboot' }),
        happens('online', REFRESH, OFFLINE, { type: 'reboot' }),
        happens('online', REFRESH, OFFLINE, { type: 'clock-change', delta: '-12h' }),
      ];
    case 'online':
    case 'token':
      return connectionsAround(person);
    case 'grant':
      return grantsAround(rule.rolesAny ?? rule.rolesAll ?? [], rule.scopesAll ?? [], person);
    case 'assurance':
      return [
        ...[...rule.acrAny, undefined].map((acr) =>
          happens('online', {
            type: 'assurance-level-change',
            change: 'decrease',
            ...(acr === undefined ? {} : { acr }),
          }),
        ),
        ...butOne(rule.amrAll ?? []).map((amr) => signIn('online', ['pwd', ...amr], person)),
      ];
    case 'device':
      return [happens('online', { type: 'device-compliance-change', compliant: false }), ...devicesBeside(person)];
    case 'schedule':
      return HOURS.map((hour) => signIn({ hour }, ['pwd'], person));
    case 'risk':
      return RISK_LEVELS.map((level) => happens('online', { type: 'risk-level-change', level }));
    default:
      return [];
  }
}

const REFRESH: Happening = { type: 'token-refresh', result: 'ok' };
const OFFLINE: Happening = { type: 'connectivity-change', to: 'offline' };

/** The network goes right after a sign-in, or the token that it brought runs out. */
function connectionsAround(person: Person): readonly Twist[] {
  const { at, events } = signIn('online', ['pwd'], person);
  const members = { idp: { ...person.idp, accessTokenLifetime: '4m' } };
  return [happens(at, ...events, OFFLINE), { at, events, members }];
}

function happens(at: Moment, ...events: readonly Happening[]): Twist {
  return { at, events };
}

function methodsOf(rule: Leaf): readonly string[] {
  return rule.kind === 'stepUp' ? (rule.amrAny ?? rule.amrAll ?? []) : [];
}

/** Proofs by those methods together; others made before are void. */
function proofsBy(sets: readonly (readonly string[])[]): readonly Twist[] {
  return (['online', 'offline'] as const).flatMap((at) =>
    sets.map((amr) => happens(at, { type: 'biometric-change' }, { type: 'step-up', result: 'ok', amr })),
  );
}

function grantsAround(roles: readonly string[], needed: readonly string[], person: Person): readonly Twist[] {
  const signed = { roles: person.roles, scopes: person.scopes, integrity: 'signed' };
  const others = [...roles.map((role) => [role]), ...butOne(roles)].map((each) => ({ ...signed, roles: each }));
  const fewer = butOne(needed).map((scopes) => ({ ...signed, scopes }));
  const snapshots = [...others, ...fewer, { ...signed, integrity: 'unsigned' }, { integrity: 'signed' }];
  return snapshots.map((snapshot) => happens('online', { type: 'permission-snapshot', ...snapshot }));
}

function devicesBeside({ device }: Person): readonly Twist[] {
  const others = [...STORAGE.map((storage) => ({ storage })), { binding: 'changed' }];
  return others.map((other) => ({ at: 'online', events: [], members: { device: { ...device, ...other } } }));
}

function signIn(at: Moment, amr: readonly string[], { proof }: Person): Twist {
  return happens(at, { type: 'session-established', amr }, { type: 'step-up', result: 'ok', amr: proof });
}

/** More combinations of facts than this nobody waits for. */
const MOST = 96;

/** Custom facts take other values: what they are compared with, neighbours of that, or none; alone, then together. */
function factsBeside({ facts }: Policy, leaves: readonly ConditionLeaf[]): readonly Twist[] {
  const values = Object.entries(facts).flatMap(
    ([name, { type }]): readonly (readonly [string, readonly unknown[]])[] => {
      const near = leaves
        .filter(({ fact }) => fact === name)
        .flatMap(({ value }) => literalsOf(value).flatMap((each) => nearTo(each, type)));
      return near.length === 0 ? [] : [[name, [...new Map(near.map((each) => [JSON.stringify(each), each])).values()]]];
    },
  );
  const alone = values.flatMap(([name, others]) => others.map((value): FactSet => ({ [name]: value })));
  const pairs = together(alone, alone);
  const sets = [...alone, ...pairs, ...together(pairs, alone)];
  return [
    ...sets.slice(0, MOST).map((set) => happens('online', { type: 'facts-change', set })),
    ...values.map(([name]) => happens('online', { type: 'facts-change', unset: [name] })),
  ];
}

type FactSet = Readonly<Record<string, unknown>>;

/** Each with each of the others that is about a later fact; nothing where there is more than enough already. */
function together(sets: readonly FactSet[], alone: readonly FactSet[]): readonly FactSet[] {
  if (sets.length > MOST) return [];
  const order = [...new Set(alone.flatMap((each) => Object.keys(each)))];
  const last = (set: FactSet): number => Math.max(...Object.keys(set).map((name) => order.indexOf(name)));
  return sets.flatMap((set) => alone.filter((each) => last(each) > last(set)).map((each) => ({ ...set, ...each })));
}

function literalsOf(value: ConditionLeaf['value']): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function nearTo(literal: unknown, type: FactType): readonly unknown[] {
  if (typeof literal === 'number') return [literal - 1, literal, literal + 1];
  if (typeof literal === 'boolean') return [true, false];
  if (typeof literal !== 'string') return [];
  return type === 'string[]' ? [[literal], []] : [literal, 'another'];
}

/** A built-in fact of a condition takes other values. */
function aroundFact({ fact, value }: ConditionLeaf, person: Person): readonly Twist[] {
  const texts = literalsOf(value).flatMap((each) => (typeof each === 'string' ? [each] : []));
  switch (fact) {
    case 'risk.level':
      return aroundRule({ kind: 'risk', atMost: 'LOW', path: '' }, person);
    case 'device.compliant':
    case 'device.storage':
    case 'device.binding':
      return aroundRule({ kind: 'device', path: '' }, person);
    case 'clock.state':
      return aroundRule({ kind: 'clock', is: 'proven', path: '' }, person);
    case 'permissions.roles':
    case 'permissions.integrity':
      return grantsAround([...texts, 'another'], [], person);
    case 'permissions.scopes':
      return grantsAround([], [...texts, 'another'], person);
    case 'session.acr':
      return aroundRule({ kind: 'assurance', acrAny: texts, path: '' }, person);
    case 'session.amr':
      return texts.map((method) => signIn('online', ['pwd', method], person));
    case 'session.iss':
    case 'session.sub':
    case 'session.tenant':
      return texts.map((text) => ({
        at: 'online',
        events: [],
        members: { session: { ...person.session, [fact.slice('session.'.length)]: text } },
      }));
    default:
      return [];
  }
}

/** Shortly before a limit, and before half of it, everything but what it limits is renewed. */
function aroundLimit(length: Milliseconds, { roles, scopes, proof }: Person): readonly Twist[] {
  const snapshot: Happening = { type: 'permission-snapshot', roles, scopes, integrity: 'signed' };
  const stepUp: Happening = { type: 'step-up', result: 'ok', amr: proof };
  const sets = [
    [REFRESH, snapshot, stepUp],
    [REFRESH, snapshot],
    [REFRESH, stepUp],
    [snapshot, stepUp],
  ];
  const before = Math.min(length / 8, 30 * 60_000);
  return [length, length / 2].flatMap((limit) =>
    sets.map((events) => happens({ after: Math.floor(limit - before) }, ...events)),
  );
}

/** Durations that an edited value says anywhere. */
function lengthsIn(was: unknown): readonly Milliseconds[] {
  if (typeof was === 'object' && was !== null) return Object.values(was).flatMap(lengthsIn);
  const length = typeof was === 'string' ? parseDuration(was) : undefined;
  return typeof length === 'number' ? [length] : [];
}

/** The list without its first, its second and so on; nothing for a list of one. */
function butOne(list: readonly string[]): readonly (readonly string[])[] {
  return list.length < 2 ? [] : list.map((_, index) => list.filter((__, other) => other !== index));
}

/** Every comparison of the document. */
export function conditionsIn({ conditions }: Policy, rules: readonly Leaf[]): readonly ConditionLeaf[] {
  const opened = (node: Condition): readonly ConditionLeaf[] => {
    if ('all' in node) return node.all.flatMap(opened);
    if ('any' in node) return node.any.flatMap(opened);
    if ('not' in node) return opened(node.not);
    return 'fact' in node ? [node] : [];
  };
  const roots = rules.flatMap((each) => (each.kind === 'when' ? [each.conditions] : []));
  return [...roots, ...Object.values(conditions)].flatMap(opened);
}
