/**
 * A line of a CSV file (RFC 4180), every field quoted. A text that a spreadsheet would run as a formula gets an apostrophe
 * in front; so do texts that only look like one after white space, because some programs trim it.
 */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(quoted).join(',')}\r\n`;
}

// The fullwidth signs are formulas to spreadsheets in East Asian languages.
const FORMULA = /^[\s\0]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

function quoted(field: string | number | null): string {
  if (field === null) return '""';
  if (typeof field === 'number') return `"${field}"`;
  const harmless = FORMULA.test(field) ? `'${field}` : field;
  return `"${harmless.replaceAll('"', '""')}"`;
}
