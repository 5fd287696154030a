/** Starts what a server starts before it listens, says in one line how that went, and ends. */
import { reasonOf } from '$lib/server/reason-of.ts';
import { running, stopRunning } from '$lib/server/running.ts';

const { folder, url, policies } = JSON.parse(process.argv[2] ?? '') as Record<'folder' | 'url' | 'policies', string>;

const said = await running({
  HOST: '127.0.0.1',
  LATCHKEY_DATA: folder,
  LATCHKEY_POLICIES: policies,
  DATABASE_URL: url,
}).then(
  ({ store: { log, verifierKey } }) => ({ log, verifierKey }),
  (error: unknown) => ({ failed: reasonOf(error) }),
);
console.log(JSON.stringify(said));
await stopRunning();
