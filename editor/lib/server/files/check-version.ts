import { load } from 'latchkey/load';
import { loadTimeline } from 'latchkey/timeline';
import { fileWords } from '../../words/files.ts';
import { TIMELINE_NAME, type FolderPolicy } from './read-folder.ts';

/** A file that is not taken, and why in words. */
export interface RefusedFile {
  readonly file: string;
  readonly why: string;
}

/** Why this file cannot be a version of its policy; null when it can. */
export function whyNot(id: string, { file, version, text }: FolderPolicy['versions'][number]): RefusedFile | null {
  const loaded = load(text);
  if (!loaded.ok) {
    return { file, why: fileWords.invalid(file, errorsIn(loaded.diagnostics)) };
  }
  const { policy } = loaded.value;
  if (policy.id !== id) return { file, why: fileWords.otherPolicy(file, policy.id) };
  if (policy.version !== version) return { file, why: fileWords.otherVersion(file, policy.version) };
  return null;
}

/** Why this file cannot be a timeline; null when it can. */
export function whyNotTimeline({ file, name, text }: FolderPolicy['timelines'][number]): RefusedFile | null {
  if (!TIMELINE_NAME.test(name)) return { file, why: fileWords.badTimelineName(file) };
  const loaded = loadTimeline(text);
  if (loaded.ok) return null;
  return { file, why: fileWords.invalid(file, errorsIn(loaded.diagnostics)) };
}

function errorsIn(diagnostics: readonly { readonly severity: string }[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}
