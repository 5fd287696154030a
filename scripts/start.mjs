/**
 * `npm start`: builds the editor when its sources are newer than the last build, then serves it on loopback, or where
 * HOST says. PORT chooses the port; without it the usual one is taken, because drafts belong to an address.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhenStale, entry } from './build-when-stale.mjs';

const USUAL_PORT = 4317;
const host = process.env.HOST || '127.0.0.1';
const root = fileURLToPath(new URL('..', import.meta.url));

const port = await choosePort();
buildWhenStale();
await serve(port);

async function choosePort() {
  const wanted = process.env.PORT;
  if (wanted !== undefined && wanted !== '') {
    if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > 65_535) leave(`PORT is \`${wanted}\`, which is no port number.`);
    const port = await free(Number(wanted));
    return port ?? leave(`Port ${wanted} is in use. Choose another one with PORT, or leave PORT out.`);
  }
  const usual = await free(USUAL_PORT);
  if (usual !== null) return usual;
  console.log(
    `Port ${USUAL_PORT} is in use, so another one is taken. Drafts made under another port are not shown here.`,
  );
  return free(0);
}

/** The port when it can be listened on (0: any), else null. */
async function free(port) {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch {
    return null;
  }
  const chosen = probe.address().port;
  probe.close();
  await once(probe, 'close');
  return chosen;
}

function leave(message) {
  console.error(message);
  process.exit(1);
}

async function serve(port) {
  const at = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const origin = process.env.LATCHKEY_ORIGIN || process.env.ORIGIN || (/^(127\.|localhost$|::1$)/.test(host) ? at : '');
  // A server that does not know its own name, or a wrong one, says so itself and does not start.
  const known = URL.canParse(origin) ? new URL(origin).origin : undefined;
  const policies = path.resolve(process.env.LATCHKEY_POLICIES ?? path.join(root, 'policies'));
  const data = path.resolve(process.env.LATCHKEY_DATA ?? path.join(root, 'data'));
  const server = spawn(process.execPath, [entry], {
    cwd: root,
    env: {
      ...process.env,
      HOST: host,
      PORT: String(port),
      ORIGIN: known,
      LATCHKEY_POLICIES: policies,
      BODY_SIZE_LIMIT: '9M',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // What the server says before it listens, such as the link that makes the first account, follows the address.
  let before = '';
  const listen = (chunk) => {
    before += chunk;
    if (!before.includes('Listening on')) return;
    server.stdout.off('data', listen);
    console.log(`\n  Latchkey is at  ${known}\n  Its data is in  ${data}\n  Stop it with    Ctrl+C`);
    console.log(before.replace(/^Listening on.*\n?/m, ''));
    server.stdout.pipe(process.stdout);
  };
  server.stdout.on('data', listen);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  const [code, signal] = await once(server, 'exit');
  // Killed by anything but a wish to stop, it is to be started again by whatever watches over it.
  process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
}
