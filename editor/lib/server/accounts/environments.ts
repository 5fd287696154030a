import { refusals } from '../../words/accounts.ts';
import { sentence } from '../changes/limits.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { mustBeAllowed } from './allowed.ts';

/** Where apps run. */
export interface Environment {
  readonly id: string;
  readonly title: string;
  /** Whether publishing here needs an approval by somebody else. */
  readonly requiresApproval: boolean;
}

const ID = /^[a-z][a-z0-9-]{0,31}$/;

/** Every environment, in its order. */
export async function environments({ db }: Store): Promise<readonly Environment[]> {
  const rows = await db.selectFrom('environment').selectAll().orderBy('position').orderBy('id').execute();
  return rows.map(({ id, title, requires_approval }) => ({ id, title, requiresApproval: requires_approval === 1 }));
}

/** Adds an environment, after those there are. Publishing there needs an approval until that is switched off. */
export async function makeEnvironment(
  store: Store,
  by: Person,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<void> {
  const name = title.trim();
  if (!ID.test(id)) throw new Refusal(422, 'environment_id_wrong', refusals.environmentIdWrong);
  if (name === '' || name.length > 60) throw new Refusal(422, 'title_missing', refusals.environmentTitleMissing);
  await store.write(async ({ tx, at, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    const all = await tx.selectFrom('environment').select(['id', 'position']).execute();
    if (all.some((each) => each.id === id)) throw new Refusal(409, 'environment_there', refusals.environmentThere);
    const position = Math.max(0, ...all.map((each) => each.position)) + 1;
    const row = { id, title: name, position, requires_approval: 1, created_at: at };
    await tx.insertInto('environment').values(row).execute();
    const data = { title: name, requires_approval: 1 };
    await record({ type: 'environment.made', actor: by.id, subject: `environment/${id}`, data });
  });
}

/** Whether publishing in an environment is to need an approval. */
export interface ApprovalRule {
  readonly environment: string;
  readonly required: boolean;
  /** Why nobody is needed any more; switching it on again explains itself. */
  readonly reason?: string;
}

/** Sets it: a person working alone may switch approval off, visibly and with a reason. Throws Refusal without one. */
export async function setApproval(
  store: Store,
  by: Person,
  { environment, required, reason = '' }: ApprovalRule,
): Promise<void> {
  const data = required ? {} : { reason: sentence(reason, 'reason') };
  await store.write(async ({ tx, record }) => {
    await mustBeAllowed(tx, by, 'administer');
    const { numUpdatedRows } = await tx
      .updateTable('environment')
      .set({ requires_approval: required ? 1 : 0 })
      .where('id', '=', environment)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal(404, 'environment_unknown', refusals.environmentUnknown);
    const type = required ? 'environment.approval_required' : 'environment.approval_waived';
    await record({ type, actor: by.id, subject: `environment/${environment}`, data });
  });
}
