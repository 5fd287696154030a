import { applyEdits, modify, parse } from 'jsonc-parser';
import type { Template } from '$lib/state/new-policy.ts';
import { newPolicy as words } from '$lib/words/new-policy.ts';
import { starter } from '$lib/words/policies.ts';
import type { NamedText } from '../changes/index.ts';
import { titleIn } from './title.ts';

/** The policies that the product ships, as they were when it was built. */
const FILES = import.meta.glob<string>('/policies/*/**/*.json', { query: '?raw', import: 'default', eager: true });

interface Texts {
  readonly text: string;
  readonly timelines: readonly NamedText[];
}

/** What a new policy can begin with: something small first, then what the product ships. */
export function templates(): readonly Template[] {
  return ['', ...shippedIds()].map((id) => {
    const { text, timelines } = textsOf(id);
    const { description } = parse(text) as { readonly description?: unknown };
    return {
      id,
      title: id === '' ? words.minimal : titleIn(text, id),
      text: id === '' ? words.minimalText : typeof description === 'string' ? description : '',
      timelines: timelines.length,
    };
  });
}

/** A template under another id and title, as version 1; every other character as it was. An unknown one is the small one. */
export function begun(template: string, { id, title }: { readonly id: string; readonly title: string }): Texts {
  const { text, timelines } = textsOf(shippedIds().includes(template) ? template : '');
  const named = written(written(text, 'id', id), 'version', 1);
  return {
    text: written(named, 'title', title.trim() === '' ? id : title.trim()),
    timelines: timelines.map((each) => ({ name: each.name, text: written(each.text, 'policy', id) })),
  };
}

function shippedIds(): readonly string[] {
  const ids = Object.keys(FILES).flatMap((file) => /^\/policies\/([^/]+)\/\d+\.json$/.exec(file)?.[1] ?? []);
  return [...new Set(ids)].toSorted();
}

function textsOf(id: string): Texts {
  if (id === '') return { text: starter, timelines: [] };
  const own = Object.entries(FILES).filter(([file]) => file.startsWith(`/policies/${id}/`));
  const versions = own.flatMap(([file, text]) => {
    const version = /\/(\d+)\.json$/.exec(file)?.[1];
    return version === undefined || file.includes('/timelines/') ? [] : [{ version: Number(version), text }];
  });
  return {
    text: versions.toSorted((a, b) => b.version - a.version)[0]?.text ?? starter,
    timelines: own.flatMap(([file, text]) => {
      const name = /\/timelines\/(.+)\.json$/.exec(file)?.[1];
      return name === undefined ? [] : [{ name, text }];
    }),
  };
}

function written(text: string, member: string, value: string | number): string {
  return applyEdits(text, modify(text, [member], value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}
