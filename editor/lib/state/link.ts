/** Deep links into a policy page: what the query of its address says, and back. */
import type { Milliseconds } from 'latchkey';

export interface Link {
  /** Name of a timeline. */
  readonly timeline: string | null;
  /** Milliseconds after the timeline's start. */
  readonly at: Milliseconds | null;
  readonly capability: string | null;
  /** JSON Pointer of a place in the document. */
  readonly pointer: string | null;
}

/** Reads a query; anything unusable in it is as if absent. */
export function readLink(query: URLSearchParams): Link {
  const at = query.get('at');
  const pointer = query.get('pointer');
  return {
    timeline: query.get('timeline'),
    at: at !== null && /^\d{1,15}$/.test(at) ? Number(at) : null,
    capability: query.get('capability'),
    pointer: pointer !== null && /^(\/.*)?$/.test(pointer) ? pointer : null,
  };
}

/** The query for a link: `?…`, or empty when it says nothing. Other members of `query` are kept. */
export function writeLink(link: Link, query: URLSearchParams): string {
  const written = new URLSearchParams(query);
  for (const [name, value] of Object.entries(link)) {
    if (value === null) written.delete(name);
    else written.set(name, String(value));
  }
  // Slashes and colons are legal in a query, and a pointer is easier to read with them.
  const text = written.toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}
