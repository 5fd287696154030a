import { serverWords } from '../lib/words/server-command.ts';
import { move as moveStore } from '../lib/server/copies/index.ts';
import type { Command } from './command.ts';
import { addressShown, placeOf, Trouble } from './place.ts';
import { progressBar } from './progress-bar.ts';

export const move: Command = {
  name: 'move',
  ...serverWords.move,
  operands: [0, 0],
  options: {
    to: { placeholder: 'URL', summary: serverWords.move.to },
    'despite-problems': { summary: serverWords.despiteProblems },
  },
  async run(given, io) {
    const { folder } = placeOf(given, io);
    const url = given.text('to') ?? '';
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Trouble(serverWords.move.where);
    const { onProgress, end } = progressBar(io);
    const options = { folder, now: io.now, despiteProblems: given.flag('despite-problems'), onProgress };
    const { rows } = await moveStore(url, options).finally(end);
    io.stdout(serverWords.move.done(rows, addressShown(url), folder));
    return 0;
  },
};
