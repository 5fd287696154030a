import { rescue as letBackIn } from '../lib/server/accounts/rescue.ts';
import { serverWords } from '../lib/words/server-command.ts';
import type { Command } from './command.ts';
import { placeOf, Trouble, writing } from './place.ts';

export const rescue: Command = {
  name: 'rescue',
  ...serverWords.rescue,
  operands: [1, 1],
  options: { origin: { placeholder: 'URL', summary: serverWords.rescue.origin } },
  async run(given, io) {
    const [email = ''] = given.operands;
    // As `npm start` listens unless told otherwise.
    const address = given.text('origin') ?? (io.env['LATCHKEY_ORIGIN'] || `http://127.0.0.1:${io.env['PORT'] || 4317}`);
    if (!URL.canParse(address)) throw new Trouble(serverWords.rescue.originWrong(address));
    const { token, expiresAt } = await writing(placeOf(given, io), io, async (store) => letBackIn(store, email));
    const link = new URL(`/reset?token=${token}`, address).href;
    io.stdout(serverWords.rescue.done(link, new Date(expiresAt).toISOString()));
    return 0;
  },
};
