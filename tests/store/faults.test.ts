import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '$lib/server/changes/index.ts';
import { readiness, refusalOf } from '$lib/server/http/index.ts';
import { openStore, verifyStore, type Store } from '$lib/server/store/index.ts';
import { PATIENCE, SILENCE } from '$lib/server/store/postgres.ts';
import { buildProgram, start, type Program } from './child.ts';
import { makeCluster, whyNoCluster, type Cluster } from './cluster.ts';
import { databases, type Place } from './databases.ts';
import { demandKept, hear, heard, killed, prepare, type Acknowledged } from './kept.ts';
import { admin } from './people.ts';
import { openProxy, type Proxy } from './proxy.ts';

/** How long a database stays away; `npm run test:faults` makes it thirty seconds. */
const AWAY = Number(process.env['LATCHKEY_AWAY_SECONDS'] ?? 2) * 1000;
const POLICIES = ['one', 'two'];

const [sqlite, postgres] = await databases();
if (sqlite === undefined || postgres === undefined) throw new TypeError('there are two kinds of databases');

let program: Program;
beforeAll(async () => {
  program = await buildProgram('writer');
});
afterAll(() => program.remove());

const written = (store: Store) =>
  store.write(async ({ record }) => record({ type: 'test.wrote', actor: 'u-1', subject: 'test' }));

/** What people are told of this attempt; `kept` when it succeeded. */
const told = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'kept',
    (error: unknown) => refusalOf(error)?.code ?? String(error),
  );

/** What machines that watch are told. */
async function ready(store: Store): Promise<string> {
  const response = await readiness(store);
  const { code } = response.ok ? { code: '' } : ((await response.json()) as { code: string });
  return `${response.status} ${code}`.trim();
}

/** Fills the draft until nothing more fits; returns the text that was kept last, and what was said then. */
async function fillUp(store: Store): Promise<{ kept: string; lockVersion: number; said: string }> {
  let { text: kept, lockVersion } = await readDraft(store, 'one');
  for (let save = 0; save < 100; save += 1) {
    // Longer each time, as long as it may be: SQLite writes over what the last one leaves.
    const text = randomBytes(Math.min(save + 1, 4) * 180_000).toString('base64');
    const said = await told(
      saveDraft(store, admin, { policyId: 'one', text, timelines: [], lockVersion }).then((saved) => {
        ({ lockVersion } = saved);
        kept = text;
      }),
    );
    if (said !== 'kept') return { kept, lockVersion, said };
  }
  throw new Error('there was room for everything');
}

type Filled = Awaited<ReturnType<typeof fillUp>>;

/** Demands that it said why, that what was kept is there, that reading goes on, and that everything verifies. */
async function demandWhole(store: Store, { kept, lockVersion, said }: Filled): Promise<void> {
  expect(said).toBe('store_full');
  expect(lockVersion, 'something had fitted').toBeGreaterThan(1);
  expect(await readDraft(store, 'one')).toMatchObject({ text: kept, lockVersion });
  expect((await verifyStore(store)).problems).toEqual([]);
  expect(await ready(store)).toBe('200');
}

