import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFindings } from './harness.ts';
import { setStage } from './stage.ts';

const AT_LIMIT = '/policies/ward-rounds?pointer=/guards/1/limit&capability=patient.view';
const DRAFT = '/api/policies/ward-rounds/draft';

const stage = setStage('ward-rounds');

const draftState = (page: Page, state: string) => page.locator(`[data-draft="${state}"]`).waitFor();

/** Answers as if others were there, too. */
async function withOthers(route: Route): Promise<void> {
  const response = await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } });
  const draft = (await response.json()) as object;
  await route.fulfill({ response, json: { ...draft, present: ['Bartholomew Featherstonehaugh', 'Ann'] } });
}

test.each([320, 360, 390, 768])('nothing is wider than the window, whatever the draft, %i wide', async (width) => {
  const page = await stage.newPage({ viewport: { width, height: 640 } });
  const measured = async () =>
    page.evaluate(() => ({
      tooWide: document.documentElement.scrollWidth - window.innerWidth,
      top: document.querySelector('[data-document]')?.getBoundingClientRect().y,
    }));
  await page.goto(AT_LIMIT);
  await page.locator('.monaco-editor.focused').waitFor();
  const { top } = await measured();
  await page.route(`**${DRAFT}`, withOthers);
  await page.locator('[data-present]').waitFor();
  await expect(measured()).resolves.toEqual({ tooWide: 0, top });
  await page.keyboard.type('7');
  await draftState(page, 'saved');
  await expect(measured()).resolves.toEqual({ tooWide: 0, top });
  for (const name of ['Discard', 'Download']) {
    const box = await page.getByRole('button', { name }).first().boundingBox();
    expect([name, (box?.width ?? 0) >= 24, (box?.height ?? 0) >= 24]).toEqual([name, true, true]);
  }
});

test.each([
  [1440, 900, 'light'],
  [1440, 900, 'dark'],
  [1024, 768, 'light'],
  [390, 844, 'light'],
  [390, 844, 'dark'],
  [320, 640, 'light'],
] as const)('a server that is away moves no line, %i by %i in %s', async (width, height, colorScheme) => {
  const page = await stage.newPage({ viewport: { width, height }, colorScheme });
  let away = false;
  await page.route(`**${DRAFT}`, (route) => (away ? route.abort() : withOthers(route)));
  await page.goto(AT_LIMIT);
  await page.locator('.monaco-editor.focused').waitFor();
  await page.locator('[data-present]').waitFor();
  await page.keyboard.type('7');
  await draftState(page, 'saved');
  const spoken = await page.locator('[data-notices][role="status"]').elementHandle();
  const notice = page.getByText('The server cannot be reached');
  const before = await tops(page);
  // Another digit in its place wraps no line.
  const typeAway = async (digit: string) => {
    away = true;
    await page.keyboard.press('Backspace');
    await page.keyboard.type(digit);
    await draftState(page, 'offline');
    await notice.waitFor();
  };

  await typeAway('8');
  // A code editor that ends higher draws fewer lines, and those where they were.
  expect(before).toMatchObject(await tops(page));
  expect(await spoken?.textContent(), 'said by what was there to be listened to').toContain('cannot be reached');
  for (const part of [notice, page.getByRole('button', { name: 'Try again' })]) {
    const { x, y, width: wide, height: high } = (await part.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect([x >= 0, y >= 0, x + wide <= width, y + high <= height]).toEqual([true, true, true, true]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

  // It is tried again by itself.
  away = false;
  await draftState(page, 'saved');
  await notice.waitFor({ state: 'detached' });
  expect(await tops(page)).toEqual(before);
  await typeAway('9');
  expect(await accessibilityFindings(page)).toEqual([]);
  // It is tried again for as long as the page is there.
  await page.close();
  stage.complaints.length = 0;
});

/** How far down everything stands that is read, by what it is: lines, panes, headings. */
async function tops(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => {
    const read = document.querySelectorAll('h1, h2, [role="tab"], .line-numbers, .divider-row, section.simulator');
    return Object.fromEntries(
      [...read].map((element) => [
        `${element.className} ${element.textContent.slice(0, 40)}`,
        Math.round(element.getBoundingClientRect().y),
      ]),
    );
  });
}

test('others’ changes are asked for while the page is seen, and at once when it is seen again', async () => {
  const page = await stage.newPage();
  await page.clock.install();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith(DRAFT) && request.method() === 'GET') asked += 1;
  });
  await page.goto(AT_LIMIT);
  await page.locator('.monaco-editor.focused').waitFor();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  const askedIn = async (seconds: number) => {
    const before = asked;
    await page.clock.runFor(seconds * 1000);
    // What was asked for meanwhile went out before this.
    await page.evaluate(async () => (await fetch('/healthz')).text());
    return asked - before;
  };
  expect(await askedIn(5)).toBe(1);
  await see(page, 'hidden');
  expect(await askedIn(600)).toBe(0);
  await Promise.all([page.waitForRequest(`**${DRAFT}`, { timeout: 5000 }), see(page, 'visible')]);
  expect(await askedIn(5)).toBe(1);
});

/** Tells a page that it is seen, or no more; a browser without windows shows every page. */
async function see(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
    Object.defineProperty(document, 'hidden', { value: now === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
