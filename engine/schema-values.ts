/** Values of the wrong type, form or size. */
import type { DiagnosticCode } from './diagnostic.ts';
import { pointerKeys, pointerTo } from './json-pointer.ts';
import { listed, quote, quoteValue, type Problem } from './problem.ts';
import type { SchemaError } from './schema-validator.ts';
import { didYouMean } from './suggest.ts';
import { durationFault } from './time/duration-fault.ts';

/** What is looked at, the most telling first: a value of the wrong type is not also out of range. */
const TELLING: readonly string[] = [
  'type',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'false schema',
];

/** The problems that one value's errors come to: the most telling one, or every repetition in a list. */
export function valueProblems(errors: readonly SchemaError[]): readonly Problem[] {
  const repeated = errors.find(({ keyword }) => keyword === 'uniqueItems');
  const rank = ({ keyword }: SchemaError): number => TELLING.indexOf(keyword);
  const [first] = errors.filter((error) => rank(error) >= 0).sort((a, b) => rank(a) - rank(b));
  return [
    ...(first === undefined ? [] : [valueProblem(first)]),
    ...(repeated === undefined ? [] : repetitions(repeated)),
  ];
}

function repetitions({ instancePath, data }: SchemaError): readonly Problem[] {
  const seen = new Set<unknown>();
  return (data as readonly unknown[]).flatMap((item, i): readonly Problem[] => {
    if (!seen.has(item)) {
      seen.add(item);
      return [];
    }
    const message = `${quoteValue(item)} is here for the second time`;
    return [{ code: 'duplicate_value', pointer: pointerTo(instancePath, i), message, help: 'remove it' }];
  });
}

function valueProblem(error: SchemaError): Problem {
  const { instancePath: pointer, keyword, parentSchema } = error;
  const { code, message, help = parentSchema['x-help'] } = described(error, keyword);
  return { code, pointer, message, ...(help === undefined ? {} : { help }) };
}

interface Described {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string;
}

function described(error: SchemaError, keyword: string): Described {
  const { data, parentSchema } = error;
  const code = parentSchema['x-diagnostic'];
  switch (keyword) {
    case 'type':
      return code === 'bad_date' ? wrongForm(error, code) : wrongType(error);
    case 'minItems':
    case 'minProperties':
      return {
        code: code ?? 'empty_list',
        message: `${subject(error)} may not be empty`,
        help: parentSchema['x-help'] ?? 'add an element',
      };
    case 'maxItems':
    case 'maxProperties':
      return {
        code: 'cap_exceeded',
        message: `${subject(error)} has more than ${quoteValue(parentSchema[keyword])} elements`,
        help: 'remove some',
      };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return outOfRange(error, keyword);
    case 'enum':
      return notListed(error, parentSchema.enum ?? [], code ?? 'unknown_value');
    case 'const':
      return notListed(error, [parentSchema.const], code ?? 'unknown_value');
    case 'minLength':
      return data === ''
        ? { code: code ?? 'unknown_value', message: `${subject(error)} is empty`, help: 'write some text' }
        : wrongForm(error, code);
    default:
      return wrongForm(error, code);
  }
}

const FORMS: ReadonlyMap<DiagnosticCode, string> = new Map([
  ['bad_date', 'is not a date'],
  ['bad_id', 'is not a valid id'],
  ['bad_path', 'points at no element of a list'],
  ['bad_time', 'is not a time of day'],
]);

function wrongForm(error: SchemaError, code: DiagnosticCode = 'unknown_value'): Described {
  const { data, parentSchema } = error;
  if (code === 'bad_duration' && typeof data === 'string') {
    const { kind, message, help } = durationFault(data);
    const zero = kind === 'zero' ? parentSchema['x-zero'] : undefined;
    return { code, message: `${data === '' ? subject(error) : quote(data)} ${message}`, help: zero ?? help };
  }
  if (code === 'bad_time' && typeof data === 'string' && /^\d:[0-5]\d$/.test(data))
    return { code, message: `${quote(data)} is not a time of day`, help: `write \`"0${data}"\`` };
  const what = FORMS.get(code) ?? 'does not have the right form';
  return data === ''
    ? { code, message: `${subject(error)} is empty` }
    : { code, message: `${quoteValue(data)} ${what}` };
}

function notListed(error: SchemaError, allowed: readonly unknown[], code: DiagnosticCode): Described {
  const { data, parentSchema } = error;
  const words = allowed.filter((value) => typeof value === 'string');
  const suggestion = typeof data === 'string' ? didYouMean(data, words) : undefined;
  const help = suggestion ?? parentSchema['x-help'] ?? `use ${listed(allowed.map((value) => String(value)))}`;
  const message =
    code === 'unknown_amr'
      ? `${quoteValue(data)} is not an authentication method of RFC 8176`
      : `${quoteValue(data)} is not a value for ${place(error)}`;
  return { code, message, help };
}

type Bound = 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';

function outOfRange(error: SchemaError, keyword: Bound): Described {
  const limit = quoteValue(error.parentSchema[keyword]);
  const bound = {
    minimum: 'at least',
    maximum: 'at most',
    exclusiveMinimum: 'more than',
    exclusiveMaximum: 'less than',
  }[keyword];
  return {
    code: 'out_of_range',
    message: `${subject(error)} must be ${bound} ${limit}, not ${quoteValue(error.data)}`,
    help: `write a number that is ${bound} ${limit}`,
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
  null: '`null`',
};

function wrongType(error: SchemaError): Described {
  const { data, parentSchema } = error;
  const wanted = [parentSchema.type ?? []].flat();
  const names = wanted.map((type) => TYPE_NAMES[type] ?? type).join(' or ');
  const help = parentSchema['x-help'] ?? rewritten(data, wanted) ?? `write ${names}`;
  return { code: 'wrong_type', message: `${subject(error)} must be ${names}, not ${found(data)}`, help };
}

function found(data: unknown): string {
  if (typeof data === 'string') return 'text';
  return quoteValue(data);
}

/** The value as it stands, made into the type that is wanted, where that is plain. */
function rewritten(data: unknown, wanted: readonly string[]): string | undefined {
  if (wanted.includes('string') && (typeof data === 'number' || typeof data === 'boolean'))
    return `write \`"${data}"\``;
  if (wanted.includes('array') && typeof data === 'string') return `write ${quote(`["${data}"]`)}`;
  if (typeof data !== 'string') return undefined;
  if (wanted.includes('boolean') && /^(true|false)$/i.test(data))
    return `write \`${data.toLowerCase()}\` without quotes`;
  if (wanted.some((type) => type === 'integer' || type === 'number') && /^\d{1,15}$/.test(data))
    return `write \`${Number(data)}\` without quotes`;
  return undefined;
}

/** How a sentence about the value begins. */
function subject(error: SchemaError): string {
  const keys = pointerKeys(error.instancePath);
  const last = keys.at(-1);
  if (last === undefined) return 'the document';
  return /^\d+$/.test(last) ? `an element of ${quote(keys.at(-2) ?? '')}` : quote(last);
}

function place(error: SchemaError): string {
  const keys = pointerKeys(error.instancePath);
  return quote(keys.findLast((key) => !/^\d+$/.test(key)) ?? 'the document');
}
