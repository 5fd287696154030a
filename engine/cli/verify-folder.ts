/** An export that was unpacked already. */
import { createReadStream, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { limits, refuseHuge, Refused, tooMany, type Archive } from './verify-limits.ts';

/** Opens a folder. Throws Refused when it holds what no export does, or what the file system says. */
export function openFolder(folder: string): Archive {
  const files = new Map<string, number>();
  const pending = [''];
  for (let within = pending.pop(); within !== undefined; within = pending.pop()) {
    for (const entry of readdirSync(join(folder, within)).toSorted()) {
      const name = within === '' ? entry : `${within}/${entry}`;
      const found = lstatSync(join(folder, name));
      if (found.isDirectory()) pending.push(name);
      else if (found.isFile()) files.set(name, found.size);
      else throw new Refused(`\`${name}\` is a link or a device; an export holds files only`);
      if (files.size + pending.length > limits.files) throw tooMany();
    }
  }
  refuseHuge(files);
  return {
    files,
    read: (name) => createReadStream(join(folder, name)),
    close: () => Promise.resolve(),
  };
}
