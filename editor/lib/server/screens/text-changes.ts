import type { TextChange } from '$lib/state/text-change.ts';
import type { NamedText } from '../changes/index.ts';
import { openDiffer, type Differ } from '../history/index.ts';

interface Texts {
  readonly text: string;
  readonly timelines: readonly NamedText[];
}

/** What differs between two versions of a policy and its timelines: the policy first, then timelines by name. */
export function textChanges(before: Texts | null, after: Texts): readonly TextChange[] {
  const diff = openDiffer();
  const policy = changeOf(diff, null, before?.text ?? null, after.text);
  const old = new Map(before?.timelines.map(({ name, text }) => [name, text]));
  const now = new Map(after.timelines.map(({ name, text }) => [name, text]));
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return [...policy, ...names.flatMap((name) => changeOf(diff, name, old.get(name) ?? null, now.get(name) ?? null))];
}

function changeOf(
  diff: Differ,
  timeline: string | null,
  before: string | null,
  after: string | null,
): readonly TextChange[] {
  if (before === after) return [];
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const parts = diff(before ?? '', after ?? '');
  return [{ timeline, kind, parts: parts ?? [], tooLong: parts === null ? { before, after } : null }];
}
