import { parse } from 'jsonc-parser';
import { tooDeepToRead } from '../nesting.ts';

/** What a document calls itself, also while it has errors; its id when it has no title, or is nested too deeply to be read. */
export function titleIn(text: string, id: string): string {
  if (tooDeepToRead(text)) return id;
  const document: unknown = parse(text);
  if (typeof document !== 'object' || document === null || !('title' in document)) return id;
  const { title } = document;
  return typeof title === 'string' && title.trim() !== '' ? title : id;
}
