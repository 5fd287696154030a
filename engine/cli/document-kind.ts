/** What a JSON file is for, told from its top-level keys even where the rest of it does not parse. */

export type DocumentKind = 'policy' | 'timeline' | 'schema';

const JSON_SCHEMA = /^https?:\/\/json-schema\.org\//;

/** A timeline has a top-level `timeline`; a schema names a JSON Schema dialect; all else is taken for a policy. */
export function documentKindOf(text: string): DocumentKind {
  const members = topLevelMembers(text);
  if (members.has('timeline')) return 'timeline';
  return JSON_SCHEMA.test(members.get('$schema') ?? '') ? 'schema' : 'policy';
}

/** Keys of the root object as written, each with its value where that is a text and '' where it is not. */
function topLevelMembers(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let key: string | undefined;
  let last = '';
  // One pass without recursion: the text may be truncated, huge or nested beyond any stack.
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    else if (mark === '"') {
      const end = endOfString(text, at);
      last = text.slice(at + 1, end);
      at = end;
      if (depth === 1 && key !== undefined) members.set(key, last);
    } else if (depth === 1 && mark === ':') {
      key = last;
      members.set(key, '');
    } else if (depth === 1 && mark === ',') key = undefined;
  }
  return members;
}

/** Index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '"') return at;
    if (mark === '\\') at += 1;
  }
  return text.length;
}
