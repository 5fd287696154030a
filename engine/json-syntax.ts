/** What is wrong at a token that does not fit, and what to write there instead. */
import { TOKEN, TOKEN_ERROR, type JsonTokens } from './json-tokens.ts';
import { quote, type Problem } from './problem.ts';
import { didYouMean } from './suggest.ts';

/** What could have stood at the token. */
export type Expected = 'value' | 'key' | 'colon' | 'comma_or_brace' | 'comma_or_bracket' | 'end';

const WANTED: Readonly<Record<Expected, string>> = {
  value: 'a value',
  key: 'a key in double quotes',
  colon: 'a colon',
  comma_or_brace: 'a comma or `}`',
  comma_or_bracket: 'a comma or `]`',
  end: 'the end',
};

/** Words of other languages, with what JSON has for them. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['undefined', 'write `null`, or leave the key out'],
  ['none', 'write `null`, or leave the key out'],
  ['nil', 'write `null`, or leave the key out'],
  ['null', 'write `null`'],
  ['true', 'write `true`'],
  ['false', 'write `false`'],
  ['yes', 'write `true`'],
  ['no', 'write `false`'],
]);

function problem(tokens: JsonTokens, message: string, help: string | undefined): Problem {
  return { code: 'invalid_json', pointer: '', at: tokens.span, message, ...(help === undefined ? {} : { help }) };
}

const CUT_OFF = 'complete the document: its end is missing';

/** A token that does not fit where it stands. */
export function unexpected(tokens: JsonTokens, expected: Expected): Problem {
  if (tokens.kind === TOKEN.end) return endsEarly(tokens, expected);
  if (tokens.kind === TOKEN.unknown || tokens.error !== TOKEN_ERROR.none) return unreadable(tokens, expected);
  const number = tokens.previous.kind === TOKEN.number && tokens.kind === TOKEN.number;
  if (number && tokens.previous.span.offset + tokens.previous.span.length === tokens.span.offset)
    return problem(tokens, 'a number does not start with zero', `remove the zero`);
  if (expected === 'end')
    return problem(tokens, 'the document goes on after its end', 'keep one value, remove the rest');
  const help = tokens.kind === TOKEN.comma && expected !== 'colon' ? 'remove the comma' : HELP[expected];
  return problem(tokens, `${quote(tokens.content)} stands where ${WANTED[expected]} belongs`, help);
}

const HELP: Readonly<Record<Exclude<Expected, 'end'>, string>> = {
  value: 'write a value, such as `"text"`, `1`, `true` or `[]`',
  key: 'put the key in double quotes',
  colon: 'write `:` between the key and its value',
  comma_or_brace: 'put a comma between the members of an object',
  comma_or_bracket: 'put a comma between the elements of a list',
};

function endsEarly(tokens: JsonTokens, expected: Expected): Problem {
  if (tokens.previous.kind === TOKEN.end)
    return problem(tokens, 'the document is empty', 'write an object: `{` and `}` with its members between them');
  return problem(
    tokens,
    `the text ends where ${WANTED[expected]} belongs`,
    'complete the document: its end is missing',
  );
}

function unreadable(tokens: JsonTokens, expected: Expected): Problem {
  const found = tokens.kind === TOKEN.unknown ? wordAt(tokens) : tokens.content;
  if (tokens.kind === TOKEN.text) return badText(tokens);
  if (tokens.kind === TOKEN.number) return problem(tokens, `${quote(found)} is half a number`, 'complete the number');
  if (/^[+-]?(nan|infinity)$/i.test(found))
    return problem(tokens, `${quote(found)} is not a number in JSON`, 'write a finite number');
  if (/^["'‘’“”]/.test(found))
    return problem(tokens, `${quote(found)} has the wrong quotes`, 'put text in double quotes: `"`');
  if (/^[+.]\d/.test(found))
    return problem(tokens, `${quote(found)} is not a number in JSON`, 'start with a digit or `-`');
  if (expected === 'key' && /^[\w$-]+$/.test(found))
    return problem(tokens, `the key ${quote(found)} has no quotes`, `write \`"${found}"\``);
  return problem(tokens, `${visible(found)} is not part of JSON`, instead(found, tokens.previous.kind === TOKEN.end));
}

/** The whole word: a token may end after its sign. */
function wordAt({ text, span }: JsonTokens): string {
  const word = /^[^\s{}[\]",:/]+/.exec(text.slice(span.offset, span.offset + 100))?.[0];
  return word ?? text.slice(span.offset, span.offset + span.length);
}

function instead(found: string, first: boolean): string {
  if (first) return 'a document starts with `{`';
  if (found.startsWith('-')) return 'write a number after the `-`';
  const known = FOREIGN.get(found.toLowerCase()) ?? didYouMean(found, ['true', 'false', 'null']);
  return known ?? (/^[\w$-]+$/.test(found) ? 'put text in double quotes' : 'remove it');
}

function badText(tokens: JsonTokens): Problem {
  switch (tokens.error) {
    case TOKEN_ERROR.openText:
      if (tokens.span.offset + tokens.span.length >= tokens.text.length)
        return problem(tokens, 'the document ends in the middle of a text', CUT_OFF);
      return problem(
        tokens,
        'the text has no closing quote on its line',
        'close it with `"`; write a line break as `\\n`',
      );
    case TOKEN_ERROR.badUnicode:
      return problem(
        tokens,
        'the text has a `\\u` without four hexadecimal digits',
        'write `\\u` and four digits, or the character',
      );
    case TOKEN_ERROR.badEscape:
      return problem(tokens, 'the text has an escape that JSON does not know', 'write a backslash as `\\\\`');
    default:
      return problem(tokens, 'the text has a control character', 'write it as an escape, such as `\\t`');
  }
}

/** A character that nobody can see is named by its number. */
function visible(found: string): string {
  const point = found.codePointAt(0) ?? 0;
  const seen = /^[^\p{C}\p{Z}]/u.test(found);
  return seen ? quote(found) : `the character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
