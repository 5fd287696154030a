import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Who administers a server that was started for a test. */
export const ADMIN = { name: 'Ada Admin', email: 'ada@example.org', password: 'a long enough sentence' };

/** For a server that is told by this header whom it talks to. */
const FROM_HERE = { 'x-forwarded-for': '127.0.0.1' };

/**
 * Starts the product as `npm start` does, on a free loopback port with a data folder of its own, and makes its first
 * account. Resolves with its address when it answers; `signedIn` is what a browser holds who signed in with it; `stop`
 * ends it, waits, and removes the folder. Rejects with what was printed when it ends before that.
 *
 * @param {Record<string, string>} [env] added to the environment, such as LATCHKEY_POLICIES
 * @returns {Promise<{ url: string, folder: string, signedIn: SignedIn, stop: () => Promise<void> }>}
 * @typedef {{ cookies: Cookie[], origins: [] }} SignedIn
 * @typedef {{ name: string, value: string, domain: string, path: string, expires: number, httpOnly: boolean, secure: boolean, sameSite: 'Lax' }} Cookie
 */
export async function startEditor(env = {}) {
  const { url, token, folder, stop } = await startEmpty(env);
  try {
    await makeFirstAccount(url, token);
    return { url, folder, signedIn: await signIn(url, ADMIN), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * As `startEditor`, before anybody has an account: `token` is that of the link it printed.
 *
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ url: string, token: string, folder: string, stop: () => Promise<void> }>}
 */
export async function startEmpty(env = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-editor-'));
  const { listening, stop: end } = startIn(folder, env, /(https?:\/\/[\w.]+:\d+)\/set-up\?token=(\S+)\s/);
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [, url = '', token = ''] = await listening;
    return { url, token, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Starts the product in a data folder whose store has accounts. Resolves when it answers: `pid` is that of `npm start`,
 * whose only child is the server, and `ended` tells its exit code. `stop` ends it and waits; the folder stays.
 *
 * @param {string} folder
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ url: string, pid: number, ended: Promise<number | null>, stop: () => Promise<void> }>}
 */
export async function startAgain(folder, env = {}) {
  const { listening, ...rest } = startIn(folder, env, /Latchkey is at\s+(\S+)\s/);
  const [, url = ''] = await listening;
  return { url, ...rest };
}

/** Runs `npm start`; `listening` resolves with what matched in its output, and rejects with all of it when it ends first. */
function startIn(folder, env, pattern) {
  const start = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: '0', SHUTDOWN_TIMEOUT: '1', LATCHKEY_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(start, 'exit').then(([code]) => code);
  const stop = async () => {
    start.kill();
    await ended;
  };
  return { pid: start.pid ?? 0, ended, stop, listening: said(start, ended, pattern) };
}

async function makeFirstAccount(url, token) {
  const response = await fetch(`${url}/set-up`, {
    method: 'POST',
    headers: { origin: url, accept: 'text/html', ...FROM_HERE },
    body: new URLSearchParams({ token, ...ADMIN }),
    redirect: 'manual',
  });
  if (response.status !== 303) throw new Error(`the first account was refused: ${await response.text()}`);
}

/**
 * What a browser holds after somebody signed in.
 *
 * @param {string} url
 * @param {{ email: string, password: string }} account
 * @returns {Promise<SignedIn>}
 */
export async function signIn(url, { email, password }) {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', ...FROM_HERE },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`the sign-in was refused: ${await response.text()}`);
  const cookies = response.headers.getSetCookie().map((text) => {
    const [pair = ''] = text.split(';');
    const at = pair.indexOf('=');
    const shared = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
    return { ...shared, name: pair.slice(0, at), value: pair.slice(at + 1), sameSite: /** @type {const} */ ('Lax') };
  });
  return { cookies, origins: [] };
}

function said(start, ended, pattern) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const collect = (chunk) => {
      printed += chunk;
      const found = pattern.exec(printed);
      if (found !== null) resolve(found);
    };
    start.stdout.on('data', collect);
    start.stderr.on('data', collect);
    ended.then(() => reject(new Error(`the editor ended before it listened:\n${printed}`)), reject);
  });
}
