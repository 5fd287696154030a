import { load } from 'latchkey/load';
import { fileWords } from '../../words/files.ts';
import type { FolderPolicy } from './read-folder.ts';

/** A file that is not taken, and why in words. */
export interface RefusedFile {
  readonly file: string;
  readonly why: string;
}

/** Why this file cannot be a version of its policy; null when it can. */
export function whyNot(id: string, { file, version, text }: FolderPolicy['versions'][number]): RefusedFile | null {
  const loaded = load(text);
  if (!loaded.ok) {
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error').length;
    return { file, why: fileWords.invalid(file, errors) };
  }
  const { policy } = loaded.value;
  if (policy.id !== id) return { file, why: fileWords.otherPolicy(file, policy.id) };
  if (policy.version !== version) return { file, why: fileWords.otherVersion(file, policy.version) };
  return null;
}
