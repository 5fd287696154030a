import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
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
