/** Builds and serves `app/` as an outside developer would: from the packed package, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { SignedIn } from './app/src/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

export interface Project {
  /** The project with the package installed. */
  readonly folder: string;
  /** What the browser gets. */
  readonly site: string;
  readonly remove: () => void;
}

/** Packs the engine and installs the tarball in a temporary copy of `app/`. Asks no registry. */
export function installApp(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-app-'));
  cpSync(join(ROOT, 'tests/e2e/app'), folder, { recursive: true });
  npm(ROOT, 'pack', '--workspace', 'latchkey', '--pack-destination', folder, '--ignore-scripts');
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm packed nothing');
  npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`, ...dependenciesAlreadyHere());
  return { folder, site: join(folder, 'site'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The workspace has what the package depends on; linked from there, nothing needs a network. */
function dependenciesAlreadyHere(): readonly string[] {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'engine/package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies).map((name) => join(ROOT, 'node_modules', name));
}

/** Checks the app's types against the declarations in the package; throws with what the compiler says. */
export function checkTypes({ folder }: Project): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--project', join(folder, 'tsconfig.app.json')], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  }
}

/** Bundles the app and lays the site out, the shipped policy beside the page. */
export async function bundleApp({ folder, site }: Project): Promise<void> {
  mkdirSync(site, { recursive: true });
  cpSync(join(folder, 'public'), site, { recursive: true });
  cpSync(join(ROOT, 'policies/field-service/1.json'), join(site, 'policy.json'));
  await build({
    absWorkingDir: folder,
    entryPoints: ['src/app.ts'],
    outdir: site,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    logLevel: 'warning',
  });
}

export interface Served {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves the site on a free loopback port, without leave for `eval`; `signIn` is the server's word. */
export async function serve({ site }: Project, signIn: () => SignedIn): Promise<Served> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method === 'POST') answer(response, '.json', JSON.stringify(path === '/sign-in' ? signIn() : {}));
    else sendFile(response, site, path === '/' ? 'index.html' : path.slice(1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function sendFile(response: ServerResponse, site: string, name: string): void {
  if (readdirSync(site).includes(name)) answer(response, extname(name), readFileSync(join(site, name)));
  else response.writeHead(404).end();
}

function answer(response: ServerResponse, extension: string, body: string | Buffer): void {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('content-type', TYPES[extension] ?? 'application/octet-stream');
  response.end(body);
}

function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd, stdio: 'pipe' });
}
