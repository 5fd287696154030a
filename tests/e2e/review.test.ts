import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signIn, type SignedIn } from '../../scripts/editor-server.mjs';
import { policyText, storyText } from '../store/people.ts';
import { join, PASSWORD, submit, type Role } from './crew.ts';
import { accessibilityFindings, cookieOf, openBrowser, startEditor } from './harness.ts';
import { expectAccessible, Visits } from './visits.ts';

/** What a browser does not run when it stands in a comment. */
const MARKUP = '<img src=x onerror="document.title=1"> six days?';

let folder: string;
let browser: Browser;
let editor: Awaited<ReturnType<typeof startEditor>>;
let visits: Visits;
/** What the browsers of those hold who are signed in. */
let people: Readonly<Record<'ada' | 'ann' | 'ben' | 'cy', SignedIn>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
  await mkdir(path.join(folder, 'notes/timelines'), { recursive: true });
  await writeFile(path.join(folder, 'notes/1.json'), policyText(1));
  await writeFile(path.join(folder, 'notes/timelines/away.json'), storyText());
  [browser, editor] = await Promise.all([openBrowser(), startEditor({ LATCHKEY_POLICIES: folder })]);
  visits = new Visits(browser, editor.url);
  const come = async (name: string, role: Role) =>
    signIn(editor.url, { email: await join(editor, name, role), password: PASSWORD });
  const ann = await come('Ann', 'author');
  people = { ada: editor.signedIn, ann, ben: await come('Ben', 'approver'), cy: await come('Cy', 'approver') };
});

afterAll(async () => {
  await browser?.close();
  await editor?.stop();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => visits.end());

const revisionPath = (number: number) => `/policies/notes/revisions/${number}`;
const at = (who: keyof typeof people, address: string) => visits.at(address, { storageState: people[who] });

/** Goes to an address once the scripts there run. */
const go = (page: Page, address: string) => page.goto(address, { waitUntil: 'networkidle' });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const check = (page: Page, id: string) => page.locator(`[data-check="${id}"]`);

/** Saves the draft as the page of the policy does: its limit and what its timeline expects. */
async function write(who: keyof typeof people, version: number, days: number, expected = days): Promise<void> {
  const address = `${editor.url}/api/policies/notes/draft`;
  const headers = { ...cookieOf({ signedIn: people[who] }), origin: editor.url, 'content-type': 'application/json' };
  const { lockVersion } = (await (await fetch(address, { headers })).json()) as { lockVersion: number };
  const texts = {
    text: policyText(version, `${days}d`),
    timelines: [{ name: 'away', text: storyText(expected * 24) }],
  };
  const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ ...texts, lockVersion }) });
  expect(answer.status).toBe(200);
}

/** Submits the draft as it stands, and follows it to its revision. */
async function submitDraft(page: Page, message: string, number: number): Promise<void> {
  await go(page, '/policies/notes/changes');
  await page.getByRole('textbox', { name: 'What changes' }).fill(message);
  await page.getByLabel('Why').fill('Asked for by the field teams.');
  await page.getByLabel('Ticket (optional)').fill('OPS-12');
  await press(page, 'Submit for review');
  await page.waitForURL(`**${revisionPath(number)}`);
}

async function approve(page: Page, message: string): Promise<void> {
  await page.getByLabel('Approve').check();
  await page.getByLabel('What you found').fill(message);
  await press(page, 'Give the verdict');
  await page.locator('[data-verdict="approve"][data-stale="false"]').waitFor();
}

const hashOn = (page: Page) => page.getByTestId('content-hash').innerText();

/** Sends a form without the page; the code it was refused with. */
async function refusal(who: keyof typeof people, address: string, fields: Record<string, string>): Promise<string> {
  const answer = await submit(editor, address, fields, cookieOf({ signedIn: people[who] }).cookie);
  return /\\"([a-z]+_[a-z_]+)\\"/.exec(answer)?.[1] ?? answer;
}

