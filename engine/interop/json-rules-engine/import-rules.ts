/** Rules of json-rules-engine → a policy document that lets through what the rules' events stood for. */
import type { Diagnostic, Result } from '../../diagnostic.ts';
import type { CapabilityDocument, PolicyDocument } from '../../document.ts';
import { pointerTo } from '../../json-pointer.ts';
import { load } from '../../load.ts';
import { diagnosticsOf } from '../../locate.ts';
import type { Condition, FactDeclaration } from '../../policy.ts';
import type { Problem } from '../../problem.ts';
import { memberOf, membersOf, type Written } from '../../semantics/written.ts';
import { inferFacts, untyped } from './infer-facts.ts';
import { readJson } from './json-source.ts';
import { libraryOnly, nodesOf, withoutOrder } from './library-only.ts';
import { groupByEvent, readRules, type EventRules } from './read-rules.ts';

/** From a place in the made document to the place in the rules that it was made from. */
type Origins = ReadonlyMap<string, string>;

const TIER = 'imported';

interface Imported {
  readonly document: PolicyDocument;
  readonly origins: Origins;
  readonly problems: readonly Problem[];
}

/**
 * Makes a policy document of rules: JSON text, its bytes, or the value it stands for; a list of rules, or
 * `{ rules, conditions?, facts? }` with named conditions and the types of facts that no comparison shows.
 *
 * Each type of event becomes a capability, a write in the tier `imported`, open when one of its rules holds. What has no
 * counterpart is an error with its place; what changes no answer (priorities, parameters of events) a warning. Places
 * in a value are those of `JSON.stringify(value, null, 2)`. Never throws.
 */
export function importRules(source: unknown): Result<PolicyDocument> {
  const parsed = readJson(source);
  if (!parsed.complete || parsed.root === undefined)
    return { ok: false, diagnostics: diagnosticsOf(parsed, parsed.problems) };
  const { document, origins, problems } = documentOf({ value: parsed.root.value, pointer: '' });
  const found = [...parsed.problems, ...problems];
  const loaded = load(JSON.stringify(document));
  const ours = (loaded.ok ? loaded.warnings : loaded.diagnostics).map((each) => originally(each, origins));
  const spoken = new Set(found.filter(({ severity }) => severity !== 'warning').map(({ pointer }) => pointer));
  const diagnostics = diagnosticsOf(parsed, [...found, ...ours.filter(({ pointer }) => !spoken.has(pointer))]);
  if (!loaded.ok || diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, value: loaded.value.document, warnings: diagnostics };
}

function documentOf(source: Written): Imported {
  const origins = new Map([['', source.pointer]]);
  const { rules, conditions, facts, problems } = readRules(source);
  const groups = groupByEvent(rules);
  const roots = [...rules.map((rule) => memberOf(rule, 'conditions')), ...membersOf(conditions)];
  const nodes = roots.flatMap(nodesOf);
  const declared = declarations(nodes, facts, origins);
  origins.set('/conditions', conditions.pointer);
  const named = membersOf(conditions).map(({ key, value }) => [key, withoutOrder(value) as Condition] as const);
  return {
    document: {
      language: 1,
      id: TIER,
      version: 1,
      ...unlessEmpty('facts', declared.facts),
      ...unlessEmpty('conditions', Object.fromEntries(named)),
      tiers: [{ id: TIER, require: [] }],
      capabilities: groups.map((group, i) => capabilityOf(group, pointerTo('/capabilities', i), origins)),
    },
    origins,
    problems: [
      ...problems,
      ...groups.flatMap((group) => group.problems),
      ...nodes.flatMap(libraryOnly),
      ...declared.problems,
    ],
  };
}

function unlessEmpty<K extends string, V extends object>(key: K, value: V): { readonly [P in K]?: V } {
  return (Object.keys(value).length === 0 ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function declarations(
  nodes: readonly Written[],
  given: Written,
  origins: Map<string, string>,
): { readonly facts: Readonly<Record<string, FactDeclaration>>; readonly problems: readonly Problem[] } {
  origins.set('/facts', given.pointer);
  const written = membersOf(given).map(({ key, value }) => [key, value as FactDeclaration] as const);
  const inferred = [...inferFacts(nodes)].filter(([name]) => !written.some(([key]) => key === name));
  for (const [name, { pointer }] of inferred) origins.set(pointerTo('/facts', name), pointer);
  return {
    facts: Object.fromEntries([
      ...written,
      // One that nothing shows the type of is a problem already: any type keeps it from being one twice.
      ...inferred.map(([name, { type = 'string' }]) => [name, { type }] as const),
    ]),
    problems: inferred.flatMap(([name, fact]) => (fact.type === undefined ? [untyped(name, fact)] : [])),
  };
}

function capabilityOf(group: EventRules, pointer: string, origins: Map<string, string>): CapabilityDocument {
  const { id, event, rules } = group;
  const at = `${pointer}/require/0/conditions`;
  const [first] = rules;
  origins.set(pointer, first?.rule.pointer ?? '').set(`${pointer}/id`, event);
  const roots = rules.map(({ rule }) => memberOf(rule, 'conditions'));
  const single = roots.length === 1 ? roots[0] : undefined;
  if (single !== undefined) origins.set(at, single.pointer);
  else for (const [i, root] of roots.entries()) origins.set(`${at}/any/${i}`, root.pointer);
  const conditions =
    single === undefined
      ? { any: rules.map(({ rule, name }) => called(name, memberOf(rule, 'conditions').value)) }
      : (withoutOrder(single.value) as Condition);
  const title = single === undefined ? undefined : first?.name;
  return {
    id,
    ...(title === undefined ? {} : { title }),
    tier: TIER,
    access: 'write',
    require: [{ kind: 'when', conditions }],
  };
}

/** A rule's condition under the rule's name, where it has no name of its own. */
function called(name: string | undefined, conditions: unknown): Condition {
  const kept = withoutOrder(conditions);
  const nameable = name !== undefined && typeof kept === 'object' && kept !== null && !Array.isArray(kept);
  return (nameable ? { name, ...kept } : kept) as Condition;
}

/** A problem of the made document as one of the rules. */
function originally({ code, severity, pointer, message, help }: Diagnostic, origins: Origins): Problem {
  let known = pointer;
  while (!origins.has(known)) known = known.slice(0, known.lastIndexOf('/'));
  const place = `${origins.get(known) ?? ''}${pointer.slice(known.length)}`;
  return { code, severity, pointer: place, message, ...(help === undefined ? {} : { help }) };
}
