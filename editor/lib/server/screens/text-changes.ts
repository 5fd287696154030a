import type { TextChange } from '$lib/state/text-change.ts';
import type { NamedText } from '../changes/index.ts';
import { diffTexts } from '../history/index.ts';

interface Texts {
  readonly text: string;
  readonly timelines: readonly NamedText[];
}

/** What differs between two versions of a policy and its timelines: the policy first, then timelines by name. */
export function textChanges(before: Texts | null, after: Texts): readonly TextChange[] {
  const policy = changeOf(null, before?.text ?? null, after.text);
  const old = new Map(before?.timelines.map(({ name, text }) => [name, text]));
  const now = new Map(after.timelines.map(({ name, text }) => [name, text]));
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return [...policy, ...names.flatMap((name) => changeOf(name, old.get(name) ?? null, now.get(name) ?? null))];
}

function changeOf(timeline: string | null, before: string | null, after: string | null): readonly TextChange[] {
  const parts = diffTexts(before ?? '', after ?? '');
  if (before !== null && after !== null) return parts.length === 0 ? [] : [{ timeline, kind: 'changed', parts }];
  return before === after ? [] : [{ timeline, kind: before === null ? 'added' : 'removed', parts }];
}
