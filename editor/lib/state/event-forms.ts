/** What an event can say, read off the timeline schema: the schema stays the one place that knows. */

export interface Field {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  readonly input: 'text' | 'number' | 'flag' | 'choice' | 'list' | 'capability' | 'json';
  /** Only for `choice`. */
  readonly choices: readonly string[];
}

export interface EventForm {
  readonly type: string;
  readonly description: string;
  readonly fields: readonly Field[];
}

/** Every event a timeline can have, by type. */
export type EventForms = ReadonlyMap<string, EventForm>;

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** The whole schema document. */
export interface TimelineSchema {
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** Written by other means than a field: the time has its own, an attempt’s expectation is pinned. */
const ELSEWHERE = new Set(['at', 'type', 'expect']);

export function eventForms({ $defs }: TimelineSchema): EventForms {
  const resolved = ({ $ref, ...rest }: Schema): Schema =>
    $ref === undefined ? rest : { ...resolved($defs[$ref.slice('#/$defs/'.length)] ?? {}), ...rest };
  const forms = ($defs['event']?.oneOf ?? []).map((reference): EventForm => {
    const { properties = {}, required = [], description = '' } = resolved(reference);
    const fields = Object.entries(properties)
      .filter(([name]) => !ELSEWHERE.has(name))
      .map(([name, schema]) => fieldOf(name, resolved(schema), required.includes(name)));
    return { type: properties['type']?.const ?? '', description, fields };
  });
  return new Map(forms.map((form) => [form.type, form]));
}

function fieldOf(name: string, { title, description, type, enum: choices, items }: Schema, required: boolean): Field {
  const input = inputOf(name, type, choices, items);
  return { name, title: title ?? name, description: description ?? '', required, input, choices: choices ?? [] };
}

function inputOf(
  name: string,
  type: Schema['type'],
  choices: Schema['enum'],
  items: Schema | undefined,
): Field['input'] {
  if (choices !== undefined) return 'choice';
  if (name === 'capability') return 'capability';
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array' && items?.type === 'string') return 'list';
  return type === 'string' ? 'text' : 'json';
}

/** Values that tell a story right away, where the first choice of the schema would not. */
const TELLING: Readonly<Record<string, unknown>> = {
  'session-established amr': ['pwd'],
  'connectivity-change to': 'offline',
  'token-refresh result': 'ok',
  'step-up result': 'ok',
  'step-up amr': ['fpt'],
  'permission-snapshot integrity': 'signed',
  'clock-change delta': '-1h',
  'device-compliance-change compliant': false,
  'risk-level-change level': 'HIGH',
  'time-zone-change to': 'Europe/London',
  'account-switch to': { sub: 'somebody-else' },
};

/** The members of a new event: what it must say, and nothing else. */
export function newEvent({ type, fields }: EventForm, capability: string, version: number): Record<string, unknown> {
  const required = fields.filter((field) => field.required);
  const values = required.map(({ name, input, choices }): [string, unknown] => {
    if (input === 'capability') return [name, capability];
    if (name === 'version') return [name, version];
    return [name, TELLING[`${type} ${name}`] ?? emptyOf(input, choices)];
  });
  // An attempt without a capability says nothing; that an executed command may go without one is its own choice.
  return { type, ...Object.fromEntries(values) };
}

function emptyOf(input: Field['input'], choices: readonly string[]): unknown {
  switch (input) {
    case 'choice':
      return choices[0] ?? '';
    case 'flag':
      return true;
    case 'number':
      return 1;
    case 'list':
      return [];
    default:
      return '';
  }
}

/** The value of what a person typed into a field; undefined for nothing, which takes the member out. */
export function readField(input: Field['input'], typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  if (input === 'list') return text.split(/[\s,]+/).filter((word) => word !== '');
  if (input === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (input === 'flag') return text === 'true';
  if (input !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A member as its field shows it. */
export function showField(input: Field['input'], value: unknown): string {
  if (value === undefined) return '';
  if (input === 'list' && Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
