import { serverWords } from '../lib/words/server-command.ts';
import { connect, migrations, openStore, schemaState } from '../lib/server/store/index.ts';
import type { Command } from './command.ts';
import { demandFile, placeOf } from './place.ts';

export const migrate: Command = {
  name: 'migrate',
  ...serverWords.migrate,
  operands: [0, 0],
  options: { check: { summary: serverWords.migrate.check } },
  async run(given, io) {
    const place = placeOf(given, io);
    demandFile(place);
    const { db, kind } = connect(place);
    const state = await schemaState(db, kind, migrations).finally(() => db.destroy());
    if (!given.flag('check') && state.pending.length > 0) {
      await (await openStore({ ...place, now: io.now })).close();
      io.stdout(serverWords.migrate.done(state.pending));
      return 0;
    }
    io.stdout(serverWords.migrate.state(state));
    return state.pending.length === 0 ? 0 : 1;
  },
};
