import type { Check, RevisionPage } from '$lib/state/revision-facts.ts';
import { checks as words } from '$lib/words/revision-page.ts';
import { namesText } from '$lib/words/revisions.ts';
import { droppedTimelines, whyNotPublish, type reviewState, type Revision } from '../changes/index.ts';
import type { Refusal } from '../refusal.ts';
import type { Running } from '../running.ts';
import type { Naming } from './naming.ts';

interface Facts {
  readonly revision: Revision;
  readonly review: Awaited<ReturnType<typeof reviewState>>;
  readonly run: RevisionPage['run'];
  readonly named: Naming;
}

/** What a publish of the revision asks for, whether it is there, and what can be published then. */
export async function checksOf(
  { store, accounts }: Pick<Running, 'store' | 'accounts'>,
  facts: Facts,
): Promise<Pick<RevisionPage, 'checks' | 'outlook'>> {
  const { revision } = facts;
  const environments = await accounts.environments();
  const asked = await Promise.all(
    environments.map(async (environment) => {
      const why = async (urgent: boolean) => whyNotPublish(store, revision, { environment: environment.id, urgent });
      return { environment, refusal: await why(false), urgent: await why(true) };
    }),
  );
  const places = asked.map(({ environment: { id, title, requiresApproval }, refusal }): Check => {
    const { state, text } = placeCheck(title, refusal);
    return { id: `environment-${id}`, state, text: requiresApproval ? text : `${text} ${words.approvalOff}` };
  });
  const dropped = droppedCheck(await droppedTimelines(store.db, revision));
  return { checks: [approvalCheck(facts), timelinesCheck(facts), ...dropped, ...places], outlook: outlookOf(asked) };
}

interface Asked {
  readonly refusal: Refusal | null;
  readonly urgent: Refusal | null;
}

function outlookOf(asked: readonly Asked[]): RevisionPage['outlook'] {
  if (asked.some(({ refusal }) => refusal === null)) return 'ready';
  if (asked.some(({ urgent }) => urgent === null)) return 'emergency';
  return asked.length > 0 && asked.every(({ refusal }) => refusal?.code === 'already_live') ? 'live' : 'none';
}

function placeCheck(title: string, refusal: Refusal | null): Pick<Check, 'state' | 'text'> {
  switch (refusal?.code) {
    case undefined:
      return { state: 'met', text: words.ready(title) };
    case 'already_live':
      return { state: 'met', text: words.live(title) };
    // What is told above is not told again for every environment.
    case 'not_approved':
      return { state: 'open', text: words.waits(title) };
    case 'changes_requested':
      return { state: 'unmet', text: words.waits(title) };
    default:
      return { state: 'unmet', text: `${title}: ${refusal?.message}` };
  }
}

function approvalCheck({ revision, review, named }: Facts): Check {
  const lastWords = new Map(
    review.reviews
      .filter(({ revision_id }) => revision_id === revision.id)
      .map((each) => [each.reviewer, each] as const),
  );
  const against = [...lastWords.values()].filter(({ verdict }) => verdict === 'request_changes');
  const approvers = [...lastWords.values()].filter(({ id }) => review.approvals.includes(id));
  const names = (rows: typeof against): string => namesText(rows.map(({ reviewer }) => named(reviewer)));
  if (against.length > 0) return { id: 'approval', state: 'unmet', text: words.changesRequested(names(against)) };
  if (approvers.length > 0) return { id: 'approval', state: 'met', text: words.approved(names(approvers)) };
  return { id: 'approval', state: 'open', text: revision.origin === 'imported' ? words.imported : words.notApproved };
}

/** Nothing is in the way: whoever reviews it is to know. */
function droppedCheck(names: readonly string[]): readonly Check[] {
  return names.length === 0 ? [] : [{ id: 'dropped', state: 'warning', text: words.dropped(names) }];
}

function timelinesCheck({ revision, run }: Facts): Check {
  if (revision.timelines.length === 0) return { id: 'timelines', state: 'met', text: words.noTimelines };
  if (run === null) return { id: 'timelines', state: 'open', text: words.notRun };
  return { id: 'timelines', state: run.passed ? 'met' : 'unmet', text: run.passed ? words.green : words.red };
}
