/**
 * `npm run bench:store [-- --rounds 100]`: what people wait for who work with the store, on SQLite and on PostgreSQL. Wall
 * time, in turn on each, so that whatever slows the machine slows both. Ends with code 1 when a page of history takes
 * longer than it may.
 */
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { makePolicy, publish, readDraft, review, saveDraft, submit } from '$lib/server/changes/index.ts';
import { openAccounts } from '$lib/server/accounts/index.ts';
import { historyPage } from '$lib/server/history/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import { ORIGIN } from '../store/browser.ts';
import { databases, type Place } from '../store/databases.ts';
import { addEntries } from '../store/long-log.ts';
import { admin, approver, author, enrol, storyText } from '../store/people.ts';
import { largePolicy } from './large-policy.ts';
import { quantile, wallTable, type Waited } from './wall-table.ts';

const CAPABILITIES = 300;
const EVENTS = 100_000;
/** What a page of history may take, in milliseconds. */
const LIMIT = 200;

type House = Parameters<typeof historyPage>[0];

/** One thing to wait for: `prepare` is not measured. */
interface Work {
  readonly name: string;
  readonly limit?: number;
  readonly rounds: number;
  readonly prepare: (house: House, round: number) => Promise<() => Promise<unknown>>;
}

const policyId = 'notes';
const timelines = [{ name: 'away', text: storyText() }];

async function saved(store: Store, version: number, title: string) {
  const { lockVersion } = await readDraft(store, policyId);
  const text = largePolicy({ id: policyId, version, title, capabilities: CAPABILITIES });
  return { policyId, text, timelines, lockVersion };
}

async function approved(store: Store, version: number) {
  const { lockVersion } = await saveDraft(store, author, await saved(store, version, 'to be published'));
  const why = { message: 'a title', reason: 'a bench' };
  const revision = await submit(store, author, { policyId, lockVersion, ...why });
  const { id: revisionId, contentHash } = revision;
  await review(store, approver, { revisionId, contentHash, verdict: 'approve', message: '' });
  return { revisionId, contentHash };
}

function work(rounds: number): readonly Work[] {
  const page = (name: string, query: string): Work => ({
    ...{ name: `history, ${name}`, limit: LIMIT, rounds },
    prepare: async ({ store, accounts }) => {
      return async () => historyPage({ store, accounts }, { by: admin, query: new URLSearchParams(query) });
    },
  });
  return [
    {
      ...{ name: `autosave, ${CAPABILITIES} capabilities`, rounds },
      async prepare({ store }, round) {
        const save = await saved(store, 1, `round ${round}`);
        return async () => saveDraft(store, author, save);
      },
    },
    {
      ...{ name: 'publish, its timeline played', rounds: Math.ceil(rounds / 4) },
      async prepare({ store }, round) {
        const revision = await approved(store, round + 1);
        return async () => publish(store, admin, { ...revision, environment: 'production', reason: 'a bench' });
      },
    },
    page('the newest', ''),
    page('from the middle', `before=${EVENTS / 2}`),
    page('of a policy', 'policy=p-3'),
    page('of a person', 'person=u-7'),
    page('of the releases', 'kind=releases'),
    page('of an environment', 'environment=production'),
    page('that finds nothing', 'environment=nowhere&person=u-3'),
  ];
}

async function fill(store: Store): Promise<void> {
  await addEntries(store, EVENTS);
  // As the database does by itself in the hours in which a log grows as long as this.
  await sql`analyze`.execute(store.db);
  await enrol(store);
  const text = largePolicy({ id: policyId, version: 1, title: 'new', capabilities: CAPABILITIES });
  await makePolicy(store, author, { id: policyId, text });
}

async function version({ kind, db }: Store): Promise<string> {
  const asked =
    kind === 'sqlite'
      ? sql<{ version: string }>`select sqlite_version() as version`
      : sql<{ version: string }>`select current_setting('server_version') as version`;
  const { rows } = await asked.execute(db);
  return `${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} ${rows[0]?.version.split(' ')[0] ?? ''}`;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });
const rounds = Math.max(20, Number(values.rounds));
const kinds = await databases();
for (const { name, missing } of kinds) if (missing !== null) console.log(`${name}\n`);
const places: Place[] = [];
try {
  const houses: House[] = [];
  for (const { place: make } of kinds.filter(({ missing }) => missing === null)) {
    const place = await make();
    places.push(place);
    const store = await place.open({ now: Date.now });
    const accounts = openAccounts({ store, folder: place.folder, origin: ORIGIN, loopback: true, env: {} });
    houses.push({ store, accounts });
    await fill(store);
  }
  const versions = await Promise.all(houses.map(async ({ store }) => version(store)));
  const [{ model } = { model: 'an unknown processor' }, ...others] = cpus();
  console.log(`npm run bench:store -- --rounds ${rounds}`);
  console.log(`${1 + others.length} × ${model.trim()}, Node ${process.version}, ${versions.join(', ')}\n`);
  const rows: Waited[] = [];
  for (const { name, limit, rounds: times, prepare } of work(rounds)) {
    const waited = houses.map((): number[] => []);
    for (let round = 0; round <= times; round += 1) {
      for (const [index, house] of houses.entries()) {
        const run = await prepare(house, round);
        const start = performance.now();
        await run();
        // The first round warms up.
        if (round > 0) waited[index]?.push(performance.now() - start);
      }
    }
    rows.push({ name, limit, times: waited });
  }
  console.log(wallTable(versions, rows));
  const late = rows.filter(
    ({ limit, times }) => limit !== undefined && times.some((each) => quantile(each, 0.95) > limit),
  );
  for (const { name, limit } of late) console.error(`✗ ${name}: more than ${limit} ms once in twenty times`);
  if (late.length > 0) process.exitCode = 1;
} finally {
  for (const place of places) await place.remove().catch(() => rm(place.folder, { recursive: true, force: true }));
}
