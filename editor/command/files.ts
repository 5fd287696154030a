import path from 'node:path';
import { serverWords } from '../lib/words/server-command.ts';
import { pull as pullFiles, push as pushFiles } from '../lib/server/files/index.ts';
import type { Command, Given } from './command.ts';
import type { Io } from './io.ts';
import { placeOf, reading, writing } from './place.ts';

/** The folder on the command line, or the one that the server reads. */
function folderOf(given: Given, { cwd, env }: Io): string {
  return path.resolve(cwd, given.operands[0] ?? (env['LATCHKEY_POLICIES'] || 'policies'));
}

export const pull: Command = {
  name: 'pull',
  ...serverWords.pull,
  operands: [0, 1],
  options: { force: { summary: serverWords.pull.force } },
  async run(given, io) {
    const force = given.flag('force');
    const result = await reading(placeOf(given, io), async (store) => pullFiles(store, folderOf(given, io), { force }));
    io.stdout(serverWords.pull.done(result));
    return 0;
  },
};

export const push: Command = {
  name: 'push',
  ...serverWords.push,
  operands: [0, 1],
  options: {
    reason: { placeholder: 'TEXT', summary: serverWords.push.reason },
    ticket: { placeholder: 'ID', summary: serverWords.push.ticket },
    by: { placeholder: 'WHO', summary: serverWords.push.by },
  },
  async run(given, io) {
    const whose = { by: given.text('by') ?? 'system', reason: given.text('reason'), ticket: given.text('ticket') };
    const result = await writing(placeOf(given, io), io, async (store) => pushFiles(store, whose, folderOf(given, io)));
    io.stdout(serverWords.push.done(result));
    return 0;
  },
};
