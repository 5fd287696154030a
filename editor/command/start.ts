import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serverWords } from '../lib/words/server-command.ts';
import type { Command } from './command.ts';
import { placeOf } from './place.ts';

/** As deep below the repository's root as the bundle in build/command is. */
const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

export const start: Command = {
  name: 'start',
  ...serverWords.start,
  operands: [0, 0],
  options: {},
  async run(given, io) {
    const { folder } = placeOf(given, io);
    const server = spawn(process.execPath, [script], { stdio: 'inherit', env: { ...io.env, LATCHKEY_DATA: folder } });
    // A terminal tells both; a supervisor tells this process alone.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
    const [code] = (await once(server, 'exit')) as [number | null];
    return code === 0 ? 0 : 1;
  },
};
