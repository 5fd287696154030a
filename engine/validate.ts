/** Everything wrong with a policy document, at once and in the order of the text. */
import type { Diagnostic } from './diagnostic.ts';
import { validatePolicy } from './generated/validate-policy.js';
import { diagnosticsOf } from './locate.ts';
import type { Parsed } from './parse.ts';
import type { Problem } from './problem.ts';
import { shapeProblems } from './schema-errors.ts';
import { meaningProblems } from './semantics/index.ts';

/** Errors and warnings; without an error the root's value is a `PolicyDocument`. Never throws. */
export function validate(parsed: Parsed): readonly Diagnostic[] {
  if (!parsed.complete || parsed.root === undefined) return diagnosticsOf(parsed, parsed.problems);
  const { value } = parsed.root;
  return diagnosticsOf(
    parsed,
    firstOfEach([parsed.problems, shapeProblems(validatePolicy, value), meaningProblems(value)]),
  );
}

/** A value that one stage objects to is not judged again by the next. */
function firstOfEach(stages: readonly (readonly Problem[])[]): readonly Problem[] {
  const spoilt = new Set<string>();
  return stages.flatMap((problems) => {
    const fresh = problems.filter(({ pointer }) => pointer === '' || !spoilt.has(pointer));
    for (const { pointer } of fresh) spoilt.add(pointer);
    return fresh;
  });
}
