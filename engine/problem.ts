/** A problem before it has a line: what the checks of a document give, whatever the document is. */
import type { DiagnosticCode, Severity } from './diagnostic.ts';

export interface Problem {
  readonly code: DiagnosticCode;
  /** Absent: an error. */
  readonly severity?: Severity;
  readonly pointer: string;
  /** Where to look: the value at the pointer (the default), its key, or a stretch of the text. */
  readonly at?: 'key' | { readonly offset: number; readonly length: number };
  readonly message: string;
  readonly help?: string;
}

const LONGEST_QUOTE = 60;

/** User input for a message: in backticks, on one line, shortened when long. */
export function quote(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `\`${JSON.stringify(short).slice(1, -1).replaceAll('\\"', '"').replaceAll('`', "'")}\``;
}

/** Any JSON value for a message: text without its quotes, lists and objects by name. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : quote(String(value));
}

/** `a`, `b` or `c`. */
export function listed(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  const quoted = words.map(quote);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}
