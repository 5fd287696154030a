/** Guides as data: examples in JSON, and the tables after them that say what they answer. */

export type Row = Readonly<Record<string, string>>;

export interface Example {
  /** The heading of the section it stands in. */
  readonly heading: string;
  readonly json: string;
  /** Rows by the headings of their columns, without marks of emphasis and code. */
  readonly rows: readonly Row[];
  /** What stands after the example, up to the next example or heading. */
  readonly text: string;
}

/** Every example of a page, in order. */
export function examplesOf(page: string): readonly Example[] {
  const sections = page.split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    const parts = section.split(/^```json\n/m).slice(1);
    return parts.map((part) => {
      const [json = '', after = ''] = part.split(/^```$/m);
      return { heading, json, rows: rowsIn(after), text: after };
    });
  });
}

/** The rows of all tables, in order. */
export function rowsIn(text: string): readonly Row[] {
  const tables = text.match(/(?:^\|.*\|\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
  });
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}
