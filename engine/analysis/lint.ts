/** Lint: what a valid document says that its authors may not have meant. */
import { diagnosticsOf } from '../locate.ts';
import type { Loaded } from '../load.ts';
import { parse } from '../parse.ts';
import type { Finding, Suspicion } from './finding.ts';
import { RULES } from './rules/index.ts';
import { conjunctionsOf } from './scope.ts';
import { editOf } from './text-edit.ts';

export interface LintOptions {
  /** The date of today, `YYYY-MM-DD`: lint reads no clock. */
  readonly today: string;
}

/**
 * Warnings about a document, sorted by position. `loaded` is what `load` made of this very text. Throws `TypeError`
 * when `today` is not a date.
 */
export function lint(text: string, loaded: Loaded, { today }: LintOptions): readonly Finding[] {
  if (!/^\d{4}-\d\d-\d\d$/.test(today) || Number.isNaN(Date.parse(today))) throw new TypeError('today is not a date');
  const subject = { ...loaded, conjunctions: conjunctionsOf(loaded.policy), today };
  const suspicions = Object.values(RULES).flatMap((rule) => rule(subject));
  if (suspicions.length === 0) return [];
  const parsed = parse(text);
  const found = new Map(suspicions.map((each) => [identity(each), each] as const));
  const problems = suspicions.map((each) => ({ ...each, severity: 'warning' as const }));
  return diagnosticsOf(parsed, problems).map((diagnostic): Finding => {
    const { code, repair } = found.get(identity(diagnostic)) as Suspicion;
    if (repair === undefined || parsed.root === undefined) return { ...diagnostic, code };
    const { title, narrows, change } = repair;
    return { ...diagnostic, code, fix: { title, narrows, edit: editOf(text, parsed.root, change) } };
  });
}

function identity({
  code,
  pointer,
  message,
}: Pick<Suspicion, 'pointer' | 'message'> & { readonly code: string }): string {
  return JSON.stringify([code, pointer, message]);
}
