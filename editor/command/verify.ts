import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serverWords } from '../lib/words/server-command.ts';
import { readVerifierKey, verifyStore } from '../lib/server/store/index.ts';
import type { Command } from './command.ts';
import { placeOf, reading, Trouble } from './place.ts';

export const verify: Command = {
  name: 'verify',
  ...serverWords.verify,
  operands: [0, 0],
  options: {
    checkpoint: { placeholder: 'FILE', summary: serverWords.verify.checkpoint, multiple: true },
    key: { placeholder: 'KEY', summary: serverWords.verify.key, multiple: true },
  },
  async run(given, io) {
    const files = given.texts('checkpoint').map(async (file) => readFile(path.resolve(io.cwd, file), 'utf8'));
    const checkpoints = await Promise.all(files);
    const keys = given.texts('key');
    const kept = { checkpoints, ...(keys.length > 0 ? { keys } : {}) };
    const found = await reading(placeOf(given, io), async (store) => verifyStore(store, kept));
    io.stdout(serverWords.verify.done(found));
    return found.problems.length === 0 ? 0 : 1;
  },
};

export const key: Command = {
  name: 'key',
  ...serverWords.key,
  operands: [0, 0],
  options: {},
  async run(given, io) {
    const { folder } = placeOf(given, io);
    const text = await readVerifierKey(folder);
    if (text === null) throw new Trouble(serverWords.key.none(folder));
    io.stdout(`${text}\n`);
    return 0;
  },
};
