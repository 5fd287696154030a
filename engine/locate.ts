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
  const placed = new Map<string, { readonly offset: number; readonly diagnostic: Diagnostic }>();
  for (const problem of problems) {
    const { offset, length } = spanOf(parsed, problem);
    const { line, column } = placeAt(starts, offset, length);
    const { code, severity = 'error', pointer, message, help } = problem;
    const diagnostic = { code, severity, pointer, line, column, message, ...(help === undefined ? {} : { help }) };
    placed.set(JSON.stringify([code, pointer, offset, message]), { offset, diagnostic });
  }
  return [...placed.values()].sort((a, b) => a.offset - b.offset).map(({ diagnostic }) => diagnostic);
}

function spanOf({ root }: Parsed, { pointer, at }: Problem): Span {
  if (typeof at === 'object') return at;
  if (root === undefined) return { offset: 0, length: 0 };
  const { node, key } = follow(root, pointer);
  return at === 'key' && key !== undefined ? key : node.span;
}
