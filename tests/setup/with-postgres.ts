/**
 * `node scripts/run-typescript.mjs tests/setup/with-postgres.ts <command …>`: runs a command so that the store tests find a
 * PostgreSQL: the one that answers already, else one of its own, for which Debian's package is installed when it is
 * missing. Ends as the command ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { SERVER, whyNoPostgres } from '../store/databases.ts';
import { makeCluster, whyNoCluster, type Cluster } from '../store/cluster.ts';

async function prepare(): Promise<Cluster | null> {
  if ((await whyNoPostgres()) === null) {
    console.log(`PostgreSQL answers at ${new URL(SERVER).host}.`);
    return null;
  }
  if (whyNoCluster() !== null) install();
  const missing = whyNoCluster();
  if (missing !== null) {
    console.log(`No PostgreSQL: ${missing}. Its tests are skipped.`);
    return null;
  }
  const cluster = await makeCluster();
  console.log(`PostgreSQL was started at ${new URL(cluster.url).host}.`);
  return cluster;
}

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', 'postgresql']]) {
    spawnSync('apt-get', words, { stdio: ['ignore', 'inherit', 'inherit'], env });
  }
}

const cluster = await prepare();
try {
  const [command = '', ...rest] = process.argv.slice(2);
  const env = cluster === null ? process.env : { ...process.env, LATCHKEY_TEST_POSTGRES: cluster.url };
  const child = spawn(command, rest, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  await cluster?.remove();
}