describe('from a draft to what is in force', () => {
  test('what came from files and is live says so calmly, and offers no publish', async () => {
    const page = await at('ben', revisionPath(1));
    expect(await check(page, 'approval').textContent()).toContain('It came from files. Nobody has reviewed it here.');
    expect(await check(page, 'environment-production').getAttribute('data-state')).toBe('met');
    expect(await page.locator('[data-state="unmet"]').count()).toBe(0);
    await page.getByText('It is live everywhere, so there is nothing to publish.').waitFor();
    expect(await page.getByRole('link', { name: 'Publish…' }).count()).toBe(0);
    await page.getByText('Imported by').waitFor();
    await expect(page.getByLabel('Approve').isVisible()).resolves.toBe(false);
    await go(page, `${revisionPath(1)}/publish`);
    await page.getByText('There is nothing to publish there').waitFor();
    expect(await page.getByTestId('emergency').count()).toBe(0);
    await go(page, '/policies/notes/changes');
    await page.getByRole('heading', { name: 'The draft changes nothing' }).waitFor();
  });

  test('a draft is submitted with a message, a reason and a ticket, and nobody approves their own work', async () => {
    await write('cy', 2, 5);
    await write('ann', 2, 6, 5);
    const page = await at('ann', '/policies/notes/changes');
    await page.getByText('Draft by Cy and Ann').waitFor();
    await page.locator('[data-effect="narrows"]', { hasText: 'note.view' }).waitFor();
    await page.getByTestId('red').waitFor();
    await write('ann', 2, 6);
    await press(page, 'Submit for review');
    expect(page.url(), 'a message and a reason are asked for').toContain('/changes');
    await page.getByRole('textbox', { name: 'What changes' }).fill('too early');
    await page.getByLabel('Why').fill('shown before the last save');
    await press(page, 'Submit for review');
    await page.getByRole('alert').filter({ hasText: 'Somebody else saved this draft in the meantime' }).waitFor();
    await submitDraft(page, 'Away for six days', 2);
    await page.getByText('Asked for by the field teams.').waitFor();
    await page.getByText('OPS-12').waitFor();
    await page.locator('[data-obstacle="role"]', { hasText: 'You cannot approve this' }).waitFor();
    expect(await page.getByRole('button', { name: 'Give the verdict' }).count()).toBe(0);

    const theirs = await at('cy', revisionPath(2));
    await theirs.locator('[data-obstacle="own_work"]', { hasText: 'you wrote in this revision' }).waitFor();
    await expect(theirs.getByLabel('Approve').isDisabled()).resolves.toBe(true);
    const own = { contentHash: await hashOn(theirs), verdict: 'approve', message: '' };
    expect(await refusal('cy', `${revisionPath(2)}?/review`, own)).toBe('own_work');
  });

  test('who has the policy open sees who else does', async () => {
    const pages = [await at('ann', '/policies/notes'), await at('ben', '/policies/notes')];
    await pages[1]?.getByText('Ann is here too').waitFor();
    await pages[0]?.getByText('Ben is here too').waitFor();
    expect(await pages[0]?.locator('[data-draft]').getAttribute('data-draft')).toBe('published');
  });

  test('somebody else sees what changes, comments on a place and approves; an edit makes that stale', async () => {
    const page = await at('ben', revisionPath(2));
    await expect(page.locator('[data-line="removed"]', { hasText: '7d' }).count()).resolves.toBe(1);
    await expect(page.locator('[data-line="added"]', { hasText: '6d' }).count()).resolves.toBe(1);
    await press(page, 'Add a comment');
    await page.getByLabel('On what').fill('/tiers/0/require/9');
    await page.getByLabel('Comment', { exact: true }).fill(MARKUP);
    await press(page, 'Send');
    await page.getByRole('alert').filter({ hasText: 'The document has nothing at' }).waitFor();
    await page.getByLabel('On what').fill('/tiers/0/require/0/limit');
    await press(page, 'Send');
    await page.locator('[data-comments-at="6"]', { hasText: MARKUP }).waitFor();
    const author = await at('ann', revisionPath(2));
    await press(author, 'Reply');
    await author.getByLabel('Comment', { exact: true }).fill('Five would do.');
    await press(author, 'Send');
    await author.locator('[data-comments-at="6"]', { hasText: 'Five would do.' }).waitFor();
    await approve(page, 'Six is what they asked for.');
    expect(await check(page, 'approval').textContent()).toContain('approved by Ben');
    const approvedHash = await hashOn(page);

    await write('ann', 2, 5);
    await submitDraft(author, 'Away for five days', 3);
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByText('Revision 3 was submitted since.').waitFor();
    await page.getByRole('link', { name: 'Open revision 3' }).click();
    await page.locator('[data-verdict="approve"][data-stale="true"]', { hasText: 'On revision 2' }).waitFor();
    await page.locator('[data-comment]', { hasText: 'On revision 2' }).first().waitFor();
    expect(await check(page, 'approval').getAttribute('data-state')).toBe('open');
    const late = { contentHash: approvedHash, verdict: 'approve', message: '' };
    expect(await refusal('ben', `${revisionPath(2)}?/review`, late)).toBe('review_stale');
    expect(await refusal('ben', `${revisionPath(3)}?/review`, late)).toBe('content_changed');
  });

  test('exactly what was approved is published, with a reason and a ticket, and history says so', async () => {
    const page = await at('ben', `${revisionPath(3)}/publish`);
    await page.locator('a [data-obstacle="not_approved"]').waitFor();
    expect(await page.getByRole('button', { name: 'Publish to Production' }).count()).toBe(0);
    await go(page, revisionPath(3));
    await approve(page, 'Five is enough.');
    const other = { contentHash: '0'.repeat(64), environment: 'production', reason: 'Five is enough.' };
    expect(await refusal('ben', `${revisionPath(3)}/publish?/publish`, other)).toBe('content_changed');
    await page.getByRole('link', { name: 'Publish…' }).click();
    await page.getByText('v2 (revision 3) takes its place.').waitFor();
    await expectAccessible(page);
    await press(page, 'Publish to Production');
    expect(page.url(), 'a reason is asked for').toContain('/publish');
    await page.getByLabel('Why').fill('The field teams wait for it.');
    await page.getByLabel('Ticket (optional)').first().fill('OPS-13');
    await press(page, 'Publish to Production');
    await page.waitForURL(`**${revisionPath(3)}`);
    await page.locator('[data-release="normal"]', { hasText: 'Live' }).waitFor();
    await go(page, '/policies/notes/history');
    const told = page.locator('[data-type="release.published"]').first();
    expect(await told.innerText()).toMatch(/Ben published version 2 of notes in Production.*wait for it.*OPS-13/s);
    await go(page, '/');
    await page.locator('[data-live="Production"]', { hasText: 'v2' }).waitFor();
  });
});

