/** Every single change of a policy document that a mistake could make: the operators of mutation. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import { pointerTo } from '../json-pointer.ts';
import { formatDuration, parseDuration } from '../time/duration.ts';

/** What each operator does, in words for people. */
export const OPERATORS = {
  halved: 'a limit, a warning, a margin or a number in a condition is half as long or half as many',
  doubled: 'a limit, a warning, a margin or a number in a condition is twice as long or twice as many',
  removed: 'a constraint, a branch, a window, a trigger, a warning or an optional demand is missing',
  word: 'a word from a fixed list is another one: ages, states, levels, access, offline, what a state leaves open',
  group:
    '`allOf` becomes `anyOf`, `all` becomes `any`, `rolesAll` and `amrAll` become `rolesAny` and `amrAny`, and the other way round; a `not` is gone',
  operator: 'a condition compares the other way',
  value: 'a condition compares with another text, word or truth value, or with 1 instead of 0',
  element: 'a list lacks an element: a role, a method, a day, a date, a value; or its only element is another',
  hour: 'a window opens or closes an hour later',
  day: 'an exception from a schedule begins or ends a day later',
  tier: 'a capability stands in the tier next to its own',
} as const;

export type OperatorName = keyof typeof OPERATORS;

/** One change: the value at `path` becomes `now`, or is gone when `now` is undefined. */
export interface Edit {
  readonly operator: OperatorName;
  /** JSON Pointer in the document. */
  readonly path: string;
  readonly was: unknown;
  readonly now?: unknown;
}

type Members = Readonly<Record<string, unknown>>;
type Found = Omit<Edit, 'path' | 'was'>;

const DURATIONS = new Set(['limit', 'maxAge', 'maxIdle', 'acceptDeviceUnlock', 'after', 'tolerance', 'expiryMargin']);
const COUNTS = new Set(['limit', 'failedStepUps']);
/** Texts, names and declarations: what they say decides nothing. */
const PASSED_OVER = new Set(['$schema', 'language', 'id', 'version', 'title', 'description', 'facts', 'notes', 'name']);
/** Lists whose elements are demands, branches, windows, triggers and warnings. */
const LISTS = new Set(['guards', 'require', 'of', 'windows', 'except', 'when', 'warn', 'all', 'any']);
const NAMES = new Set(['rolesAny', 'rolesAll', 'scopesAll', 'acrAny']);
const METHODS = new Set(['amrAny', 'amrAll']);
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Lists that may be read the other way. */
const READ_AS: Readonly<Record<string, string>> = {
  all: 'any',
  any: 'all',
  amrAll: 'amrAny',
  amrAny: 'amrAll',
  rolesAll: 'rolesAny',
  rolesAny: 'rolesAll',
};
const OPTIONAL = new Set([
  'amrAny',
  'amrAll',
  'token',
  'storageAtLeast',
  'integrity',
  'binding',
  'compliant',
  'acceptDeviceUnlock',
  'offline',
]);

const WORDS: Readonly<Record<string, readonly string[]>> = {
  token: ['fresh', 'unexpired'],
  storageAtLeast: ['plain', 'encrypted', 'os', 'hardware'],
  onMissing: ['deny', 'readOnly'],
  atMost: ['LOW', 'MEDIUM'],
  access: ['read', 'write'],
  offline: ['enqueue', 'forbid'],
  sensitivity: ['public', 'internal', 'confidential', 'restricted'],
  present: ['banner', 'blocking', 'toast'],
  mode: ['soft', 'hard'],
  pending: ['block', 'keepSealed', 'discard'],
  method: ['cryptoShred', 'delete'],
};
const AGES = ['serverConfirmation', 'authTime', 'permissionSnapshot', 'policyIssue', 'activity'];
const IS: Readonly<Record<string, readonly string[]>> = {
  clock: ['trusted', 'proven'],
  token: ['unexpired', 'refreshable'],
};
const OPENINGS = ['full', 'readOnly', 'locked'];

const OPPOSITES: Readonly<Record<string, string>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
};

/** Every edit of a document, in document order. Some make it invalid; whoever applies them finds out. */
export function editsOf(document: object): readonly Edit[] {
  return editsIn(document, '', '', {});
}

function editsIn(value: unknown, path: string, key: string, parent: Members): readonly Edit[] {
  const here = changesOf(value, key, parent, path).map((found) => ({ ...found, path, was: value }));
  if (Array.isArray(value)) return [...here, ...itemEdits(value, path, key, parent)];
  if (typeof value !== 'object' || value === null) return here;
  const members = value as Members;
  return [
    ...here,
    ...Object.entries(members).flatMap(([name, member]) =>
      PASSED_OVER.has(name) ? [] : editsIn(member, pointerTo(path, name), name, members),
    ),
  ];
}

function itemEdits(list: readonly unknown[], path: string, key: string, parent: Members): readonly Edit[] {
  return list.flatMap((item, index) => {
    const at = pointerTo(path, index);
    const own = itemChanges(list, item, key, parent).map((found) => ({ ...found, path: at, was: item }));
    const isObject = typeof item === 'object' && item !== null;
    return isObject ? [...own, ...editsIn(item, at, '', {})] : own;
  });
}

function itemChanges(list: readonly unknown[], item: unknown, key: string, parent: Members): readonly Found[] {
  if (typeof item === 'object') return LISTS.has(key) || isLevel(key) ? [{ operator: 'removed' }] : [];
  if (list.length > 1 || key === 'obligations' || key === 'except') return [{ operator: 'element' }];
  return othersFor(item, key, parent).map((now) => ({ operator: 'element', now }));
}

