import { parse } from 'jsonc-parser';

/** What a document calls itself, also while it has errors; its id when it has no title. */
export function titleIn(text: string, id: string): string {
  const document: unknown = parse(text);
  if (typeof document !== 'object' || document === null || !('title' in document)) return id;
  const { title } = document;
  return typeof title === 'string' && title.trim() !== '' ? title : id;
}
