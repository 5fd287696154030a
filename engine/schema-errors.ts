/**
 * What the generated validators find, in our words. Knows JSON Schema and no document. Schemas help it with
 * `x-diagnostic` (the code for a value of the wrong form), `x-help` (what to write) and `x-zero` (what to write
 * instead of a zero duration); the generator adds `x-tags` (the names of a discriminated `oneOf`).
 */
import type { Problem } from './problem.ts';
import { keyProblems } from './schema-keys.ts';
import type { SchemaError, Validator } from './schema-validator.ts';
import { valueProblems } from './schema-values.ts';

export type { Validator } from './schema-validator.ts';

/** Everything wrong with the shape of a value: one problem a slip, in no particular order. Never throws. */
export function shapeProblems(validator: Validator, value: unknown): readonly Problem[] {
  if (validator(value)) return [];
  return [...byPlace(validator.errors ?? []).values()].flatMap((errors) => [
    ...keyProblems(errors),
    ...valueProblems(errors),
  ]);
}

function byPlace(errors: readonly SchemaError[]): ReadonlyMap<string, readonly SchemaError[]> {
  const places = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const place = places.get(error.instancePath);
    if (place === undefined) places.set(error.instancePath, [error]);
    else place.push(error);
  }
  return places;
}
