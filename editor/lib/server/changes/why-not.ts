/** Why somebody cannot do something now, asked before they try: by the same rules, so that a page never says otherwise. */
import { Refusal } from '../refusal.ts';
import type { Person } from '../person.ts';
import type { ReleaseRow, Store } from '../store/index.ts';
import { demandOutsider } from './break-glass.ts';
import type { Draft } from './draft.ts';
import { orRefusal } from './or-refusal.ts';
import { demandPublishable, demandReleasable } from './publishable.ts';
import { demandReviewable, type ReviewGiven } from './review.ts';
import type { Revision } from './revision.ts';
import { demandSubmittable } from './submit.ts';

type Reading = Pick<Store, 'db'>;

/** Null when they may. */
type WhyNot = Promise<Refusal | null>;

export function whyNotSubmit({ db }: Reading, by: Person, draft: Draft): WhyNot {
  return refused(() => demandSubmittable(db, by, draft));
}

export function whyNotReview({ db }: Reading, by: Person, revision: Revision, verdict: ReviewGiven['verdict']): WhyNot {
  return refused(() => demandReviewable(db, by, revision, verdict));
}

/** Whoever asks; `urgent`: in an emergency. Whether its timelines hold is found out when it is published. */
export function whyNotPublish(
  { db }: Reading,
  revision: Revision,
  { environment, urgent }: { readonly environment: string; readonly urgent: boolean },
): WhyNot {
  const target = { contentHash: revision.contentHash, environment };
  return refused(() => (urgent ? demandReleasable(db, revision, target) : demandPublishable(db, revision, target)));
}

export function whyNotLookBack(
  { db }: Reading,
  by: Person,
  release: Pick<ReleaseRow, 'revision_id' | 'published_by'>,
): WhyNot {
  return refused(() => demandOutsider(db, by, release));
}

async function refused(work: () => Promise<unknown>): WhyNot {
  const answer = await orRefusal(work);
  return answer instanceof Refusal ? answer : null;
}
