import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts the product as `npm start` does, on a free loopback port. Resolves with its address when it answers; `stop`
 * ends it and waits. Rejects with what was printed when it ends before that.
 *
 * @param {Record<string, string>} [env] added to the environment, such as LATCHKEY_POLICIES
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startEditor(env = {}) {
  const start = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: '0', SHUTDOWN_TIMEOUT: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(start, 'exit');
  const url = await address(start, ended);
  return {
    url,
    stop: async () => {
      start.kill();
      await ended;
    },
  };
}

function address(start, ended) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const collect = (chunk) => {
      printed += chunk;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    };
    start.stdout.on('data', collect);
    start.stderr.on('data', collect);
    ended.then(() => reject(new Error(`the editor ended before it listened:\n${printed}`)), reject);
  });
}
