import { areas as words } from '$lib/words/shell.ts';

/** Who is signed in, as far as the frame of a page cares. */
export interface Visitor {
  readonly name: string;
  readonly role: string;
  /** Whether they may read the history of everything, and how the installation is set up. */
  readonly audits: boolean;
}

/** A part of the product with a link in the header. */
export interface Area {
  readonly title: string;
  /** Its address after that of the product. */
  readonly path: string;
  readonly current: boolean;
}

/** The areas that somebody may enter, and in which of them the page at `route` (an id of a route) is. */
export function areasFor({ audits }: Visitor, route: string): readonly Area[] {
  const inside = (path: string): boolean => route === path || route.startsWith(`${path}/`);
  return [
    { title: words.policies, path: '', current: route === '/' || inside('/policies') },
    ...(audits
      ? [
          { title: words.history, path: 'history', current: inside('/history') },
          { title: words.settings, path: 'settings', current: inside('/settings') },
        ]
      : []),
  ];
}
