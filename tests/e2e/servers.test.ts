import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, startAgain, startEditor } from '../../scripts/editor-server.mjs';
import { childrenOf } from '../store/cluster.ts';
import { databases, type Place } from '../store/databases.ts';
import { policyText } from '../store/people.ts';
import { join, PASSWORD, submit } from './crew.ts';
import { cookieOf } from './harness.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** How soon one server shows what another has acknowledged, in milliseconds. */
const SOON = 1_000;

interface Draft {
  readonly text: string;
  readonly lockVersion: number;
}

const draftAt = (url: string, policy = 'notes') => `${url}/api/policies/${policy}/draft`;

/** The draft as a server shows it to who holds the cookie. */
async function readDraft(url: string, cookie: string, policy?: string): Promise<Draft> {
  const response = await fetch(draftAt(url, policy), { headers: { cookie } });
  expect(response.status).toBe(200);
  return (await response.json()) as Draft;
}

/** Saves the draft; its new lock version, once that was acknowledged. */
async function saveDraft(url: string, cookie: string, { text, lockVersion }: Draft, policy?: string): Promise<number> {
  const headers = { cookie, origin: url, 'content-type': 'application/json' };
  const body = JSON.stringify({ text, timelines: [], lockVersion });
  const response = await fetch(draftAt(url, policy), { method: 'PUT', headers, body });
  expect(response.status, 'a save is acknowledged').toBe(200);
  return ((await response.json()) as Draft).lockVersion;
}

async function demandDone(answer: Promise<string>): Promise<void> {
  expect(JSON.parse(await answer)).toMatchObject({ type: expect.stringMatching(/^(success|redirect)$/) as string });
}

const [, postgres] = await databases();
if (postgres === undefined) throw new TypeError('there are two kinds of databases');

