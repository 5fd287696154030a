import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Serves the built editor (`build/`) on a free loopback port. Resolves when it answers; `stop` ends it and waits.
 * Rejects with what the server printed when it ends before that.
 *
 * @param {Record<string, string>} [env] added to the server's environment
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startEditor(env = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['build/index.js'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), ORIGIN: url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(server, 'exit');
  await listening(server, ended);
  return {
    url,
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

function listening(server, ended) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const collect = (chunk) => {
      printed += chunk;
      if (/listening on/i.test(printed)) resolve();
    };
    server.stdout.on('data', collect);
    server.stderr.on('data', collect);
    ended.then(() => reject(new Error(`the editor ended before it listened:\n${printed}`)), reject);
  });
}

async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
