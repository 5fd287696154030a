/** What is declared and never used: facts and conditions that nothing reads. */
import { conditionsIn, type References } from '../references.ts';
import { pointerTo } from '../../json-pointer.ts';
import { quote } from '../../problem.ts';
import type { LintCode } from '../../diagnostic.ts';
import type { Rule, Suspicion } from '../finding.ts';

/** Facts that no condition reads, not even one that is itself unused. */
export const unusedFact: Rule = (subject) => unread(subject.policy.facts, conditionsIn(subject).facts, 'fact');

/** Named conditions that no `when` and no other condition refers to. */
export const unusedCondition: Rule = (subject) =>
  unread(subject.policy.conditions, conditionsIn(subject).conditions, 'condition');

function unread(
  declared: Readonly<Record<string, unknown>>,
  used: References[keyof References],
  what: 'fact' | 'condition',
): readonly Suspicion[] {
  const code: LintCode = `unused_${what}`;
  return Object.keys(declared)
    .filter((name) => !used.has(name))
    .map((name) => {
      const pointer = pointerTo(`/${what}s`, name);
      const message = `nothing uses the ${what} ${quote(name)}`;
      const repair = { title: `remove ${quote(name)}`, narrows: false, change: { remove: pointer } };
      return { code, pointer, at: 'key', message, help: 'remove it, or use it in a condition', repair };
    });
}
