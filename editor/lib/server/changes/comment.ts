import { parse } from 'jsonc-parser';
import { pointerKeys } from 'latchkey/load';
import * as words from '$lib/words/change-refusals.ts';
import { mustBeAllowed } from '../accounts/allowed.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { ReviewCommentRow, Store } from '../store/index.ts';
import { happening } from './happening.ts';
import { demand, sentence } from './limits.ts';
import { revisionOf } from './revision.ts';

export interface Comment {
  readonly revisionId: string;
  /** A place in the revision's document; '' for the whole. */
  readonly pointer: string;
  readonly text: string;
  /** A comment on the same revision. */
  readonly replyTo?: string | undefined;
}

/** Adds a comment to a place in a revision's document. Throws Refusal when there is no such place or comment. */
export async function comment(store: Store, by: Person, given: Comment): Promise<ReviewCommentRow> {
  demand(by, 'edit', 'review');
  const text = sentence(given.text, 'comment');
  return store.write(async ({ tx, at, newId, record }) => {
    await mustBeAllowed(tx, by, 'edit', 'review');
    const { revisionId, pointer, replyTo } = given;
    const revision = await revisionOf(tx, revisionId);
    if (revision === null) throw new Refusal(404, 'revision_unknown', words.unknownRevision);
    if (!reaches(parse(revision.text), pointer)) throw new Refusal(422, 'bad_pointer', words.badPointer(pointer));
    if (replyTo !== undefined) {
      const found = tx.selectFrom('review_comment').select('revision_id').where('id', '=', replyTo);
      const known = await found.executeTakeFirst();
      if (known?.revision_id !== revisionId) throw new Refusal(422, 'comment_unknown', words.unknownComment);
    }
    const row = {
      ...{ id: newId(), revision_id: revisionId, pointer, reply_to: replyTo ?? null, author: by.id, text },
      created_at: at,
    };
    const data = { revision: revisionId, number: revision.number };
    await record(happening('comment.added', by, revision.policyId, data), [['review_comment', row]]);
    return row;
  });
}

function reaches(document: unknown, pointer: string): boolean {
  if (pointer !== '' && !pointer.startsWith('/')) return false;
  let value = document;
  for (const key of pointerKeys(pointer)) {
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value) ? !/^(0|[1-9]\d*)$/.test(key) || !(Number(key) in value) : !Object.hasOwn(value, key)) {
      return false;
    }
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}
