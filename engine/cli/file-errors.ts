/** Why the system would not read or write, in words. */

const UNREAD: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a folder, not a file'],
  ['EACCES', 'reading it is not allowed'],
  ['EPERM', 'reading it is not allowed'],
  ['ELOOP', 'its links go round in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

const UNWRITTEN: ReadonlyMap<string, string> = new Map([
  ...UNREAD,
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'there is no such folder'],
  ['EACCES', 'writing it is not allowed'],
  ['EPERM', 'writing it is not allowed'],
  ['EROFS', 'the disk is for reading only'],
  ['ENOSPC', 'the disk is full'],
]);

/** What keeps a file or a folder from being read. */
export function whyUnread(error: unknown): string {
  return inWords(error, UNREAD);
}

/** What keeps a file or a stream from being written. */
export function whyUnwritten(error: unknown): string {
  return inWords(error, UNWRITTEN);
}

function inWords(error: unknown, words: ReadonlyMap<string, string>): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return words.get(code) ?? (code || String(error));
}