describe.skipIf(postgres.missing !== null)(`two servers on one database: ${postgres.name}`, () => {
  let place: Place;
  let first: Awaited<ReturnType<typeof startEditor>>;
  let second: Awaited<ReturnType<typeof startAgain>>;
  /** What Ann and Ben hold: she signed in with the first server, he with the second. */
  let ann: string;
  let ben: string;

  beforeAll(async () => {
    place = await postgres.place();
    const env = {
      ...{ DATABASE_URL: place.url ?? '', LATCHKEY_SECRET: 'known to all nodes of this installation' },
      LATCHKEY_POLICIES: path.join(place.folder, 'none'),
    };
    first = await startEditor(env);
    second = await startAgain(place.folder, env);
    await demandDone(submit(first, '/settings/environments?/make', { id: 'production', title: 'Production' }));
    const come = async (at: string, name: string, role: 'author' | 'approver') =>
      cookieOf({ signedIn: await signIn(at, { email: await join(first, name, role), password: PASSWORD }) }).cookie;
    ann = await come(first.url, 'Ann', 'author');
    ben = await come(second.url, 'Ben', 'approver');
    await demandDone(submit(first, '/new?/import', { text: policyText(1) }, ann));
  });

  afterAll(async () => {
    await Promise.all([first?.stop(), second?.stop()]);
    await place?.remove();
  });

  /** Sends a form to one of the servers. */
  const send = (url: string, address: string, fields: Record<string, string>, cookie: string) =>
    demandDone(submit({ ...first, url }, address, fields, cookie));

  /** Fails unless a look sees it that was sent within a second from now: from when the change was acknowledged. */
  async function demandSoon(what: string, look: () => Promise<boolean>): Promise<void> {
    const acknowledged = performance.now();
    let sent: number;
    do sent = performance.now();
    while (!(await look()) && performance.now() - acknowledged < SOON);
    expect(sent - acknowledged, what).toBeLessThan(SOON);
    expect(await look(), what).toBe(true);
  }

  async function pageAt(url: string, address: string, cookie: string): Promise<string> {
    const response = await fetch(url + address, { headers: { cookie, accept: 'text/html' } });
    return response.ok ? response.text() : `${response.status}`;
  }

  const revision = '/policies/notes/revisions/1';

  test('a session holds on both, and ends on both', async () => {
    const ends = cookieOf({
      signedIn: await signIn(first.url, { email: 'ann@example.org', password: PASSWORD }),
    }).cookie;
    const read = async (url: string) => (await fetch(draftAt(url), { headers: { cookie: ends } })).status;
    expect(await Promise.all([first.url, second.url].map(read))).toEqual([200, 200]);
    const headers = { cookie: ends, origin: second.url, 'content-type': 'application/json' };
    const out = await fetch(`${second.url}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' });
    expect(out.status).toBe(200);
    await demandSoon('the session is over', async () => (await read(first.url)) === 401);
  });

  test('what one acknowledges, the other shows within a second: drafts', async () => {
    let { lockVersion } = await readDraft(second.url, ann);
    const turns = [first, second, first, second, first, second, first, second];
    for (const [turn, { url: here }] of turns.entries()) {
      const there = here === first.url ? second.url : first.url;
      const text = policyText(1, `${turn + 1}d`);
      lockVersion = await saveDraft(here, ann, { text, lockVersion });
      await demandSoon(`save ${turn}`, async () => (await readDraft(there, ben)).text === text);
      const late = { method: 'PUT', body: JSON.stringify({ text: 'late', timelines: [], lockVersion: 0 }) };
      const headers = { cookie: ann, origin: there, 'content-type': 'application/json' };
      expect((await fetch(draftAt(there), { ...late, headers })).status, 'an old version is a conflict').toBe(409);
    }
  });

  test('… who is there, without a word of it in the log', async () => {
    const present = async (url: string, cookie: string) =>
      ((await (await fetch(draftAt(url), { headers: { cookie } })).json()) as { present: readonly string[] }).present;
    await present(first.url, ann);
    await demandSoon('Ann', async () => (await present(second.url, ben)).includes('Ann'));
    await demandSoon('Ben', async () => (await present(first.url, ann)).includes('Ben'));
    expect(await present(first.url, ann), 'nobody is there besides themselves').not.toContain('Ann');
  });

  test('… a revision, its review, and its publish', async () => {
    const { lockVersion } = await readDraft(second.url, ann);
    expect(await pageAt(second.url, revision, ben)).toBe('404');
    const said = { message: 'A limit of days', reason: 'The islands are far.', lockVersion: `${lockVersion}` };
    await send(first.url, '/policies/notes/changes?/submit', said, ann);
    await demandSoon('the revision', async () =>
      (await pageAt(second.url, revision, ben)).includes('The islands are far.'),
    );

    const [, contentHash = ''] =
      /data-testid="content-hash">(\w+)</.exec(await pageAt(second.url, revision, ben)) ?? [];
    await send(second.url, `${revision}?/review`, { contentHash, verdict: 'approve', message: '' }, ben);
    await demandSoon('the approval', async () =>
      (await pageAt(first.url, revision, ann)).includes('data-check="approval" data-state="met"'),
    );

    const publish = { contentHash, environment: 'production', reason: 'Approved and awaited.', ticket: 'OPS-1' };
    await send(first.url, `${revision}/publish?/publish`, publish, ben);
    const inForce = '/policies/notes/history/in-force';
    await demandSoon('the release', async () => (await pageAt(second.url, inForce, ann)).includes('OPS-1'));
    await demandSoon('the list', async () => (await pageAt(second.url, '/', ann)).includes('Production v1'));
  });
});

const noProcesses = existsSync('/proc/self/stat') ? '' : ' (skipped: no /proc to find the server in)';

describe.skipIf(noProcesses !== '')(`a server that is killed while people write${noProcesses}`, () => {
  const POLICIES = ['one', 'two', 'three'];
  /** After how many acknowledged saves of all of them in each round. */
  const ROUNDS = [3, 60, 17];
  let folder: string;
  let env: Record<string, string>;
  let running: Awaited<ReturnType<typeof startAgain>> | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'latchkey-killed-'));
    env = { LATCHKEY_DATA: folder, LATCHKEY_POLICIES: path.join(folder, 'none') };
  });
  afterAll(async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('has lost nothing it acknowledged, starts again by itself, and its history verifies', async () => {
    const beginning = await startEditor(env);
    for (const id of POLICIES) await demandDone(submit(beginning, '/new?/import', { text: policyText(1, '7d', id) }));
    await beginning.stop();
    const { cookie } = cookieOf(beginning);
    /** What was acknowledged last of each, and what was sent last. */
    const kept = new Map(POLICIES.map((id) => [id, { text: policyText(1, '7d', id), lockVersion: 1 }]));
    const sent = new Map<string, string>();

    for (const [round, saves] of ROUNDS.entries()) {
      running = await startAgain(folder, env);
      const { url, pid, ended } = running;
      let answered = 0;
      const write = async (id: string): Promise<never> => {
        for (;;) {
          const { lockVersion } = await readDraft(url, cookie, id);
          const text = policyText(1, `${round * 1_000 + answered + 1}h`, id);
          sent.set(id, text);
          kept.set(id, { text, lockVersion: await saveDraft(url, cookie, { text, lockVersion }, id) });
          answered += 1;
          // The saves of the others are under way.
          if (answered === saves) for (const child of childrenOf(pid)) process.kill(child, 'SIGKILL');
        }
      };
      const ends = await Promise.allSettled(POLICIES.map(write));
      for (const end of ends) expect(end).toMatchObject({ reason: { message: 'fetch failed' } });
      expect(answered).toBeGreaterThanOrEqual(saves);
      expect(await ended, 'whoever watches over `npm start` is told').toBe(1);
      expect(verified(folder)).toMatch(/^✓/);

      running = await startAgain(folder, env);
      for (const id of POLICIES) {
        const found = await readDraft(running.url, cookie, id);
        const { text, lockVersion } = kept.get(id) ?? found;
        // One save more may have been kept whose answer was cut off.
        expect([text, sent.get(id) ?? text]).toContain(found.text);
        expect(found.lockVersion, id).toBe(lockVersion + (found.text === text ? 0 : 1));
        const next = { text: policyText(1, '9d', id), lockVersion: found.lockVersion };
        expect(await saveDraft(running.url, cookie, next, id), 'saving goes on').toBe(found.lockVersion + 1);
      }
      await running.stop();
    }
  });
});

/** What the command says of the history in a folder; fails when it finds something. */
function verified(folder: string): string {
  const argv = ['editor/command/latchkey-server.mjs', 'verify', '--data', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}
