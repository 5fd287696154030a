import { readFileSync } from 'node:fs';

/** What a program is started with to run as somebody else. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A user without any rights, which only root can start programs as; null when there is none, or the tests are not run by root. */
export function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
