import type { ChangesPage, DocumentProblem } from '$lib/state/change-facts.ts';
import { load } from 'latchkey/load';
import { loadTimeline } from 'latchkey/timeline';
import { readDraft, whyNotSubmit } from '../changes/index.ts';
import type { Person } from '../person.ts';
import type { Running } from '../running.ts';
import { effectOf } from './effect.ts';
import { namingFor } from './naming.ts';
import { obstacleOf } from './obstacle.ts';
import { textChanges } from './text-changes.ts';
import { titleIn } from './title.ts';

/** What the shared draft changes against the revision it was made from. Throws Refusal 404. */
export async function changesPage(server: Running, by: Person, id: string): Promise<ChangesPage> {
  const { store } = server;
  const draft = await readDraft(store, id);
  const { base, text, timelines, lockVersion, updatedAt } = draft;
  const named = await namingFor(server, by);
  const refusal = await whyNotSubmit(store, by, draft);
  return {
    ...{ id, title: titleIn(text, id), now: Date.now(), lockVersion, updatedAt },
    contributors: draft.contributors.map(named),
    updatedBy: draft.updatedBy === null ? null : named(draft.updatedBy),
    base: base === null ? null : { number: base.number, version: base.version },
    changes: textChanges(base, { text, timelines }),
    obstacle: obstacleOf(refusal),
    problems: problemsIn(text, timelines),
    effect: effectOf(store, { policyId: id, text, timelines, before: base?.text ?? null }),
  };
}

function problemsIn(text: string, timelines: readonly { name: string; text: string }[]): readonly DocumentProblem[] {
  const policy = load(text);
  const stories = timelines.map((each) => ({ name: each.name, loaded: loadTimeline(each.text) }));
  return [
    ...(policy.ok ? [] : policy.diagnostics.map((each) => ({ timeline: null, ...each }))),
    ...stories.flatMap(({ name, loaded }) =>
      loaded.ok ? [] : loaded.diagnostics.map((each) => ({ timeline: name, ...each })),
    ),
  ].flatMap(({ timeline, line, message, severity }) => (severity === 'error' ? [{ timeline, line, message }] : []));
}
