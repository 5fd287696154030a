import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileWords } from '../../words/files.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import {
  POLICY_ID,
  readPolicyFiles,
  TIMELINE_NAME,
  timelineFile,
  versionFile,
  type FileText,
  type FolderPolicy,
} from './read-folder.ts';
import { storedPolicy, storedPolicyIds, type StoredPolicy } from './stored-policy.ts';

/** What a pull did, as paths within the folder. */
export interface Pulled {
  readonly written: readonly string[];
  /** Timelines that the newest revision dropped. */
  readonly removed: readonly string[];
  /** Files that the store never had: work of yours to push. */
  readonly kept: readonly string[];
  readonly unchanged: number;
}

interface Plan {
  readonly write: readonly {
    readonly file: string;
    readonly digest: string;
    readonly from: 'revision' | 'stored_text';
  }[];
  readonly remove: readonly string[];
  readonly keep: readonly string[];
  /** Files whose bytes the store never had, where it has others. */
  readonly lost: readonly string[];
  readonly same: number;
}

/**
 * Makes the folder say what the store says, byte for byte. A file whose bytes the store never held is not overwritten
 * unless `force` says so: the Refusal names all of them, and nothing is then written.
 */
export async function pull(store: Pick<Store, 'db'>, folder: string, { force = false } = {}): Promise<Pulled> {
  const plans: Plan[] = [];
  for (const id of await storedPolicyIds(store.db)) {
    const stored = await storedPolicy(store.db, id);
    if (stored !== null && POLICY_ID.test(id)) plans.push(planFor(stored, await readPolicyFiles(folder, id)));
  }
  const lost = plans.flatMap((plan) => plan.lost);
  if (lost.length > 0 && !force) throw new Refusal(409, 'local_changes', fileWords.localChanges(lost), { files: lost });
  const write = plans.flatMap((plan) => plan.write);
  const removed = plans.flatMap((plan) => plan.remove);
  for (const each of write) await replace(path.join(folder, each.file), await textOf(store, each));
  for (const file of removed) await rm(path.join(folder, file));
  return {
    written: write.map(({ file }) => file),
    removed,
    kept: plans.flatMap((plan) => plan.keep),
    unchanged: plans.reduce((sum, { same }) => sum + same, 0),
  };
}

function planFor(stored: StoredPolicy, { id, versions, timelines }: FolderPolicy): Plan {
  const files = [
    ...compare({
      wanted: new Map([...stored.versions].map(([version, { digest }]) => [versionFile(id, version), digest])),
      there: versions,
      known: stored.everVersions,
      from: 'revision',
    }),
    ...compare({
      wanted: new Map(
        [...stored.timelines]
          .filter(([name]) => TIMELINE_NAME.test(name))
          .map(([name, digest]) => [timelineFile(id, name), digest]),
      ),
      there: timelines,
      known: stored.everTimelines,
      from: 'stored_text',
    }),
  ];
  const filesThat = (fate: Fate) => files.filter((each) => each.fate === fate).map(({ file }) => file);
  return {
    write: files.filter(({ fate }) => fate === 'write' || fate === 'lost'),
    remove: filesThat('remove'),
    keep: filesThat('keep'),
    lost: filesThat('lost'),
    same: filesThat('same').length,
  };
}

type Fate = 'write' | 'lost' | 'same' | 'remove' | 'keep';

interface Sides {
  readonly wanted: ReadonlyMap<string, string>;
  readonly there: readonly FileText[];
  /** Digests of what the store ever had of this kind. */
  readonly known: ReadonlySet<string>;
  readonly from: 'revision' | 'stored_text';
}

/** What becomes of every file that either side has. */
function compare({ wanted, there, known, from }: Sides) {
  const present = new Map(there.map(({ file, digest }) => [file, digest]));
  const fate = (file: string): Fate => {
    const [want, have] = [wanted.get(file), present.get(file)];
    if (have === undefined) return 'write';
    if (want === have) return 'same';
    if (want !== undefined) return known.has(have) ? 'write' : 'lost';
    return from === 'stored_text' && known.has(have) ? 'remove' : 'keep';
  };
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .toSorted()
    .map((file) => ({ file, fate: fate(file), digest: wanted.get(file) ?? '', from }));
}

async function textOf({ db }: Pick<Store, 'db'>, { digest, from }: Plan['write'][number]): Promise<string> {
  const { text } = await db.selectFrom(from).select('text').where('digest', '=', digest).executeTakeFirstOrThrow();
  return text;
}

/** Whole or not at all: whoever reads the folder meanwhile sees the old text or the new one. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