/** What could stand in a list instead of its only element. */
function othersFor(item: unknown, key: string, parent: Members): readonly unknown[] {
  if (key === 'value') return literalsBeside(item, parent['fact']).slice(0, 1);
  if (key === 'days') return [DAYS[(DAYS.indexOf(String(item)) + 1) % DAYS.length]];
  if (METHODS.has(key)) return [item === 'otp' ? 'sms' : 'otp'];
  return NAMES.has(key) ? [`not-${String(item)}`] : [];
}

function isLevel(key: string): boolean {
  return WORDS['sensitivity']?.includes(key) ?? false;
}

function changesOf(value: unknown, key: string, parent: Members, path: string): readonly Found[] {
  // What a server-bound capability does not say of being offline is that it is forbidden, which is another word.
  const implied = key === 'offline' && parent['serverBound'] === true;
  const optional = (OPTIONAL.has(key) && !implied) || (key === 'maxAge' && parent['kind'] === 'grant');
  const gone: readonly Found[] = optional ? [{ operator: 'removed' }] : [];
  return [...gone, ...scalarChanges(value, key, parent, path), ...groupChanges(value)];
}

function scalarChanges(value: unknown, key: string, parent: Members, path: string): readonly Found[] {
  if (key === 'value' && typeof parent['fact'] === 'string') return literalChanges(value, parent['fact']);
  if (typeof value === 'number') return COUNTS.has(key) ? scaled(value) : [];
  if (key === 'serverBound' || key === 'surviveReboot') return [{ operator: 'word', now: value !== true }];
  if (typeof value !== 'string') return [];
  if (DURATIONS.has(key)) return lengthChanges(value);
  if (key === 'start' || key === 'end') return [{ operator: 'hour', now: anHourLater(value) }];
  if ((key === 'from' || key === 'to') && DATE.test(value)) return [{ operator: 'day', now: aDayLater(value) }];
  if (key === 'operator') return operatorChanges(value, parent['value']);
  if (key === 'kind' && (value === 'allOf' || value === 'anyOf'))
    return isOne(parent['of']) ? [] : [{ operator: 'group', now: value === 'allOf' ? 'anyOf' : 'allOf' }];
  return wordsFor(value, key, parent, path)
    .filter((word) => word !== value)
    .map((now) => ({ operator: 'word', now }) as const);
}

function wordsFor(value: string, key: string, parent: Members, path: string): readonly string[] {
  if (key === 'of') return AGES;
  if (key === 'is') return IS[String(parent['kind'])] ?? [];
  if (/^\/onState\/[^/]+\/tiers\/[^/]+$/.test(path)) return OPENINGS;
  if (path === '/mode') return ['enforce', 'report_only'];
  if (key === 'token' && parent['kind'] !== 'online') return [];
  return WORDS[key]?.includes(value) === true ? WORDS[key] : [];
}

function operatorChanges(operator: string, value: unknown): readonly Found[] {
  // Another truth value says the same as the opposite operator.
  return typeof value === 'boolean' ? [] : [{ operator: 'operator', now: OPPOSITES[operator] ?? operator }];
}

function literalChanges(value: unknown, fact: string): readonly Found[] {
  if (typeof value === 'number' && value !== 0)
    return [
      { operator: 'halved', now: Number.isInteger(value) ? Math.trunc(value / 2) : value / 2 },
      { operator: 'doubled', now: value * 2 },
    ];
  return literalsBeside(value, fact).map((now) => ({ operator: 'value', now }));
}

/** Other literals that a fact can be compared with; none for what is no literal. */
function literalsBeside(value: unknown, fact: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value !== 'string') return [];
  const words =
    typeof fact === 'string' && Object.hasOwn(BUILT_IN_FACTS, fact) ? BUILT_IN_FACTS[fact]?.words : undefined;
  return words === undefined ? [`not-${value}`] : words.filter((word) => word !== value);
}

function groupChanges(value: unknown): readonly Found[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const members = value as Members;
  const other = Object.entries(members).flatMap(([key, list]): readonly Found[] => {
    const read = READ_AS[key];
    const fixed = key === 'amrAll' && members['kind'] === 'assurance';
    if (read === undefined || fixed || !Array.isArray(list) || isOne(list)) return [];
    const rest = Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
    return [{ operator: 'group', now: { ...rest, [read]: list } }];
  });
  return typeof members['not'] === 'object' ? [...other, { operator: 'group', now: members['not'] }] : other;
}

function isOne(list: unknown): boolean {
  return Array.isArray(list) && list.length === 1;
}

function scaled(count: number): readonly Found[] {
  return [
    { operator: 'halved', now: Math.max(1, Math.floor(count / 2)) },
    { operator: 'doubled', now: count * 2 },
  ];
}

function lengthChanges(text: string): readonly Found[] {
  const length = parseDuration(text);
  if (typeof length !== 'number') return [];
  return [
    { operator: 'halved', now: formatDuration(Math.max(1, Math.floor(length / 2))) },
    { operator: 'doubled', now: formatDuration(length * 2) },
  ];
}

function anHourLater(time: string): string {
  const hour = (Number(time.slice(0, 2)) + 1) % 24;
  return `${String(hour).padStart(2, '0')}${time.slice(2)}`;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function aDayLater(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

/** The tiers beside each capability's own. */
export function tierEdits(document: {
  readonly tiers: readonly { readonly id: string }[];
  readonly capabilities: readonly { readonly tier: string }[];
}): readonly Edit[] {
  const ids = document.tiers.map(({ id }) => id);
  return document.capabilities.flatMap(({ tier }, index) =>
    [ids[ids.indexOf(tier) - 1], ids[ids.indexOf(tier) + 1]].flatMap((now): readonly Edit[] =>
      now === undefined ? [] : [{ operator: 'tier', path: `/capabilities/${String(index)}/tier`, was: tier, now }],
    ),
  );
}
