import { readdirSync, readFileSync } from 'node:fs';
import { applyFix, lint, type Finding } from 'latchkey/analysis';
import { load, type Loaded } from 'latchkey/load';

const FOLDER = new URL('../lint/', import.meta.url);

/** The day on which every fixture is judged. */
export const TODAY = '2026-11-20';

/** What lint must find; `fix` says whether the change that it proposes narrows or keeps every outcome. */
export interface Expected extends Pick<Finding, 'code' | 'pointer' | 'line' | 'column'> {
  readonly fix?: 'narrows' | 'keeps';
}

export interface Fixture {
  /** The folder: the code that the fixture is about, found or just not found. */
  readonly code: string;
  readonly file: string;
  readonly text: string;
  readonly expected: readonly Expected[];
}

/** The codes that have a folder. */
export function lintedCodes(): readonly string[] {
  return readdirSync(FOLDER);
}

/** Every document, with what `expected.json` beside it says; throws where one of the two is missing. */
export function readLintFixtures(): readonly Fixture[] {
  return lintedCodes().flatMap((code) => {
    const read = (file: string): string => readFileSync(new URL(`${code}/${file}`, FOLDER), 'utf8');
    const expected = JSON.parse(read('expected.json')) as Readonly<Record<string, readonly Expected[]>>;
    const files = readdirSync(new URL(code, FOLDER)).filter((file) => file !== 'expected.json');
    if (files.join() !== Object.keys(expected).join()) throw new Error(`${code}: files and expected.json differ`);
    return files.map((file) => ({ code, file, text: read(file), expected: expected[file] ?? [] }));
  });
}

/** What `load` makes of a text that is valid; throws for another. */
export function loaded(text: string): Loaded {
  const result = load(text);
  if (!result.ok) throw new Error(`${text}\n${JSON.stringify(result.diagnostics, null, 1)}`);
  return result.value;
}

export function findings(text: string, today = TODAY): readonly Finding[] {
  return lint(text, loaded(text), { today });
}

/** Every text that one proposed fix makes of this one, with the finding that it settles. */
export function fixedTexts(text: string): readonly { readonly finding: Finding; readonly after: string }[] {
  return findings(text).flatMap((finding) =>
    finding.fix === undefined ? [] : [{ finding, after: applyFix(text, finding.fix) }],
  );
}
