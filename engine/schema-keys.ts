/** Keys of an object that are missing, unknown or in each other's way. */
import { pointerTo } from './json-pointer.ts';
import { listed, quote, quoteValue, type Problem } from './problem.ts';
import type { SchemaError, SubSchema } from './schema-validator.ts';
import { didYouMean, nearest } from './suggest.ts';

/** More known keys or values than this are not listed in a help text. */
const MANY = 25;

/** The problems that one object's errors come to. */
export function keyProblems(errors: readonly SchemaError[]): readonly Problem[] {
  const meant = new Set<string>();
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const problems = unknown.map((error) => unknownKey(error, meant));
  for (const error of errors) {
    const problem = keyProblem(error, meant);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** `meant` are the keys that unknown ones were taken for: they are not also reported missing. */
function keyProblem(error: SchemaError, meant: ReadonlySet<string>): Problem | undefined {
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired': {
      const key = String(error.params['missingProperty']);
      return meant.has(key) ? undefined : missingKey(error, key);
    }
    case 'exactlyOne':
    case 'atLeastOne':
      return choice(error, error.keyword, meant);
    case 'notTogether':
    case 'not':
      return unwelcome(error);
    case 'discriminator':
      return wrongTag(error);
    default:
      return undefined;
  }
}

function unknownKey({ instancePath, params, parentSchema, data }: SchemaError, meant: Set<string>): Problem {
  const key = String(params['additionalProperty']);
  const known = Object.keys(parentSchema.properties ?? {});
  const word = nearest(key, known);
  if (word !== undefined) meant.add(word);
  const free = known.filter((name) => !hasKey(data, name));
  const help = word === undefined ? (parentSchema['x-help'] ?? otherKeys(free)) : meantKey(word, data);
  const pointer = pointerTo(instancePath, key);
  if (parentSchema['x-diagnostic'] === 'bad_id')
    return { code: 'bad_id', pointer, at: 'key', message: `${quote(key)} is not a valid name`, help };
  return { code: 'unknown_key', pointer, at: 'key', message: `unknown key ${quote(key)}`, help };
}

function otherKeys(free: readonly string[]): string {
  return free.length === 0 || free.length > MANY ? 'remove it' : `remove it, or use ${listed(free)}`;
}

function meantKey(word: string, data: unknown): string {
  return hasKey(data, word) ? `remove it: \`${word}\` is there already` : `did you mean \`${word}\`?`;
}

function missingKey({ instancePath, parentSchema, params }: SchemaError, key: string): Problem {
  const { property } = params;
  const beside = typeof property === 'string' ? ` beside ${quote(property)}` : '';
  const values = allowedBy(parentSchema.properties?.[key]);
  const help = values.length === 0 ? `add \`"${key}"\`` : `add \`"${key}"\` with ${listed(values)}`;
  return { code: 'missing_key', pointer: instancePath, message: `${quote(key)} is missing${beside}`, help };
}

function allowedBy(schema: SubSchema | undefined): readonly string[] {
  if (schema === undefined) return [];
  return (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map((value) => JSON.stringify(value));
}

/** Exactly one or at least one of some keys. */
function choice(
  { instancePath, parentSchema, data }: SchemaError,
  keyword: 'exactlyOne' | 'atLeastOne',
  meant: ReadonlySet<string>,
): Problem | undefined {
  const keys = parentSchema[keyword] ?? [];
  const present = keysOf(data).filter((key) => keys.includes(key));
  if (present.length > 1) return conflict(instancePath, present, `keep one of ${listed(keys)}`);
  if (keys.length === 0 || keys.some((key) => meant.has(key))) return undefined;
  const message = `one of ${listed(keys)} is missing`;
  const help =
    parentSchema['x-help'] ?? `add ${keyword === 'exactlyOne' ? 'exactly' : 'at least'} one of ${listed(keys)}`;
  return { code: 'missing_key', pointer: instancePath, message, help };
}

function conflict(parent: string, keys: readonly string[], help: string): Problem {
  const message = `${listed(keys, 'and')} cannot stand together`;
  return { code: 'conflicting_keys', pointer: pointerTo(parent, keys[1] ?? ''), at: 'key', message, help };
}

/** Keys that exclude each other, or one that something else excludes. */
function unwelcome({ instancePath, parentSchema, data }: SchemaError): Problem {
  const keys = parentSchema.notTogether ?? [];
  const present = keysOf(data).filter((key) => keys.includes(key));
  if (present.length > 1) return conflict(instancePath, present, `remove ${listed(present)}`);
  const message = `${quote(nameOf(instancePath))} does not belong here`;
  return {
    code: 'conflicting_keys',
    pointer: instancePath,
    at: 'key',
    message,
    help: parentSchema['x-help'] ?? 'remove it',
  };
}

/** The member that says what an object is: absent, not text, or not a word that is known. */
function wrongTag({ instancePath, params, parentSchema, data }: SchemaError): Problem {
  const tag = String(params['tag']);
  const tags = parentSchema['x-tags'] ?? [];
  const pointer = pointerTo(instancePath, tag);
  const value = params['tagValue'];
  const help = `use ${listed(tags)}`;
  if (typeof value === 'string') {
    const code = parentSchema['x-diagnostic'] ?? 'unknown_kind';
    return { code, pointer, message: `unknown ${tag} ${quote(value)}`, help: didYouMean(value, tags) ?? help };
  }
  if (value !== undefined)
    return { code: 'wrong_type', pointer, message: `${quote(tag)} must be text, not ${quoteValue(value)}`, help };
  const written = nearest(tag, keysOf(data));
  if (written === undefined)
    return {
      code: 'missing_key',
      pointer: instancePath,
      message: `${quote(tag)} is missing`,
      help: `add \`"${tag}"\`: ${help}`,
    };
  const place = pointerTo(instancePath, written);
  return {
    code: 'unknown_key',
    pointer: place,
    at: 'key',
    message: `unknown key ${quote(written)}`,
    help: `did you mean \`${tag}\`?`,
  };
}

function keysOf(data: unknown): readonly string[] {
  return typeof data === 'object' && data !== null ? Object.keys(data) : [];
}

function hasKey(data: unknown, key: string): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key);
}

function nameOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
