import { createHash } from 'node:crypto';
import { entryHash } from 'latchkey/evidence';
import type { Kysely } from 'kysely';
import type { Tables } from '$lib/server/store/index.ts';

/** Changes who did one thing, and makes all later hashes agree: a forgery the chain alone cannot see. */
export async function rewrite(db: Kysely<Tables>, log: string, seq: number): Promise<void> {
  const later = await db.selectFrom('audit_event').selectAll().where('seq', '>=', seq).orderBy('seq').execute();
  let prev: string | undefined;
  for (const { at, type, subject, data, prev_hash, ...row } of later) {
    const actor = row.seq === seq ? 'u-somebody-else' : row.actor;
    const entry = {
      ...{ log, seq: row.seq, at, type, actor, subject },
      prev: prev ?? prev_hash,
      data: JSON.parse(data) as Record<string, unknown>,
    };
    prev = entryHash(entry, (input) => createHash('sha256').update(input).digest());
    await db
      .updateTable('audit_event')
      .set({ actor, prev_hash: entry.prev, entry_hash: prev })
      .where('seq', '=', row.seq)
      .execute();
  }
  await db.deleteFrom('checkpoint').where('size', '>=', seq).execute();
}
