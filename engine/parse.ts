/**
 * JSON text to a tree with positions: strict JSON, every duplicate key found, nothing through which a prototype
 * could be reached. Comments and trailing commas are reported and read past; any other slip ends the reading.
 */
import { pointerTo } from './json-pointer.ts';
import { unexpected, type Expected } from './json-syntax.ts';
import { JsonTokens, TOKEN, TOKEN_ERROR } from './json-tokens.ts';
import type { Span, TreeMember, TreeNode } from './json-tree.ts';
import { quote, type Problem } from './problem.ts';
import { decodeUtf8, loneSurrogateIn, utf8Length } from './utf8.ts';

/** The largest document, in bytes of UTF-8. */
const LARGEST = 1024 * 1024;
/** Deeper than any valid document, and shallow enough to walk without care. */
const DEEPEST = 128;
const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export interface Parsed {
  readonly text: string;
  /** What could be read; absent when nothing could. */
  readonly root?: TreeNode;
  /** False when the reading ended early: then nothing more can be said of the document. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
}

/** Reads a document of any kind. Never throws, whatever it is given. A byte order mark is read past. */
export function parse(source: string | Uint8Array): Parsed {
  if (typeof source === 'string') return utf8Length(source) > LARGEST ? tooLarge(source) : parseText(source);
  if (!ArrayBuffer.isView(source)) return neither();
  if (source.length > LARGEST) return tooLarge('');
  const { text, valid } = decodeUtf8(source);
  return valid ? parseText(text) : notText(text);
}

function failed(text: string, problem: Omit<Problem, 'pointer'>): Parsed {
  return { text, complete: false, problems: [{ pointer: '', at: { offset: 0, length: 0 }, ...problem }] };
}

function tooLarge(text: string): Parsed {
  const help = 'a document may have 1,048,576 bytes: leave out what is not needed';
  return failed(text, { code: 'cap_exceeded', message: 'the document is larger than 1 MiB', help });
}

function neither(): Parsed {
  const help = 'hand over the text of the document, not what JSON.parse made of it';
  return failed('', { code: 'invalid_json', message: 'what was given is neither text nor bytes', help });
}

function notText(readable: string): Parsed {
  const at = { offset: readable.length, length: 0 };
  const help = 'save the file as UTF-8 text';
  return failed(readable, { code: 'invalid_json', at, message: 'the file is not UTF-8 text', help });
}

function parseText(text: string): Parsed {
  const lone = loneSurrogateIn(text);
  if (lone < 0) return new Reader(text).read();
  const at = { offset: lone, length: 1 };
  const message = 'half of a surrogate pair stands alone';
  return failed(text, { code: 'invalid_json', at, message, help: 'write the whole character' });
}

class Reader {
  readonly #tokens: JsonTokens;
  readonly #problems: Problem[] = [];
  #ended = false;

  constructor(text: string) {
    this.#tokens = new JsonTokens(text, (problem) => this.#problems.push(problem));
  }

  read(): Parsed {
    const root = this.#value('', 1);
    if (!this.#ended && !this.#at(TOKEN.end)) this.#unexpected('end');
    return { text: this.#tokens.text, ...(root && { root }), complete: !this.#ended, problems: this.#problems };
  }

  #at(kind: number): boolean {
    return this.#tokens.kind === kind;
  }

  #end(problem: Problem): void {
    this.#ended = true;
    this.#problems.push(problem);
  }

  #unexpected(expected: Expected): void {
    this.#end(unexpected(this.#tokens, expected));
  }

  /** The value that starts at the current token, however far it could be read. */
  #value(pointer: string, depth: number): TreeNode | undefined {
    const tokens = this.#tokens;
    if (tokens.error !== TOKEN_ERROR.none) return void this.#unexpected('value');
    switch (tokens.kind) {
      case TOKEN.openBrace:
      case TOKEN.openBracket:
        if (depth > DEEPEST) return void this.#tooDeep();
        return tokens.kind === TOKEN.openBrace ? this.#object(pointer, depth) : this.#list(pointer, depth);
      case TOKEN.text:
        return this.#text(pointer);
      case TOKEN.number:
        return this.#number(pointer);
      case TOKEN.true:
      case TOKEN.false:
        return this.#scalar(tokens.kind === TOKEN.true);
      case TOKEN.null:
        return this.#scalar(null);
      default:
        return void this.#unexpected('value');
    }
  }

  #tooDeep(): void {
    const message = `lists and objects are nested more than ${DEEPEST} deep`;
    const help = 'flatten the document: constraint groups may be nested 16 deep';
    this.#end({ code: 'cap_exceeded', pointer: '', at: this.#tokens.span, message, help });
  }

  #scalar(value: unknown): TreeNode {
    const { span } = this.#tokens;
    this.#tokens.advance();
    return { span, value };
  }

  #text(pointer: string): TreeNode {
    const { content, span } = this.#tokens;
    if (loneSurrogateIn(content) >= 0)
      this.#problems.push({
        code: 'invalid_json',
        pointer,
        at: span,
        message: 'the text has an escape for half of a surrogate pair',
        help: 'write both halves, or the character itself',
      });
    return this.#scalar(content);
  }

  #number(pointer: string): TreeNode {
    const { content, span } = this.#tokens;
    const value = Number(content);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
      this.#problems.push({
        code: 'unsafe_integer',
        pointer,
        at: span,
        message: `${quote(content)} is too large to be kept exactly`,
        help: 'write at most 9007199254740991',
      });
    return this.#scalar(value);
  }

  #object(pointer: string, depth: number): TreeNode {
    const { offset } = this.#tokens.span;
    const members = new Map<string, TreeMember>();
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    this.#tokens.advance();
    while (!this.#ended && !this.#at(TOKEN.closeBrace)) {
      this.#member(pointer, depth, members, value);
      if (!this.#ended) this.#separator(TOKEN.closeBrace, 'comma_or_brace');
    }
    return { span: this.#close(offset), value, members };
  }

  #list(pointer: string, depth: number): TreeNode {
    const { offset } = this.#tokens.span;
    const items: TreeNode[] = [];
    this.#tokens.advance();
    while (!this.#ended && !this.#at(TOKEN.closeBracket)) {
      const item = this.#value(pointerTo(pointer, items.length), depth + 1);
      if (item) items.push(item);
      if (!this.#ended) this.#separator(TOKEN.closeBracket, 'comma_or_bracket');
    }
    return { span: this.#close(offset), value: items.map((item) => item.value), items };
  }

  #close(offset: number): Span {
    const { span } = this.#tokens;
    if (this.#ended) return { offset, length: span.offset - offset };
    this.#tokens.advance();
    return { offset, length: span.offset + span.length - offset };
  }

  #separator(close: number, expected: Expected): void {
    if (this.#at(close)) return;
    if (!this.#at(TOKEN.comma)) return this.#unexpected(expected);
    const comma = this.#tokens.span;
    this.#tokens.advance();
    if (!this.#at(close)) return;
    const message = 'a comma stands before the closing bracket';
    this.#problems.push({ code: 'invalid_json', pointer: '', at: comma, message, help: 'remove the comma' });
  }

  #member(parent: string, depth: number, members: Map<string, TreeMember>, value: Record<string, unknown>): void {
    const tokens = this.#tokens;
    if (tokens.kind !== TOKEN.text || tokens.error !== TOKEN_ERROR.none) return this.#unexpected('key');
    const name = tokens.content;
    const key = tokens.span;
    const pointer = pointerTo(parent, name);
    const forbidden = FORBIDDEN.includes(name);
    if (forbidden) this.#problems.push(forbiddenKey(name, pointer, key));
    else if (members.has(name)) this.#problems.push(duplicateKey(name, pointer, key));
    tokens.advance();
    if (!this.#at(TOKEN.colon)) return this.#unexpected('colon');
    tokens.advance();
    const node = this.#value(pointer, depth + 1);
    if (node === undefined) return;
    members.set(name, { key, node });
    if (!forbidden) value[name] = node.value;
  }
}

function forbiddenKey(name: string, pointer: string, at: Span): Problem {
  const message = `${quote(name)} may not be a key, because programs can mistake it for part of the language`;
  return { code: 'forbidden_key', pointer, at, message, help: 'choose another name' };
}

function duplicateKey(name: string, pointer: string, at: Span): Problem {
  const message = `the key ${quote(name)} is here for the second time`;
  return { code: 'duplicate_key', pointer, at, message, help: 'keep one of them' };
}