describe('SQLite', () => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await sqlite.place();
    store = await place.open();
    await prepare(store, POLICIES);
  });
  afterEach(async () => place.remove());

  test('full: says so, loses nothing, and goes on when there is room', async () => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 150)}`.execute(store.db);
    const full = await fillUp(store);
    await demandWhole(store, full);
    await sql`pragma max_page_count = 4294967294`.execute(store.db);
    const save = { policyId: 'one', text: 'small', timelines: [], lockVersion: full.lockVersion };
    await saveDraft(store, admin, save);
    expect((await verifyStore(store)).problems).toEqual([]);
  });

  test.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
    'no file may grow any more: says so, loses nothing, and goes on when they may',
    async () => {
      await store.close();
      const acknowledged: Acknowledged[] = [];
      const running = start(program, { folder: place.folder, policies: POLICIES });
      const limit = (size: string) => spawnSync('prlimit', ['--pid', String(running.child.pid), `--fsize=${size}`]);
      try {
        await hear(running, 5, acknowledged);
        expect(limit('200000:unlimited').status).toBe(0);
        let said = await heard(running);
        for (; said.kind !== 'refused'; said = await heard(running)) acknowledged.push(said);
        expect(said.code).toMatch(/^store_(full|unwritable)$/);
        expect(limit('unlimited:unlimited').status).toBe(0);
        await hear(running, 20, acknowledged);
      } finally {
        await killed(running, acknowledged);
      }
      await demandKept(await place.open(), acknowledged);
    },
  );

  test(`held by another process for ${AWAY} ms: waits, or says so, and goes on`, async () => {
    const other = await place.open();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let holds: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => (holds = resolve));
    const holder = other.keep(async () => {
      holds();
      await held;
    });
    await holding;
    const attempt = told(written(store));
    await wait(AWAY);
    release();
    await holder;
    expect(await attempt).toBe(AWAY < 5_000 ? 'kept' : 'store_away');
    expect(await told(written(store))).toBe('kept');
    expect((await verifyStore(store)).problems).toEqual([]);
  });
});

/**
 * Whether people are told that the database was away. A connection that breaks is told at once. One that stalls is waited
 * for: up to PATIENCE nobody notices more than the delay; then PostgreSQL may give up the change it holds open, whenever it
 * began; beyond SILENCE the server has given up by itself.
 */
const TOLD = { cut: 'always', stall: AWAY < PATIENCE ? 'never' : AWAY <= SILENCE ? 'perhaps' : 'always' } as const;

describe.skipIf(postgres.missing !== null)(postgres.name, () => {
  let place: Place;
  let proxy: Proxy;
  beforeEach(async () => {
    place = await postgres.place();
    proxy = await openProxy(place.url ?? '');
    const first = await place.open();
    await prepare(first, POLICIES);
  });
  afterEach(async () => {
    await place.remove();
    await proxy.cut();
  });

  test.each(['cut', 'stall'] as const)(
    `away for ${AWAY} ms (%s): says so or waits, loses nothing, and goes on without being started again`,
    async (how) => {
      const acknowledged: Acknowledged[] = [];
      const running = start(program, { folder: place.folder, url: proxy.url, policies: POLICIES });
      try {
        await hear(running, 10, acknowledged);
        await proxy[how]();
        await wait(AWAY);
        await proxy.restore();
        await hear(running, 20, acknowledged);
      } finally {
        await killed(running, acknowledged);
      }
      expect(acknowledged.filter(({ kind }) => kind === 'started')).toHaveLength(1);
      const refusals = acknowledged.flatMap((each) => (each.kind === 'refused' ? [each.code] : []));
      expect(refusals.filter((code) => code !== 'store_away')).toEqual([]);
      const allowed = { always: [true], perhaps: [true, false], never: [false] }[TOLD[how]];
      expect(allowed, `told ${TOLD[how]}`).toContain(refusals.length > 0);
      await demandKept(await place.open(), acknowledged);
    },
  );

  test('a change that loses its connection half-way is told why and leaves nothing, and machines that watch are told', async () => {
    const store = await place.open({ url: proxy.url });
    expect(await ready(store)).toBe('200');
    const broken = store.write(async ({ record }) => {
      await record({ type: 'test.wrote', actor: 'u-1', subject: 'half-way' });
      await proxy.cut();
      // Nobody asks the database anything while its connection breaks.
      await wait(50);
      await record({ type: 'test.wrote', actor: 'u-1', subject: 'half-way' });
    });
    expect(await told(broken)).toBe('store_away');
    expect(await ready(store)).toBe('503 store_away');
    expect(await told(written(store))).toBe('store_away');
    await proxy.restore();
    expect(await ready(store)).toBe('200');
    expect(await told(written(store))).toBe('kept');
    const half = store.db.selectFrom('audit_event').select('seq').where('subject', '=', 'half-way');
    expect(await half.execute()).toEqual([]);
    expect((await verifyStore(store)).problems).toEqual([]);
  });
});

const noCluster = whyNoCluster();

describe.skipIf(noCluster !== null)(`PostgreSQL of our own${noCluster === null ? '' : ` (${noCluster})`}`, () => {
  let cluster: Cluster;
  let place: Place;
  beforeAll(async () => {
    cluster = await makeCluster({ largestFile: 4096 });
    place = await sqlite.place();
  });
  afterAll(async () => {
    await place.remove();
    await cluster.remove();
  });

  test('full: says so, loses nothing, and goes on when there is room', async () => {
    const store = await openStore({ folder: place.folder, url: cluster.url, now: Date.now });
    try {
      await prepare(store, POLICIES);
      const full = await fillUp(store);
      await demandWhole(store, full);
      await sql`vacuum draft`.execute(store.db);
      const save = { policyId: 'one', text: 'small', timelines: [], lockVersion: full.lockVersion };
      await saveDraft(store, admin, save);
      expect(await told(written(store))).toBe('kept');
      expect((await verifyStore(store)).problems).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
