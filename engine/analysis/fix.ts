/** Making the changes that lint proposes. */
import { load } from '../load.ts';
import type { Finding, Fix } from './finding.ts';
import { lint, type LintOptions } from './lint.ts';
import { withEdits } from './text-edit.ts';

/** The text with one fix made. The fix must come from a finding about this very text. */
export function applyFix(text: string, { edit }: Fix): string {
  return withEdits(text, [edit]);
}

export interface Tidied {
  readonly text: string;
  /** What has been settled, in the order in which it was. */
  readonly fixed: readonly Finding[];
  /** What is left for people. */
  readonly left: readonly Finding[];
}

/**
 * Makes every fix that leaves all outcomes as they are, until there is none. A text that does not load comes back as
 * it was, without findings.
 */
export function tidy(text: string, options: LintOptions): Tidied {
  const fixed: Finding[] = [];
  for (;;) {
    const loaded = load(text);
    if (!loaded.ok) return { text, fixed, left: [] };
    const left = lint(text, loaded.value, options);
    const chosen = apart(left.filter(({ fix }) => fix !== undefined && !fix.narrows));
    if (chosen.length === 0) return { text, fixed, left };
    text = withEdits(
      text,
      chosen.flatMap(({ fix }) => fix?.edit ?? []),
    );
    fixed.push(...chosen);
  }
}

/** As many as can be made at once: those whose edits touch no earlier one. */
function apart(findings: readonly Finding[]): readonly Finding[] {
  let end = -1;
  const byPlace = [...findings].sort((a, b) => (a.fix?.edit.offset ?? 0) - (b.fix?.edit.offset ?? 0));
  return byPlace.filter(({ fix }) => {
    const { offset, length } = fix?.edit ?? { offset: 0, length: 0 };
    if (offset < end) return false;
    end = offset + length;
    return true;
  });
}
