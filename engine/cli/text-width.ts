/** How wide text is on a terminal, and text made safe to show on one. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// East Asian wide and fullwidth blocks (Unicode UAX 11), besides what is drawn as emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
// Escape sequences and text that runs backwards would let a file redraw the terminal.
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Number of terminal columns the text takes; the text has no tabs or control characters. */
export function widthOfText(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

function widthOfGrapheme(grapheme: string): number {
  if (grapheme.length === 1 && grapheme < '\u0300') return 1;
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** The text with every tab as two spaces and everything else that is not for showing as one `�`. */
export function shown(text: string): string {
  return text.replaceAll('\t', '  ').replace(UNSAFE, '\ufffd');
}

/** The text on exactly `columns` columns: padded with spaces, or cut and ended with `…`. */
export function fitted(text: string, columns: number): string {
  const cut = widthOfText(text) > columns ? `${takeColumns(text, columns - 1)}…` : text;
  return cut + ' '.repeat(Math.max(0, columns - widthOfText(cut)));
}

/** The text on at most `columns` columns: what does not fit is taken out of its middle, because names differ at both ends. */
export function squeezed(text: string, columns: number): string {
  if (widthOfText(text) <= columns) return text;
  const head = takeColumns(text, Math.ceil((columns - 1) / 2));
  return `${head}…${takeLastColumns(text, columns - 1 - widthOfText(head))}`;
}

/** The longest end of the text that takes at most `columns` columns. */
export function takeLastColumns(text: string, columns: number): string {
  let from = takeColumns(text, Math.max(0, widthOfText(text) - columns)).length;
  while (widthOfText(text.slice(from)) > columns) from += 1;
  return text.slice(from);
}

/** The longest beginning of the text that takes at most `columns` columns. */
export function takeColumns(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += widthOfGrapheme(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The text broken at spaces into lines of at most `columns` columns; a longer word keeps a line of its own. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOfText(`${last} ${word}`) <= columns) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
