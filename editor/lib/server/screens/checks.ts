import type { Check, RevisionPage } from '$lib/state/revision-facts.ts';
import { checks as words } from '$lib/words/revision-page.ts';
import { namesText } from '$lib/words/revisions.ts';
import { whyNotPublish, type reviewState, type Revision } from '../changes/index.ts';
import type { Running } from '../running.ts';
import type { Naming } from './naming.ts';

interface Facts {
  readonly revision: Revision;
  readonly review: Awaited<ReturnType<typeof reviewState>>;
  readonly run: RevisionPage['run'];
  readonly named: Naming;
}

/** What a publish of the revision asks for, and whether it is there. */
export async function checksOf({ store, accounts }: Running, facts: Facts): Promise<readonly Check[]> {
  const { revision } = facts;
  const environments = await accounts.environments();
  const places = await Promise.all(
    environments.map(async ({ id, title, requiresApproval }) => {
      const refusal = await whyNotPublish(store, revision, { environment: id, urgent: false });
      // What is told above is not told again for every environment.
      const told = refusal === null || APPROVAL.has(refusal.code);
      const text = refusal === null ? words.ready(title) : told ? words.waits(title) : `${title}: ${refusal.message}`;
      return {
        ...{ id: `environment-${id}`, state: refusal === null ? ('met' as const) : ('unmet' as const) },
        text: requiresApproval ? text : `${text} ${words.approvalOff}`,
      };
    }),
  );
  return [approvalCheck(facts), timelinesCheck(facts), ...places];
}

const APPROVAL = new Set(['not_approved', 'changes_requested']);

function approvalCheck({ review, named }: Facts): Check {
  const lastWords = new Map(
    review.reviews
      .filter(({ revision_id }) => revision_id === review.revision.id)
      .map((each) => [each.reviewer, each] as const),
  );
  const against = [...lastWords.values()].filter(({ verdict }) => verdict === 'request_changes');
  const approvers = [...lastWords.values()].filter(({ id }) => review.approvals.includes(id));
  const names = (rows: typeof against): string => namesText(rows.map(({ reviewer }) => named(reviewer)));
  if (against.length > 0) return { id: 'approval', state: 'unmet', text: words.changesRequested(names(against)) };
  if (approvers.length === 0) return { id: 'approval', state: 'unmet', text: words.notApproved };
  return { id: 'approval', state: 'met', text: words.approved(names(approvers)) };
}

function timelinesCheck({ revision, run }: Facts): Check {
  if (revision.timelines.length === 0) return { id: 'timelines', state: 'met', text: words.noTimelines };
  if (run === null) return { id: 'timelines', state: 'open', text: words.notRun };
  return { id: 'timelines', state: run.passed ? 'met' : 'unmet', text: run.passed ? words.green : words.red };
}
