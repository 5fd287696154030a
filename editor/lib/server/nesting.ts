/** As deep as the language reads a policy or a timeline; whatever is deeper could exhaust the stack of who reads it. */
const DEEPEST_DOCUMENT = 128;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const SLASH = '/'.charCodeAt(0);
const LINE_ENDS = /[\r\n]/g;
/** What closes what. */
const CLOSERS: ReadonlyMap<number, number> = new Map(
  ['{}', '[]'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

/** Whether a policy or a timeline, finished or not, is nested deeper than the language reads. */
export function tooDeepToRead(text: string): boolean {
  return isNestedDeeper(text, DEEPEST_DOCUMENT);
}

/**
 * Whether brackets are nested deeper than `most`, told without parsing. As lenient readers do, it passes over comments and
 * stray closers, and ends a string with its line, so that nothing deep hides behind what is no JSON.
 */
export function isNestedDeeper(text: string, most: number): boolean {
  const awaited: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const closer = CLOSERS.get(code);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === SLASH) index = endOfComment(text, index);
    else if (closer !== undefined) awaited.push(closer);
    else if (code === awaited.at(-1)) awaited.pop();
    if (awaited.length > most) return true;
  }
  return false;
}

/** Where the string that starts here ends: at its quote, or where its line does. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) index += 1;
    else if (code === QUOTE || code === 0x0a || code === 0x0d) return index;
  }
  return text.length;
}

/** Where the comment that starts here ends; here, when none does. */
function endOfComment(text: string, start: number): number {
  const opener = text.slice(start, start + 2);
  if (opener === '/*') {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length : end + 1;
  }
  if (opener !== '//') return start;
  LINE_ENDS.lastIndex = start;
  return LINE_ENDS.exec(text)?.index ?? text.length;
}
