import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { timelinesText } from './draft.ts';
import { happening } from './happening.ts';
import { demand, demandKeepable } from './limits.ts';
import type { NamedText } from './revision.ts';

/**
 * Makes a policy whose first draft is the text, with the timelines. Throws Refusal: not allowed, a bad id, one that is taken,
 * too long.
 */
export async function makePolicy(
  store: Store,
  by: Person,
  {
    id,
    text,
    timelines = [],
  }: { readonly id: string; readonly text: string; readonly timelines?: readonly NamedText[] },
): Promise<{ readonly lockVersion: number }> {
  demand(by, 'edit');
  if (!/^[a-z0-9][a-z0-9._-]{0,127}$/.test(id)) throw new Refusal(422, 'bad_policy_id', words.badPolicyId);
  demandKeepable(text, timelines);
  return store.write(async ({ tx, at, record }) => {
    await mustBeAllowed(tx, by, 'edit');
    const taken = await tx.selectFrom('policy').select('id').where('id', '=', id).executeTakeFirst();
    if (taken !== undefined) throw new Refusal(409, 'policy_exists', words.policyExists(id));
    const row = { id, created_at: at, created_by: by.id };
    await record(happening('policy.made', by, id), [['policy', row]]);
    const first = { policy_id: id, base_revision: null, text, timelines: timelinesText(timelines), lock_version: 1 };
    const saved = { contributors: JSON.stringify([by.id]), updated_by: by.id, updated_at: at };
    await tx
      .insertInto('draft')
      .values({ ...first, ...saved })
      .execute();
    return { lockVersion: 1 };
  });
}
