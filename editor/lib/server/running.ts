/** The server as it runs: one store, one set of accounts, one log, opened once a process. */
import path from 'node:path';
import type { Logger } from 'pino';
import { openAccounts, type Accounts } from './accounts/index.ts';
import { importPolicies } from './files/index.ts';
import { openLog, openMetrics, RequestRate, type Metrics } from './http/index.ts';
import { isLoopback } from './loopback.ts';
import { keepPlans } from './planned-clock.ts';
import { openPresence, type Presence } from './presence.ts';
import { openStore, type Store } from './store/index.ts';
import { startup } from '$lib/words/startup.ts';

/** Everything that a request may need. */
export interface Running {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly rate: RequestRate;
  /** The address people open, without a path. */
  readonly origin: string;
  /** Whether only this machine can reach the server. */
  readonly loopback: boolean;
  /** What the organisation's own sign-in is called; null when there is none. */
  readonly provider: string | null;
  /** What machines that watch show to read the figures; undefined when there is none. */
  readonly metricsToken: string | undefined;
  readonly presence: Presence;
  /** Carries out what was planned. */
  readonly plans: { stop(): Promise<void> };
}

type Environment = Readonly<Record<string, string | undefined>>;

let opened: Promise<Running> | null = null;

/** The running server; opens it at the first call. Throws what the store says, and a sentence when the origin is missing. */
export function running(env: Environment): Promise<Running> {
  opened ??= open(env);
  return opened;
}

/** Closes what was opened, once. */
export async function stopRunning(): Promise<void> {
  const server = await opened?.catch(() => null);
  opened = null;
  await server?.plans.stop();
  await server?.presence.stop();
  await server?.store.close();
}

async function open(env: Environment): Promise<Running> {
  const origin = originOf(env);
  const loopback = isLoopback(new URL(origin).host) && isLoopback(hostOf(env));
  const folder = path.resolve(env['LATCHKEY_DATA'] ?? 'data');
  const url = env['DATABASE_URL'] || undefined;
  const store = await openStore({ folder, url, now: Date.now });
  const log = openLog(env['LATCHKEY_LOG'] ?? (loopback ? 'warn' : 'info'));
  const { refused } = await importPolicies(store, path.resolve(env['LATCHKEY_POLICIES'] ?? 'policies'));
  for (const { file, why } of refused) log.warn({ file, why }, 'not imported');
  const accounts = openAccounts({ store, folder, origin, loopback, env });
  const link = await accounts.makeSetupLink();
  if (link !== null) process.stdout.write(startup.setUp(`${origin}/set-up?token=${link}`));
  return {
    ...{ store, accounts, log, origin, loopback, metricsToken: env['LATCHKEY_METRICS_TOKEN'] },
    provider: accounts.providerName,
    plans: keepPlans({ store, log }),
    presence: openPresence(Date.now, url),
    metrics: openMetrics(store),
    rate: new RequestRate(),
  };
}

/** Throws a sentence when the server would listen to others without knowing its own name. */
function originOf(env: Environment): string {
  const host = hostOf(env);
  const text = env['LATCHKEY_ORIGIN'] || env['ORIGIN'] || undefined;
  if (text === undefined) {
    if (!isLoopback(host)) throw new Error(startup.originMissing(host));
    return `http://${host}:${env['PORT'] || '3000'}`;
  }
  if (!URL.canParse(text) || new URL(text).origin === 'null') throw new Error(startup.originWrong(text));
  return new URL(text).origin;
}

/** Where the server listens, as an address writes it. Throws a sentence when nobody said: then it would listen everywhere. */
function hostOf(env: Environment): string {
  const host = env['HOST'];
  if (host === undefined || host === '') throw new Error(startup.hostMissing);
  return host.includes(':') ? `[${host}]` : host;
}
