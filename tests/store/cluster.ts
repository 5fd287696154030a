import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { unprivileged } from './unprivileged.ts';

const PACKAGED = '/usr/lib/postgresql';
/** How long PostgreSQL may take to come up, recovery included, in milliseconds. */
const PATIENCE = 30_000;

/** A PostgreSQL of the test's own, on a free port: it may be killed. */
export interface Cluster {
  readonly url: string;
  /** Kills it and everything it started with SIGKILL, as a power cut would. */
  crash(): Promise<void>;
  /** Starts it again; returns when it answers. */
  start(): Promise<void>;
  /** Ends it and removes all it kept. */
  remove(): Promise<void>;
}

/** Why no PostgreSQL can be started here; null when one can. */
export function whyNoCluster(): string | null {
  if (!existsSync('/proc/self/stat')) return 'no /proc to find the processes in';
  if (binaries() === null) return `no PostgreSQL server is installed under ${PACKAGED}`;
  return process.getuid?.() === 0 && unprivileged() === null ? 'PostgreSQL does not run as root' : null;
}

/** Makes a cluster and starts it. With `largestFile`, no file of it can grow beyond so many KiB. */
export async function makeCluster({ largestFile }: { readonly largestFile?: number } = {}): Promise<Cluster> {
  const user: SpawnOptions = unprivileged() ?? {};
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-cluster-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const data = path.join(folder, 'data');
  const run = (name: string) => path.join(binaries() ?? '', name);
  const made = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '--no-instructions', '--wal-segsize=1'];
  execFileSync(run('initdb'), made, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'autovacuum=off'];
  const argv = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const limit = `ulimit -f ${largestFile === undefined ? 'unlimited' : largestFile} && exec "$@"`;
  let postmaster: ChildProcess | undefined;

  const ended = async (signal: NodeJS.Signals) => {
    if (postmaster?.exitCode !== null || postmaster.signalCode !== null) return;
    const gone = once(postmaster, 'exit');
    const all = [postmaster.pid ?? 0, ...childrenOf(postmaster.pid ?? 0)];
    for (const pid of signal === 'SIGKILL' ? all : all.slice(0, 1)) killIfThere(pid, signal);
    await gone;
  };
  const cluster: Cluster = {
    url,
    crash: () => ended('SIGKILL'),
    async start() {
      let said = '';
      const deadline = Date.now() + PATIENCE;
      do {
        postmaster = spawn('bash', ['-c', limit, 'bash', run('postgres'), ...argv], {
          ...{ ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
        });
        said = '';
        postmaster.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
        while (postmaster.exitCode === null && Date.now() < deadline) {
          if (await answersAt(url)) return;
          await wait(25);
        }
        // Whatever it had started may take a moment to be gone, and until then it does not start.
        await wait(25);
      } while (Date.now() < deadline);
      throw new Error(`PostgreSQL did not start: ${said}`);
    },
    async remove() {
      await ended('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await cluster.start();
    return cluster;
  } catch (error) {
    await cluster.remove();
    throw error;
  }
}

/** The folder of the newest PostgreSQL server that is installed. */
function binaries(): string | null {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => path.join(PACKAGED, version, 'bin'));
  return folders.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null;
}

/** The processes that a process started and that are still there. */
export function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    // The name in brackets may hold anything; the parent is the second word after it.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answersAt(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