describe('later, back, and in a hurry', () => {
  test('a publish is planned for an hour, called off, and carried out when its hour comes', async () => {
    await submit(editor, '/settings/environments?/make', { id: 'staging', title: 'Staging' });
    const page = await at('ben', `${revisionPath(3)}/publish?environment=staging`);
    const hash = await (async () => {
      const shown = await at('cy', revisionPath(3));
      return hashOn(shown);
    })();
    await page.getByLabel('At a time').check();
    await page.getByLabel('Local time').fill('2040-03-01T09:30');
    expect(await page.getByTestId('fire-at').textContent()).toMatch(/That is 2040-03-01 .*UTC\./);
    await page.getByLabel('Why').fill('After the night shift.');
    await expectAccessible(page);
    await press(page, 'Plan for Staging');
    await page.locator('[data-planned="waiting"]', { hasText: 'Revision 3 to Staging' }).waitFor();
    await press(page, 'Cancel: Revision 3 to Staging');
    await page.locator('[data-planned="cancelled"]').waitFor();
    const soon = { contentHash: hash, environment: 'staging', reason: 'At once.', fireAt: `${Date.now() + 500}` };
    expect(await refusal('ben', `${revisionPath(3)}/publish?/plan`, soon)).toContain('"success"');
  });

  test('an earlier text comes back as a new revision, reviewed like any other', async () => {
    const author = await at('ann', revisionPath(1));
    await author.getByLabel('Why').fill('Five days were too short.');
    await press(author, 'Restore as a new revision');
    await author.waitForURL(`**${revisionPath(4)}`);
    await author.getByText('Restored by').waitFor();
    await expect(author.locator('[data-line="added"]').allInnerTexts()).resolves.toEqual(
      expect.arrayContaining([expect.stringContaining('"version": 3'), expect.stringContaining('7d')]),
    );
    const page = await at('ben', revisionPath(4));
    await approve(page, 'As it was.');
    await page.getByRole('link', { name: 'Publish…' }).click();
    await page.locator('[data-environment="production"]').click();
    await page.getByLabel('Why').fill('Back to seven days.');
    await press(page, 'Publish to Production');
    await page.waitForURL(`**${revisionPath(4)}`);
    await go(page, '/policies/notes/revisions');
    const first = page.locator('[data-revision="4"]');
    expect(await first.innerText()).toMatch(/Restore revision 1.*Approved by Ben.*Live in Production/s);
  });

  test('an emergency goes out alone, is red, and somebody else looks back at it', async () => {
    await write('ann', 4, 2);
    await submitDraft(await at('ann', '/policies/notes/changes'), 'Two days at most', 5);
    const page = await at('ada', `${revisionPath(5)}/publish`);
    const emergency = page.getByTestId('emergency');
    await emergency.getByText('Publish in an emergency…').click();
    await emergency.getByLabel('What happened').fill('Stolen tablets: the limit must come down now.');
    await emergency.getByLabel(/will look back at this/).check();
    await expectAccessible(page);
    await emergency.getByRole('button', { name: 'Break the glass for Production' }).click();
    await page.waitForURL(`**${revisionPath(5)}`);
    await page.locator('[data-release="break_glass"] [data-obstacle="own_emergency"]').waitFor();

    const other = await at('ben', '/');
    await other.getByTestId('open-look-backs').getByRole('link', { name: 'notes, revision 5' }).click();
    await other.getByLabel('It was right').check();
    await other.locator('[data-release="break_glass"]').getByLabel('What you found').fill('Twelve were stolen.');
    await press(other, 'Put on record');
    await other.locator('[data-look-back="accept"]', { hasText: 'Ben' }).waitFor();
    await go(other, '/');
    expect(await other.getByTestId('open-look-backs').count()).toBe(0);
    await go(other, '/policies/notes/history');
    const told = await other.locator('[data-tone="emergency"]').allInnerTexts();
    expect(told[0]).toMatch(/Ben looked back .* and accepted it/);
    expect(told[1]).toMatch(/^Emergency: Ada Admin published version 4/m);
  });

  test('what was planned went out, as planned', async () => {
    const page = await at('ann', revisionPath(3));
    const planned = page.locator('[data-release="scheduled"]', { hasText: 'Staging' });
    await expect
      .poll(async () => (await page.reload({ waitUntil: 'networkidle' }), planned.count()), { timeout: 15_000 })
      .toBe(1);
    expect(await planned.innerText()).toMatch(/Published as planned.*At once\./s);
  });
});

test.each([
  ...['/', '/new', '/policies/notes/changes', '/policies/notes/revisions'],
  ...[revisionPath(1), revisionPath(3), revisionPath(5), `${revisionPath(5)}/publish`],
])('axe finds nothing on %s, wide and narrow, light and dark, and nothing is cut off', async (address) => {
  const page = await at('ben', address);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const dark = 'document.documentElement.classList.contains("dark")';
      await expect.poll(() => page.evaluate(dark)).toBe(colorScheme === 'dark');
      expect(await accessibilityFindings(page), `${width} ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
});
