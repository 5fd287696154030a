/** Rules one by one: what each is about, and what of it has no counterpart. */
import { quote, quoteValue, type Problem } from '../../problem.ts';
import { itemsOf, memberOf, membersOf, type Written } from '../../semantics/written.ts';
import { didYouMean } from '../../suggest.ts';
import { order } from './library-only.ts';

export interface RuleSet {
  /** Those that have conditions and an event of a type. */
  readonly rules: readonly Written[];
  readonly conditions: Written;
  readonly facts: Written;
  readonly problems: readonly Problem[];
}

/** All rules whose event has one type: it happens when one of them holds. */
export interface EventRules {
  /** The type as a capability's id. */
  readonly id: string;
  /** Pointer of the first rule's type. */
  readonly event: string;
  readonly rules: readonly { readonly rule: Written; readonly name: string | undefined }[];
  readonly problems: readonly Problem[];
}

const SET_KEYS = ['rules', 'conditions', 'facts'];
const RULE_KEYS = ['conditions', 'event', 'name', 'priority'];
const EVENT_KEYS = ['type', 'params'];

const HELP: Readonly<Record<string, string>> = {
  conditions: 'write what must hold: `"conditions": { "all": [ … ] }`',
  event: 'write what the rule lets happen: `"event": { "type": "report.view" }`',
  type: 'write what the rule lets happen: `"type": "report.view"`',
};

/** A list of rules, one rule, or an object with `rules`. */
export function readRules(source: Written): RuleSet {
  const isSet = memberOf(source, 'rules').value !== undefined;
  const isRule = !isSet && memberOf(source, 'event').value !== undefined;
  const list = isSet ? memberOf(source, 'rules') : source;
  const rules = isRule ? [source] : itemsOf(list);
  const shape = isRule || Array.isArray(list.value) ? [] : [notRules(list.pointer)];
  const nothing: Written = { value: undefined, pointer: source.pointer };
  return {
    rules: rules.filter(isUsable),
    conditions: isSet ? memberOf(source, 'conditions') : nothing,
    facts: isSet ? memberOf(source, 'facts') : nothing,
    problems: [...shape, ...(isSet ? unknownKeys(source, SET_KEYS) : []), ...rules.flatMap(ruleProblems)],
  };
}

function notRules(pointer: string): Problem {
  const help = 'pass a list of rules, or an object with `rules` and, where there are any, `conditions`';
  return { code: 'wrong_type', pointer, message: 'this is no list of rules', help };
}

function typeOf(rule: Written): Written {
  return memberOf(memberOf(rule, 'event'), 'type');
}

function isUsable(rule: Written): boolean {
  return memberOf(rule, 'conditions').value !== undefined && typeof typeOf(rule).value === 'string';
}

function ruleProblems(rule: Written): readonly Problem[] {
  const event = memberOf(rule, 'event');
  const type = typeOf(rule);
  const missing = (key: string, at: Written): Problem => {
    return { code: 'missing_key', pointer: at.pointer, message: `${quote(key)} is missing`, help: HELP[key] ?? '' };
  };
  if (typeof rule.value !== 'object' || rule.value === null || Array.isArray(rule.value))
    return [
      { code: 'wrong_type', pointer: rule.pointer, message: `a rule is an object, not ${quoteValue(rule.value)}` },
    ];
  return [
    ...unknownKeys(rule, RULE_KEYS),
    ...order(rule),
    ...(memberOf(rule, 'conditions').value === undefined ? [missing('conditions', rule)] : []),
    ...(event.value === undefined ? [missing('event', rule)] : []),
    ...(event.value !== undefined && type.value === undefined ? [missing('type', event)] : []),
    ...(type.value === undefined || typeof type.value === 'string' ? [] : [notText(type, 'type of an event')]),
    ...unknownKeys(event, EVENT_KEYS),
    ...parameters(memberOf(event, 'params')),
    ...nameProblems(memberOf(rule, 'name')),
  ];
}

function notText({ value, pointer }: Written, what: string): Problem {
  return { code: 'wrong_type', pointer, message: `the ${what} is text, not ${quoteValue(value)}` };
}

function nameProblems(name: Written): readonly Problem[] {
  return name.value === undefined || typeof name.value === 'string' ? [] : [notText(name, 'name of a rule')];
}

function unknownKeys(written: Written, known: readonly string[]): readonly Problem[] {
  return membersOf(written).flatMap(({ key, pointer }): readonly Problem[] => {
    if (known.includes(key)) return [];
    const help = didYouMean(key, known) ?? 'remove it, or do in the app what it stood for';
    return [{ code: 'unknown_key', pointer, at: 'key', message: `${quote(key)} has no counterpart here`, help }];
  });
}

function parameters({ value, pointer }: Written): readonly Problem[] {
  if (value === undefined) return [];
  const message = 'parameters of an event are left out: a decision says yes or no, and why';
  const help = 'let the app keep them by the id of the capability';
  return [{ code: 'unknown_key', severity: 'warning', pointer, message, help }];
}

/** In order of first appearance. */
export function groupByEvent(rules: readonly Written[]): readonly EventRules[] {
  const byType = new Map<string, Written[]>();
  for (const rule of rules) {
    const type = String(typeOf(rule).value);
    byType.set(type, [...(byType.get(type) ?? []), rule]);
  }
  const ids = new Map<string, string>();
  return [...byType].map(([type, of]) => {
    const id = idOf(type);
    const taken = ids.get(id);
    ids.set(id, type);
    const event = of[0] === undefined ? '' : typeOf(of[0]).pointer;
    return {
      id,
      event,
      rules: of.map((rule) => ({ rule, name: nameOf(rule) })),
      problems: renamed(type, id, event, taken),
    };
  });
}

function nameOf(rule: Written): string | undefined {
  const { value } = memberOf(rule, 'name');
  return typeof value === 'string' ? value : undefined;
}

/** `fouledOut` → `fouled_out`: the nearest text that may be the id of a capability; may be none. */
function idOf(type: string): string {
  return type
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._:-]+/g, '_')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 128);
}

function renamed(type: string, id: string, pointer: string, taken: string | undefined): readonly Problem[] {
  const problem = { pointer, message: `${quote(type)} cannot be the id of a capability` };
  if (id === '') return [{ ...problem, code: 'bad_id', help: 'give the event a name of letters and digits' }];
  if (taken !== undefined) {
    const message = `${quote(type)} and ${quote(taken)} would both be the capability ${quote(id)}`;
    return [{ code: 'duplicate_id', pointer, message, help: 'rename one of the events' }];
  }
  if (id === type) return [];
  return [{ ...problem, code: 'bad_id', severity: 'warning', help: `ask for ${quote(id)}, which it has become` }];
}
