import { addLeaf, fromHex, toHex, treeRoot, type Frontier } from 'latchkey/evidence';
import type { Transaction } from 'kysely';
import { primitives } from './hashes.ts';
import type { Signer } from './signing.ts';
import type { Tables } from './tables.ts';

/** Signs the log as it now is, unless that is done already. The caller holds the write lock; the signer's key row exists. */
export async function appendCheckpoint(tx: Transaction<Tables>, log: string, signer: Signer): Promise<void> {
  const last = await tx
    .selectFrom('checkpoint')
    .select(['size', 'frontier'])
    .where('log', '=', log)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  let size = last?.size ?? 0;
  let frontier: Frontier = last === undefined ? [] : (JSON.parse(last.frontier) as string[]).map(bytesOf);
  const since = await tx
    .selectFrom('audit_event')
    .select('entry_hash')
    .where('log', '=', log)
    .where('seq', '>', size)
    .orderBy('seq')
    .execute();
  if (since.length === 0) return;
  for (const { entry_hash } of since) {
    frontier = addLeaf(frontier, size, bytesOf(entry_hash), primitives.sha256);
    size += 1;
  }
  const root = treeRoot(frontier, primitives.sha256);
  const row = {
    ...{ log, size, root: toHex(root), key_id: signer.name },
    note: signer.sign({ origin: log, size, root }),
    frontier: JSON.stringify(frontier.map(toHex)),
  };
  await tx.insertInto('checkpoint').values(row).execute();
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  if (bytes?.length !== 32)
    throw new TypeError('A hash in the log is not a SHA-256: verify the store before writing on.');
  return bytes;
}
