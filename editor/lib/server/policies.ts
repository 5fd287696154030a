/** The policies folder: `<id>/<version>.json` and `<id>/timelines/<name>.json`, read anew at every request. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A policy as its files hold it, newest version first. */
export interface PolicyFiles {
  readonly id: string;
  readonly versions: readonly { readonly version: number; readonly text: string; readonly digest: string }[];
  readonly timelines: readonly { readonly name: string; readonly text: string }[];
}

/** Ids of the policies in the folder, sorted; empty when there is no folder. */
export async function policyIds(folder: string): Promise<readonly string[]> {
  const ids = await names(folder, (entry) => entry.isDirectory() && /^[a-z0-9][a-z0-9._-]*$/.test(entry.name));
  return ids.toSorted();
}

/** One policy's files; null when the folder has no such policy, or it has no version. */
export async function readPolicy(folder: string, id: string): Promise<PolicyFiles | null> {
  if (!(await policyIds(folder)).includes(id)) return null;
  const home = path.join(folder, id);
  const files = await names(home, (entry) => entry.isFile() && /^[1-9]\d{0,15}\.json$/.test(entry.name));
  const versions = files.map((file) => Number.parseInt(file, 10)).toSorted((a, b) => b - a);
  if (versions.length === 0) return null;
  return {
    id,
    versions: await Promise.all(versions.map(async (version) => readVersion(home, version))),
    timelines: await readTimelines(path.join(home, 'timelines')),
  };
}

async function readVersion(home: string, version: number): Promise<PolicyFiles['versions'][number]> {
  const bytes = await readFile(path.join(home, `${version}.json`));
  return { version, text: bytes.toString('utf8'), digest: createHash('sha256').update(bytes).digest('hex') };
}

async function readTimelines(folder: string): Promise<PolicyFiles['timelines']> {
  const files = await names(folder, (entry) => entry.isFile() && entry.name.endsWith('.json'));
  return Promise.all(
    files.toSorted().map(async (file) => ({
      name: file.slice(0, -'.json'.length),
      text: await readFile(path.join(folder, file), 'utf8'),
    })),
  );
}

interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

async function names(folder: string, wanted: (entry: Entry) => boolean): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter(wanted).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
