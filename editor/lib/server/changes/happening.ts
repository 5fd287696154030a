/** What the log says of changes: one closed list of types, each about a policy. */
import type { Person } from '../person.ts';
import type { Writing } from '../store/index.ts';

type ChangeType =
  | 'policy.made'
  /** The first save of a person since the draft's base; the saves after it leave no entry. */
  | 'draft.edited'
  | 'draft.discarded'
  | 'revision.submitted'
  | 'revision.restored'
  | 'review.given'
  | 'comment.added'
  | 'timelines.run'
  | 'release.published'
  | 'release.planned'
  | 'release.plan_cancelled'
  | 'release.plan_refused'
  | 'release.looked_back_at';

type Happening = Parameters<Writing['record']>[0];

/** Something done to a policy. `data` holds ids, numbers and digests; what people wrote stands in the rows. */
export function happening(
  type: ChangeType,
  { id }: Pick<Person, 'id'>,
  policyId: string,
  data: Readonly<Record<string, unknown>> = {},
): Happening {
  return { type, actor: id, subject: `policy/${policyId}`, data };
}
