/** Asks the server for a policy's shared draft, and saves it there. */
import type { DraftTexts } from './merge-drafts.ts';
import type { SharedVersion } from './shared-version.ts';

export interface SharedSave extends DraftTexts {
  readonly lockVersion: number;
  /** Id of the revision that was merged in. */
  readonly baseRevision?: string;
}

/** Why the server did nothing: it cannot be reached now, or it says no. */
export type Unanswered =
  { readonly kind: 'unreachable' } | { readonly kind: 'refused'; readonly status: number; readonly why: string };

/** `stale`: somebody else saved since. */
export type SaveAnswer =
  { readonly kind: 'kept'; readonly lockVersion: number } | { readonly kind: 'stale' } | Unanswered;

/** `same`: nothing is new since the last reading. `present`: the names of everybody else who has the policy open. */
export type ReadAnswer =
  | { readonly kind: 'read'; readonly version: SharedVersion; readonly present: readonly string[] }
  | { readonly kind: 'same' }
  | Unanswered;

/** Never rejects. */
export interface DraftClient {
  read(): Promise<ReadAnswer>;
  /** As `read`, but answers `same` when nothing is new since any reading before. */
  look(): Promise<ReadAnswer>;
  save(save: SharedSave): Promise<SaveAnswer>;
  /** Puts the newest revision in the draft's place. */
  discard(lockVersion: number): Promise<SaveAnswer>;
}

/** The client for one policy, over `ask`, which is `fetch` on a page. */
export function draftClient(policy: string, ask: typeof fetch): DraftClient {
  const address = `/api/policies/${encodeURIComponent(policy)}/draft`;
  let tag: string | null = null;

  async function send(method: string, body: object): Promise<SaveAnswer> {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    try {
      const response = await ask(address, init);
      if (response.status === 409) return { kind: 'stale' };
      if (!response.ok) return await unanswered(response);
      return { kind: 'kept', ...((await response.json()) as { lockVersion: number }) };
    } catch {
      return { kind: 'unreachable' };
    }
  }

  async function get(headers: Readonly<Record<string, string>>): Promise<ReadAnswer> {
    try {
      const response = await ask(address, { headers, cache: 'no-store' });
      if (response.status === 304) return { kind: 'same' };
      if (!response.ok) return await unanswered(response);
      const { present, ...version } = (await response.json()) as SharedVersion & { present: readonly string[] };
      tag = response.headers.get('etag');
      return { kind: 'read', version, present };
    } catch {
      return { kind: 'unreachable' };
    }
  }

  return {
    read: () => get({}),
    look: () => get(tag === null ? {} : { 'if-none-match': tag }),
    save: (save) => send('PUT', save),
    discard: (lockVersion) => send('DELETE', { lockVersion }),
  };
}

/** Too many requests and a server in trouble pass by themselves; everything else is an answer. */
async function unanswered(response: Response): Promise<Unanswered> {
  const { status } = response;
  if (status === 429 || status >= 500) return { kind: 'unreachable' };
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  return { kind: 'refused', status, why: detail ?? response.statusText };
}
