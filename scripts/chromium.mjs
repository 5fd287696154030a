import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe'),
];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Path of a Chromium or Chrome that starts, installed where there was none: Debian's package when root on Debian,
 * else Playwright's download. Throws an Error of one line that says what to install when nothing helps.
 *
 * @returns {string}
 */
export function ensureChromium() {
  const path = named() ?? present() ?? fromDebian() ?? fromPlaywright();
  if (path === undefined) {
    throw new Error('no Chromium found: install Debian’s `chromium` or Google Chrome, or set CHROMIUM_PATH to one');
  }
  return path;
}

/** Starts that Chromium without a window and with an empty profile; it fetches nothing of its own accord. */
export function openChromium(executablePath = ensureChromium()) {
  return chromium.launch({ executablePath, args: QUIET });
}

function named() {
  const path = process.env.CHROMIUM_PATH;
  if (!path) return undefined;
  if (runs(path)) return path;
  throw new Error(`CHROMIUM_PATH is \`${path}\`, which does not start: point it to a Chromium or Chrome, or unset it`);
}

function present() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES, chromium.executablePath()].find(runs);
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spoken('apt-get', ['update'], env);
  spoken('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'], env);
  return present();
}

function fromPlaywright() {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  spoken(process.execPath, [cli, 'install', 'chromium'], process.env);
  return present();
}

/** Standard output is for the path, so installers talk on standard error. */
function spoken(command, args, env) {
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env });
}

/** A file that is there may still be a stub that points to a store, so it must answer. */
function runs(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
