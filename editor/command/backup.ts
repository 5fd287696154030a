import path from 'node:path';
import { serverWords } from '../lib/words/server-command.ts';
import { backup as writeBackup, restore as readBackup } from '../lib/server/copies/index.ts';
import type { Command } from './command.ts';
import { demandFile, placeOf } from './place.ts';
import { progressBar } from './progress-bar.ts';

export const backup: Command = {
  name: 'backup',
  ...serverWords.backup,
  operands: [1, 1],
  options: { 'with-key': { summary: serverWords.backup.withKey } },
  async run(given, io) {
    const place = placeOf(given, io);
    demandFile(place);
    const [name = ''] = given.operands;
    const { onProgress, end } = progressBar(io);
    const options = { ...place, now: io.now, withKey: given.flag('with-key'), onProgress };
    const { rows, problems } = await writeBackup(path.resolve(io.cwd, name), options).finally(end);
    io.stdout(serverWords.backup.done(name, rows, given.flag('with-key')));
    if (problems === null || problems.length === 0) return 0;
    io.stderr(serverWords.backup.problems(problems));
    return 1;
  },
};

export const restore: Command = {
  name: 'restore',
  ...serverWords.restore,
  operands: [1, 1],
  options: { 'despite-problems': { summary: serverWords.despiteProblems } },
  async run(given, io) {
    const place = placeOf(given, io);
    const [name = ''] = given.operands;
    const { onProgress, end } = progressBar(io);
    const options = { ...place, now: io.now, despiteProblems: given.flag('despite-problems'), onProgress };
    const { rows, madeAt, secrets } = await readBackup(path.resolve(io.cwd, name), options).finally(end);
    io.stdout(serverWords.restore.done(rows, new Date(madeAt).toISOString(), secrets));
    return 0;
  },
};
