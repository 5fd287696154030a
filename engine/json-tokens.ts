/** The tokens of JSON text, with comments reported and read past. */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Span } from './json-tree.ts';
import { BYTE_ORDER_MARK } from './positions.ts';
import type { Problem } from './problem.ts';

/** The scanner's token numbers: the package declares them as a const enum, which isolated modules cannot read. */
export const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  text: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

/** The scanner's error numbers, likewise. */
export const TOKEN_ERROR = {
  none: 0,
  openComment: 1,
  openText: 2,
  openNumber: 3,
  badUnicode: 4,
  badEscape: 5,
  badCharacter: 6,
} as const;

export class JsonTokens {
  readonly text: string;
  kind: number = TOKEN.end;
  span: Span = { offset: 0, length: 0 };
  /** The token before this one, comments and white space aside. */
  previous: { readonly kind: number; readonly span: Span } = { kind: TOKEN.end, span: this.span };
  readonly #scanner: JSONScanner;
  readonly #report: (problem: Problem) => void;

  /** Stands on the first token. */
  constructor(text: string, report: (problem: Problem) => void) {
    this.text = text;
    this.#report = report;
    // A space for the mark keeps every offset where it is in the text as given.
    this.#scanner = createScanner(text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text);
    this.advance();
  }

  /** One of `TOKEN_ERROR`, about the current token. */
  get error(): number {
    return this.#scanner.getTokenError();
  }

  /** The content of a text, without quotes and escapes; any other token as it stands. */
  get content(): string {
    return this.kind === TOKEN.text
      ? this.#scanner.getTokenValue()
      : this.text.slice(this.span.offset, this.span.offset + this.span.length);
  }

  advance(): void {
    this.previous = { kind: this.kind, span: this.span };
    for (;;) {
      const kind = this.#scanner.scan();
      if (kind === TOKEN.space || kind === TOKEN.lineBreak) continue;
      this.kind = kind;
      const offset = this.#scanner.getTokenOffset();
      this.span = { offset, length: Math.min(this.#scanner.getTokenLength(), this.text.length - offset) };
      if (kind !== TOKEN.lineComment && kind !== TOKEN.blockComment) return;
      this.#report({
        code: 'invalid_json',
        pointer: '',
        at: this.span,
        message: 'comments are not part of JSON',
        help: 'remove it, or put it in a `description`',
      });
    }
  }
}
