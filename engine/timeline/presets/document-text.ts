/** Documents as people write them: an event a line. */

/** The text of a timeline document, its lists of events with one entry a line. Ends in a line break. */
export function textOf(document: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(document).map(([key, value]) => `  ${JSON.stringify(key)}: ${ofMember(value)}`);
  return `{\n${members.join(',\n')}\n}\n`;
}

function ofMember(value: unknown): string {
  const isList = Array.isArray(value) && value.length > 0;
  return isList ? `[\n${value.map((each) => `    ${inline(each)}`).join(',\n')}\n  ]` : inline(value);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inline(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
