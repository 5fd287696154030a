/** The policies folder: `<id>/<version>.json` and `<id>/timelines/<name>.json`, as exact text. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileWords } from '../../words/files.ts';
import { Refusal } from '../refusal.ts';
import { digestOf } from '../store/index.ts';

/** A text as a file holds it; `file` is its path within the folder, with `/` between its parts. */
export interface FileText {
  readonly file: string;
  readonly text: string;
  /** SHA-256 of the file's bytes, lower-case hex. */
  readonly digest: string;
}

/** A policy as its files hold it. */
export interface FolderPolicy {
  readonly id: string;
  /** Oldest first. */
  readonly versions: readonly (FileText & { readonly version: number })[];
  /** By name. */
  readonly timelines: readonly (FileText & { readonly name: string })[];
}

/** Names that a store and a folder agree on: no way out of the folder, nothing hidden. */
export const POLICY_ID = /^[a-z0-9][a-z0-9._-]{0,127}$/;
export const TIMELINE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;
const VERSION_FILE = /^[1-9]\d{0,15}\.json$/;

/** Every policy in the folder, by id; none when there is no folder. Throws a Refusal naming a file that is not UTF-8. */
export async function readFolder(folder: string): Promise<readonly FolderPolicy[]> {
  const ids = await names(folder, (entry) => entry.isDirectory() && POLICY_ID.test(entry.name));
  return Promise.all(ids.toSorted().map(async (id) => readPolicyFiles(folder, id)));
}

/** One policy's files; empty lists where it has none. */
export async function readPolicyFiles(folder: string, id: string): Promise<FolderPolicy> {
  const isFile = (entry: Entry) => entry.isFile();
  const versions = (await names(path.join(folder, id), isFile))
    .filter((name) => VERSION_FILE.test(name))
    .map((name) => Number.parseInt(name, 10))
    .toSorted((a, b) => a - b);
  const timelines = (await names(path.join(folder, id, 'timelines'), isFile))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();
  return {
    id,
    versions: await Promise.all(
      versions.map(async (version) => ({ version, ...(await readText(folder, versionFile(id, version))) })),
    ),
    timelines: await Promise.all(
      timelines.map(async (name) => ({ name, ...(await readText(folder, timelineFile(id, name))) })),
    ),
  };
}

/** Where a version lies within the folder. */
export function versionFile(id: string, version: number): string {
  return `${id}/${version}.json`;
}

/** Where a timeline lies within the folder. */
export function timelineFile(id: string, name: string): string {
  return `${id}/timelines/${name}.json`;
}

/** The bytes come back exactly from the text: a byte order mark is kept, and what is not UTF-8 (or holds NUL) is refused. */
async function readText(folder: string, file: string): Promise<FileText> {
  const bytes = await readFile(path.join(folder, file));
  const text = textOf(bytes);
  if (text === null) throw new Refusal(422, 'not_utf8', fileWords.notUtf8(file), { file });
  return { file, text, digest: digestOf(text) };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
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
