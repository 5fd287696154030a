import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { sql } from 'kysely';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '$lib/server/person.ts';
import { run } from '../engine/cli-harness.ts';
import { accessibilityFindings, openBrowser, startEditor } from './harness.ts';
import { makePast, MARKUP, type Past } from './past.ts';

const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

let browser: Browser;
let editor: Awaited<ReturnType<typeof startEditor>>;
let past: Past;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  [browser, editor] = await Promise.all([openBrowser(), startEditor()]);
  past = await makePast(editor);
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-evidence-'));
});

afterAll(async () => {
  await browser?.close();
  await past?.store.close();
  await editor?.stop();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await Promise.all(browser.contexts().map(async (context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
});

async function visit(
  role: Role,
  address: string,
  options: BrowserContextOptions = {},
  of = { editor, past },
): Promise<Page> {
  const context = await browser.newContext({
    ...{ baseURL: of.editor.url, storageState: of.past.sessions[role], viewport: widths.wide },
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 40')) complaints.push(message.text());
  });
  // Quiet means that the scripts are there and run: before that a page answers to links and forms alone.
  await page.goto(address, { waitUntil: 'networkidle' });
  return page;
}

const entries = (page: Page) => page.locator('[data-entry]');
const sentencesOn = (page: Page) => page.locator('[data-entry] p:first-child').allInnerTexts();
const badge = (page: Page, state: string) => page.locator(`[data-integrity="${state}"]`).waitFor();

async function saved(
  page: Page,
  click: () => Promise<void>,
): Promise<{ readonly name: string; readonly file: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const name = file.suggestedFilename();
  await file.saveAs(path.join(folder, name));
  return { name, file: path.join(folder, name) };
}

describe('the history of everything', () => {
  test('is a page of sentences; an emergency is red and says so, what people wrote is only text', async () => {
    const page = await visit('auditor', '/history');
    const emergency = page.locator('[data-tone="emergency"]');
    await expect(emergency.innerText()).resolves.toMatch(
      /Emergency: Bob Approver published version 3 of Field <notes> in Production.*Emergency.*Stolen tablets/s,
    );
    await expect(emergency.locator('svg').count()).resolves.toBeGreaterThan(0);
    const approval = page.locator('[data-type="review.given"]', { hasText: 'approved revision 1' });
    await expect(approval.innerText()).resolves.toContain(MARKUP);
    await expect(page.locator('[data-entries] img').count()).resolves.toBe(0);
    const waived = page.locator('[data-type="environment.approval_waived"]');
    await expect(waived.innerText()).resolves.toMatch(/switched approval off for Staging.*Only we use it\./s);
    await expect(page.title()).resolves.toBe('History · Latchkey');
    await expect(page.locator('[data-tone="access"]', { hasText: 'Access' }).count()).resolves.toBeGreaterThan(3);
  });

  test('a time is local, with the exact instant beside it; hash and rows are there to take along', async () => {
    const page = await visit('auditor', '/history?kind=releases', {
      ...{ timezoneId: 'Asia/Tokyo', permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const entry = page.locator('[data-tone="emergency"]');
    const time = entry.locator('time').first();
    const at = Date.parse((await time.getAttribute('datetime')) ?? '');
    const local = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Tokyo' });
    await expect.poll(() => time.innerText()).toContain(local.format(at));
    await expect(time.getAttribute('title')).resolves.toContain('UTC');
    await entry.getByRole('button', { name: /Copy the hash/ }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    const hash = await past.store.db
      .selectFrom('audit_event')
      .select('entry_hash')
      .where('seq', '=', Number(await entry.getAttribute('data-entry')))
      .executeTakeFirstOrThrow();
    expect(copied).toBe(hash.entry_hash);
    await expect(entry.getByRole('link', { name: 'Revision 3' }).getAttribute('href')).resolves.toBe(
      '/policies/notes/revisions/3',
    );
    await entry.locator('summary').click();
    await expect(entry.locator('details').innerText()).resolves.toMatch(
      /simulation_run\/.*release\/.*SHA-256 [0-9a-f]{64}/s,
    );
  });

  test('filters stand in the address, and lead back', async () => {
    const page = await visit('auditor', '/history');
    const all = await entries(page).count();
    await page.getByLabel('Person').selectOption('Ann Author');
    await page.getByLabel('Kind').selectOption('Policies and drafts');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/person=.*kind=changes|kind=changes.*person=/);
    const sentences = await sentencesOn(page);
    expect(sentences.length).toBeGreaterThan(3);
    expect(sentences.filter((sentence) => !sentence.startsWith('Ann Author'))).toEqual([]);
    await expect(page.getByLabel('Kind').inputValue()).resolves.toBe('changes');

    await page.getByRole('link', { name: 'Clear filters' }).click();
    await page.waitForURL('**/history');
    await expect(entries(page).count()).resolves.toBe(all);

    await page.getByLabel('Until').fill('2020-01-01T00:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    expect(page.url()).toMatch(/to=20(19|20)-/);
    await page.goBack();
    await entries(page).first().waitFor();
  });

  test('an address that cannot be read is refused in words', async () => {
    const page = await visit('auditor', '/history?kind=gossip');
    await expect(page.locator('body').innerText()).resolves.toContain('‘gossip’ is no kind of entry');
  });

  test('pages follow each other to the beginning', async () => {
    const page = await visit('auditor', '/history');
    const first = await entries(page).evaluateAll((all) =>
      all.map((entry) => Number(entry.getAttribute('data-entry'))),
    );
    expect(first).toHaveLength(50);
    await page.getByRole('link', { name: 'Older' }).click();
    await page.waitForURL(/before=/);
    const second = await entries(page).evaluateAll((all) =>
      all.map((entry) => Number(entry.getAttribute('data-entry'))),
    );
    expect(second[0]).toBe((first.at(-1) ?? 0) - 1);
    expect(second.at(-1)).toBe(1);
    await page.getByText('This is the beginning.').waitFor();
    await page.getByRole('link', { name: 'Newest' }).click();
    await page.waitForURL('**/history');
  });

  test('is downloaded as a table, narrowed as the page is', async () => {
    const page = await visit('auditor', '/history?kind=releases');
    const shown = await entries(page).count();
    const { name, file } = await saved(page, () => page.getByRole('link', { name: 'Download as CSV' }).click());
    expect(name).toBe('history.csv');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(shown + 1);
    expect(lines[1]).toContain('Emergency: Bob Approver published');
  });
});

describe('what was in force', () => {
  test('moves from release to release, by slider, by link and by time', async () => {
    const page = await visit('auditor', '/history/in-force');
    const inProduction = page.locator('[data-environment="production"] [data-policy="notes"]');
    await expect(inProduction.innerText()).resolves.toMatch(/Version 3.*Emergency.*Nobody: published in an emergency/s);
    const staging = page.locator('[data-environment="staging"]');
    await expect(staging.innerText()).resolves.toMatch(/Version 3.*Nobody: approval was switched off/s);

    const slider = page.getByRole('slider');
    await expect(slider.getAttribute('aria-valuetext')).resolves.toBe('Now');
    await slider.focus();
    for (const expected of [/Version 3/, /Version 1/, /Version 1/]) {
      const before = page.url();
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL((url) => url.href !== before && url.searchParams.has('at'));
      await expect.poll(() => inProduction.innerText()).toMatch(expected);
    }
    await expect(inProduction.innerText()).resolves.toMatch(/Approved by\s+Bob Approver.*The field teams wait.*OPS-7/s);
    await expect(inProduction.getByRole('link', { name: 'Revision 1' }).getAttribute('href')).resolves.toBe(
      '/policies/notes/revisions/1',
    );

    await page.getByRole('link', { name: 'Earlier change' }).click();
    await expect.poll(() => inProduction.count()).toBe(0);
    await page.getByLabel('At', { exact: true }).fill('2020-01-01T00:00:00');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('Nothing was in force here.').first().waitFor();
    await page.getByRole('link', { name: 'Now' }).click();
    await page.waitForURL('**/history/in-force');
    await expect.poll(() => inProduction.innerText()).toMatch(/Version 3/);
  });

  test('of one policy, everybody may see, with its releases', async () => {
    const page = await visit('viewer', '/policies/notes/history/in-force');
    await expect(page.locator('[data-environment] [data-policy]').count()).resolves.toBe(2);
    const releases = await page.locator('[data-releases] li').allInnerTexts();
    expect(releases.map((text) => text.split('\n')[0])).toEqual([
      'Release 5 in Production',
      'Release 1 in Staging',
      'Release 4 in Production',
    ]);
  });
});

describe('the history of a policy', () => {
  test('is its own entries alone, for everybody who may read', async () => {
    const page = await visit('viewer', '/policies/notes/history');
    const sentences = await sentencesOn(page);
    expect(sentences.length).toBeGreaterThan(8);
    expect(sentences.filter((sentence) => !sentence.includes('Field <notes>'))).toEqual([]);
    await expect(page.getByRole('navigation', { name: 'Latchkey' }).innerText()).resolves.toBe('Policies');
    await badge(page, 'good');
    await expect(page.getByRole('button', { name: 'Verify now' }).count()).resolves.toBe(0);
    await page.getByLabel('Kind').selectOption('Reviews and tests');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL('**/policies/notes/history?kind=reviews');
    await expect(entries(page).count()).resolves.toBe(4);
  });

  test('compares any two revisions, line by line', async () => {
    const page = await visit('viewer', '/policies/notes/history/compare?a=1&b=3');
    const changed = page.locator('[data-diff="changed"]').first();
    await expect(changed.locator('[data-line]', { hasText: '7d' }).innerText()).resolves.toMatch(/−\s*removed/);
    await expect(changed.locator('[data-line]', { hasText: '6d' }).innerText()).resolves.toMatch(/\+\s*added/);
    await expect(page.locator('[data-diff]').count()).resolves.toBe(2);
    await page.getByLabel('From').selectOption({ value: '2' });
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForURL('**/compare?a=2&b=3');
    await page.locator('[data-diff] [data-line]', { hasText: '5d' }).first().waitFor();
    await page.getByRole('link', { name: 'Swap' }).click();
    await page.waitForURL('**/compare?a=3&b=2');
  });

  test('one revision alone has nothing to be compared to, one that is not there is refused', async () => {
    const page = await visit('viewer', '/policies/songbook/history/compare');
    await page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor();
    await page.goto('/policies/notes/history/compare?a=9');
    await expect(page.locator('body').innerText()).resolves.toContain('There is no revision 9');
  });
});

describe('integrity', () => {
  test('a record that holds says up to where, and is checked again on demand', async () => {
    const page = await visit('auditor', '/history');
    await badge(page, 'good');
    const [answer] = await Promise.all([
      page.waitForResponse(
        (response) => response.request().method() === 'POST' && response.url().endsWith('/integrity'),
      ),
      page.getByRole('button', { name: 'Verify now' }).click(),
    ]);
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatchObject({ progress: { phase: 'entries' } });
    expect(lines.at(-1)).toMatchObject({ told: { count: 0, problems: [] } });
    await badge(page, 'good');
    const said = await page.locator('[data-integrity]').innerText();
    expect(said).toMatch(/Nothing was altered\s+Verified up to entry \d+.*rows of evidence are as written/s);
  });

  test('a record that somebody altered is red and names the row, on the page of a policy, too', async () => {
    const other = await startEditor();
    try {
      const altered = { editor: other, past: await makePast(other) };
      const { db, log } = altered.past.store;
      const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(db);
      for (const { name } of rows) await sql.raw(`drop trigger ${name}`).execute(db);
      await db.updateTable('audit_event').set({ actor: 'u-nobody' }).where('seq', '=', 7).execute();
      const review = await db
        .selectFrom('review')
        .select('id')
        .where('verdict', '=', 'approve')
        .executeTakeFirstOrThrow();
      await db.updateTable('review').set({ message: 'it says something else' }).where('id', '=', review.id).execute();

      const page = await visit('auditor', '/history', {}, altered);
      await badge(page, 'bad');
      const places = await page
        .locator('[data-problem]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-problem')));
      expect(places.toSorted()).toEqual([`audit_event/${log}/7`, `review/${review.id}`].toSorted());
      await page.getByText('The record does not hold: 2 problems').waitFor();
      await expect(accessibilityFindings(page)).resolves.toEqual([]);
      const narrow = await visit('viewer', '/policies/notes/history', { viewport: widths.narrow }, altered);
      await badge(narrow, 'bad');
      await altered.past.store.close();
    } finally {
      await other.stop();
    }
  });
});

describe('evidence', () => {
  test('is exported as a zip that the command verifies, with the key and the checkpoint that were kept', async () => {
    const page = await visit('auditor', '/history/evidence');
    const zip = await saved(page, () => page.getByRole('link', { name: 'Export evidence' }).click());
    await page.getByText(/^Exported \d/).waitFor();
    expect(zip.name).toBe('latchkey-evidence.zip');
    const key = await saved(page, () => page.getByRole('link', { name: 'Download public key' }).click());
    const checkpoint = await saved(page, () => page.getByRole('link', { name: 'Download latest checkpoint' }).click());
    const { code, stdout } = await run(['verify', zip.file, '--key', key.file, '--checkpoint', checkpoint.file]);
    expect(stdout).toContain('✓ nothing was altered, added or left out');
    expect(stdout).not.toContain('no checkpoint was kept elsewhere');
    expect(code).toBe(0);

    const files = unzipSync(await readFile(zip.file));
    expect(Object.keys(files)).toContain('VERIFY.txt');
    for (const name of ['rows/review.ndjson', 'events.csv']) {
      const bytes = Uint8Array.from(files[name] ?? []);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      const altered = path.join(folder, 'altered.zip');
      await writeFile(altered, zipSync({ ...files, [name]: bytes }));
      await expect(run(['verify', altered]), name).resolves.toMatchObject({ code: 1 });
    }
  });

  test('an export that breaks off is told, and saves nothing', async () => {
    const page = await visit('auditor', '/history/evidence');
    await page.route('**/evidence/zip', (route) => route.abort());
    await page.getByRole('link', { name: 'Export evidence' }).click();
    await page.getByText('The export broke off and nothing was saved.').waitFor();
    complaints.splice(0);
  });
});

describe('separation of duties', () => {
  test('tells who wrote, approved and published; what breaks the rule is red and can be shown alone', async () => {
    const page = await visit('auditor', '/history/separation');
    const breaking = page.locator('[data-breaks="true"]');
    const texts = await breaking.allInnerTexts();
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(
      /Written by\s+Ann Author.*Published by\s+Bob Approver.*Emergency: published without waiting.*Nobody has looked back/s,
    );
    expect(texts[1]).toMatch(/Published by\s+Ada Admin.*approval was switched off for the environment/s);
    const good = page.locator('[data-breaks="false"]', { hasText: 'Field <notes>' });
    await expect(good.innerText()).resolves.toMatch(/Approved by\s+Bob Approver.*Keeps the rule/s);

    await page.getByLabel('Show').selectOption('Only what breaks the rule');
    await page.getByLabel('Environment').selectOption('Staging');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/show=breaking/);
    await expect.poll(() => page.locator('[data-release]').count()).toBe(1);
    const { name, file } = await saved(page, () => page.getByRole('link', { name: 'Download as CSV' }).click());
    expect(name).toBe('separation-of-duties.csv');
    const [, line = '', ...rest] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(rest).toEqual([]);
    expect(line).toContain('"Staging","1","notes","3","3","normal","Ann Author","","","Ada Admin"');
  });
});

describe('who may', () => {
  const GLOBAL = [
    ...['/history', '/history/in-force', '/history/separation', '/history/evidence', '/history/csv'],
    ...['/history/separation/csv', '/history/evidence/zip', '/history/evidence/checkpoint'],
  ];

  test.each([
    ['viewer', 403],
    ['author', 403],
    ['auditor', 200],
    ['approver', 200],
    ['admin', 200],
  ] as const)('read the history of everything: %s gets %d', async (role, status) => {
    const context = await browser.newContext({ baseURL: editor.url, storageState: past.sessions[role] });
    for (const address of GLOBAL) {
      const response = await context.request.get(address, { headers: { accept: '*/*' } });
      expect([address, response.status()]).toEqual([address, status]);
    }
    const checked = await context.request.post('/history/integrity', { headers: { origin: editor.url } });
    expect(checked.status()).toBe(status);
    for (const address of ['', '/csv', '/in-force', '/compare']) {
      const response = await context.request.get(`/policies/notes/history${address}`);
      expect([address, response.status()]).toEqual([address, 200]);
    }
    await expect(context.request.get('/policies/nowhere/history').then((answer) => answer.status())).resolves.toBe(404);
  });

  test('the header shows only where somebody may go, in a menu where it is narrow', async () => {
    const wide = await visit('admin', '/history');
    const nav = wide.getByRole('navigation', { name: 'Latchkey' });
    await expect(nav.getByRole('link').allInnerTexts()).resolves.toEqual(['Policies', 'History', 'Settings']);
    await expect(nav.locator('[aria-current="page"]').innerText()).resolves.toBe('History');
    const narrow = await visit('author', '/', { viewport: widths.narrow });
    await narrow.getByRole('button', { name: 'Menu' }).click();
    await narrow.getByRole('menuitem').first().waitFor();
    await expect(narrow.getByRole('menuitem').allInnerTexts()).resolves.toEqual(['Policies']);
    await expect(narrow.evaluate('document.documentElement.scrollWidth')).resolves.toBe(390);
  });
});

test.each([
  ...['/history', '/history?kind=sign-ins&before=30', '/history/in-force', '/history/separation', '/history/evidence'],
  ...['/policies/notes/history', '/policies/notes/history/in-force', '/policies/notes/history/compare?a=1&b=3'],
])('axe finds nothing on %s, and nothing is cut off', async (address) => {
  for (const [viewport, colorScheme] of [
    [widths.wide, 'dark'],
    [widths.narrow, 'light'],
  ] as const) {
    const page = await visit('auditor', address, { viewport, colorScheme });
    await expect(accessibilityFindings(page)).resolves.toEqual([]);
    await expect(page.evaluate('document.documentElement.scrollWidth')).resolves.toBe(viewport.width);
  }
});
