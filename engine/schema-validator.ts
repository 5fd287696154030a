/** What a generated validator is, and the errors it leaves behind. */
import type { DiagnosticCode } from './diagnostic.ts';

/** A schema as far as messages are made from it. */
export interface SubSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  /** Keys of which there must be exactly one, at least one, or not all: the generator’s words for such `oneOf` and so on. */
  readonly exactlyOne?: readonly string[];
  readonly atLeastOne?: readonly string[];
  readonly notTogether?: readonly string[];
  readonly properties?: Readonly<Record<string, SubSchema | undefined>>;
  readonly 'x-diagnostic'?: DiagnosticCode;
  readonly 'x-help'?: string;
  readonly 'x-zero'?: string;
  readonly 'x-tags'?: readonly string[];
}

/** One error, with the schema and the data it is about. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  /** Only of keywords that say more than the schema does: which key, which tag. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema that the keyword stands in. */
  readonly parentSchema: SubSchema;
  readonly data?: unknown;
}

/** Says whether a value has the shape. The errors of the last call are on it. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
