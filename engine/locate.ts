/** From pointers and problems to lines and columns. */
import type { Diagnostic } from './diagnostic.ts';
import { follow, type Span } from './json-tree.ts';
import { parse, type Parsed } from './parse.ts';
import { lineStarts, placeAt, type Place } from './positions.ts';
import type { Problem } from './problem.ts';

/**
 * Where the value at a JSON Pointer stands. When the document does not reach that far, the innermost value on the
 * way that it does have; the start of the text when it has none. Never throws.
 */
export function locate(text: string, pointer: string): Place {
  const { root } = parse(text);
  const { offset, length } = root === undefined ? { offset: 0, length: 0 } : follow(root, pointer).node.span;
  return placeAt(lineStarts(text), offset, length);
}

/** The stretch of text that a diagnostic of this text is about: its key, its value, or the line's rest. Never throws. */
export function locateDiagnostic(text: string, diagnostic: Diagnostic): Place {
  const starts = lineStarts(text);
  const offset = Math.min((starts[diagnostic.line - 1] ?? text.length) + diagnostic.column - 1, text.length);
  const { root } = parse(text);
  const found = root && follow(root, diagnostic.pointer);
  const span = [found?.key, found?.node.span].find((candidate) => candidate?.offset === offset);
  return placeAt(starts, offset, span?.length ?? wordLength(text, offset));
}

function wordLength(text: string, offset: number): number {
  return /^(?:"(?:[^"\\\r\n]|\\.)*"?|[\w.+-]+|\S)?/.exec(text.slice(offset, offset + 1000))?.[0].length ?? 0;
}

/** Gives every problem its line and column. Sorted by position; of two that say the same only one is kept. */
export function diagnosticsOf(parsed: Parsed, problems: readonly Problem[]): readonly Diagnostic[] {
  const starts = lineStarts(parsed.text);
  const placed = problems.map((problem) => ({ problem, span: spanOf(parsed, problem) }));
  placed.sort((a, b) => a.span.offset - b.span.offset);
  const distinct = placed.filter((one, i) => !repeats(one, placed[i - 1]));
  return distinct.map(({ problem, span }) => diagnosticAt(problem, placeAt(starts, span.offset, span.length)));
}

interface PlacedProblem {
  readonly problem: Problem;
  readonly span: Span;
}

function repeats({ problem, span }: PlacedProblem, before: PlacedProblem | undefined): boolean {
  if (before === undefined || before.span.offset !== span.offset) return false;
  const { code, pointer, message } = before.problem;
  return code === problem.code && pointer === problem.pointer && message === problem.message;
}

function diagnosticAt(
  { code, severity = 'error', pointer, message, help }: Problem,
  { line, column }: Place,
): Diagnostic {
  return { code, severity, pointer, line, column, message, ...(help === undefined ? {} : { help }) };
}

function spanOf({ root }: Parsed, { pointer, at }: Problem): Span {
  if (typeof at === 'object') return at;
  if (root === undefined) return { offset: 0, length: 0 };
  const { node, key } = follow(root, pointer);
  return at === 'key' && key !== undefined ? key : node.span;
}
