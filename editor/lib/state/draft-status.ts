/** Where a draft stands, put together from what the device and the server say. */
import type { DraftClash } from './merge-drafts.ts';

/** On this device. */
export type DraftState =
  /** The server has the same text, so nothing is kept here. */
  | { readonly kind: 'same' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly why: string }
  /** Another tab kept another text of the same policy meanwhile; nothing was overwritten. */
  | { readonly kind: 'conflict' };

/** On the server. */
export type SharedState =
  | { readonly kind: 'shared' }
  | { readonly kind: 'saving' }
  /** The server cannot be reached; it is tried again. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly why: string; readonly signIn: boolean }
  /** Somebody else changed the same. */
  | { readonly kind: 'conflict'; readonly clashes: readonly DraftClash[] }
  /** This person may look and try things out, but not save. */
  | { readonly kind: 'private' };

export type DraftStatus =
  'published' | 'saving' | 'saved' | 'offline' | 'private' | 'conflict' | 'tabs' | 'refused' | 'failed';

/** One word for both. `changed`: the text is another one than that of the revision it was made from. */
export function statusOf(device: DraftState, shared: SharedState, changed: boolean): DraftStatus {
  if (shared.kind === 'conflict' || shared.kind === 'refused') return shared.kind;
  if (shared.kind === 'shared') return changed ? 'saved' : 'published';
  // From here on only the device has the text.
  if (device.kind === 'failed') return 'failed';
  if (device.kind === 'conflict' && shared.kind !== 'saving') return 'tabs';
  if (shared.kind === 'private' && !changed) return 'published';
  return shared.kind;
}
