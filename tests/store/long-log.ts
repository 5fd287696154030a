import type { Store } from '$lib/server/store/index.ts';

/** Fills the log up to so many entries, as rows that it could have; that they are no chain is nothing to a reader. */
export async function addEntries({ db, log }: Store, entries: number): Promise<void> {
  const batch = 500;
  for (let first = 3; first <= entries; first += batch) {
    const rows = Array.from({ length: batch }, (_, index) => first + index).map((seq) => {
      const published = seq % 50 === 0;
      const environment = seq % 100 === 0 ? 'production' : 'staging';
      return {
        ...{ log, seq, at: seq, actor: `u-${seq % 40}`, subject: `policy/p-${seq % 30}` },
        type: published ? 'release.published' : 'draft.edited',
        data: JSON.stringify({ ...(published && { environment }), note: 'n'.repeat(300) }),
        ...{ prev_hash: 'a'.repeat(64), entry_hash: 'b'.repeat(64) },
      };
    });
    await db.insertInto('audit_event').values(rows).execute();
  }
}
