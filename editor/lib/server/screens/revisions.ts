import type { RevisionLine, RevisionsPage } from '$lib/state/change-facts.ts';
import { readDraft } from '../changes/index.ts';
import { revisionsOf } from '../history/index.ts';
import type { Person } from '../person.ts';
import type { Running } from '../running.ts';
import { namingFor } from './naming.ts';
import { titleIn } from './title.ts';

type Facts = Awaited<ReturnType<typeof revisionsOf>>[number];

/** Every revision of a policy with where it stands. Throws Refusal 404. */
export async function revisionsPage(server: Running, by: Person, id: string): Promise<RevisionsPage> {
  const { store, accounts } = server;
  const draft = await readDraft(store, id);
  const [facts, named, environments] = await Promise.all([
    revisionsOf(store, id),
    namingFor(server, by),
    accounts.environments(),
  ]);
  const live = liveRevisions(facts);
  return {
    id,
    title: titleIn(draft.base?.text ?? draft.text, id),
    revisions: facts.map((revision, index) => ({
      ...{ number: revision.number, version: revision.version, message: revision.message, origin: revision.origin },
      ...{ author: named(revision.author), at: revision.at, state: stateOf(revision, index === 0) },
      ...{ approvedBy: revision.approvedBy.map(named), comments: revision.comments, green: revision.green },
      liveIn: environments.filter((each) => live.get(each.id) === revision.id).map(({ title }) => title),
    })),
  };
}

/** The revision that is live in each environment. */
function liveRevisions(revisions: readonly Facts[]): ReadonlyMap<string, string> {
  const releases = revisions.flatMap((each) => each.releases).toSorted((a, b) => a.seq - b.seq);
  return new Map(releases.map(({ environment, revision }) => [environment, revision]));
}

function stateOf({ releases, changesAskedBy, approvedBy }: Facts, newest: boolean): RevisionLine['state'] {
  if (releases.length > 0) return 'published';
  if (!newest) return 'stale';
  if (changesAskedBy.length > 0) return 'changes_requested';
  return approvedBy.length > 0 ? 'approved' : 'submitted';
}
