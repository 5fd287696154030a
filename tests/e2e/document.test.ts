import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { documentValue } from './harness.ts';
import { setStage } from './stage.ts';

const AT_LIMIT = '/policies/ward-rounds?pointer=/guards/1/limit&capability=patient.view';
const DRAFT = '/api/policies/ward-rounds/draft';

const stage = setStage('ward-rounds');

/** Keeps the script that has `mark` in it from a page until the answer is called. */
async function holdScript(page: Page, mark: string): Promise<() => void> {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes(mark)) await released;
    await route.fulfill({ response, body });
  });
  return () => release?.();
}

/** The text of the policy’s draft, once a page has saved all of it. */
async function saved(page: Page): Promise<string> {
  await page.locator('[data-draft="saved"]').waitFor();
  return ((await (await page.request.get(DRAFT)).json()) as { text: string }).text;
}

test('who writes elsewhere while the code editor is loading goes on writing there', async () => {
  const page = await stage.newPage();
  const release = await holdScript(page, 'view-lines');
  await page.goto(AT_LIMIT);
  await page.getByRole('button', { name: 'Expect this from now on' }).click();
  const field = page.getByLabel('Because');
  await field.pressSequentially('the ward');
  release();
  await page.locator('.selected-text').first().waitFor();
  await page.keyboard.type(' is open');
  expect(await field.inputValue()).toBe('the ward is open');
});

test('who goes nowhere else while the code editor is loading finds the cursor at the place', async () => {
  const page = await stage.newPage();
  const release = await holdScript(page, 'view-lines');
  await page.goto(AT_LIMIT);
  await page.getByRole('button', { name: 'Expect this from now on' }).waitFor();
  release();
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.type('7');
  expect(await saved(page)).toContain('"of": "serverConfirmation", "limit": 7 }');
});

test('two clicks choose the word under them before words are coloured, and colours move nothing', async () => {
  const page = await stage.newPage();
  const release = await holdScript(page, 'comment.line.json');
  await page.goto(AT_LIMIT);
  const line = page.locator('.view-line', { hasText: 'serverConfirmation' }).first();
  await line.waitFor();
  const before = await middleOf(line, '8h');
  await page.mouse.dblclick(before.x, before.y);
  await page.keyboard.type('6h');
  expect(await saved(page)).toContain('"of": "serverConfirmation", "limit": "6h" }');
  expect(await documentValue(page, '"6h"').count()).toBe(0);
  release();
  await documentValue(page, '"6h"').waitFor();
  const moved = async () => {
    const after = await middleOf(line, '6h');
    return Math.hypot(after.x - before.x, after.y - before.y);
  };
  await expect.poll(moved).toBeLessThan(1);
});

test('the cursor stays at its word while somebody else changes the text before and after it', async () => {
  const page = await stage.newPage();
  await page.goto(AT_LIMIT);
  await page.locator('.monaco-editor.focused').waitFor();
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  const { text, ...rest } = (await (await page.request.get(DRAFT)).json()) as { text: string };
  const theirs = text.replace('"tolerance": "2m"', '"tolerance": "90s"').replace('"12h"', '"720m"');
  const { origin } = new URL(stage.editor.url);
  await page.request.put(DRAFT, { headers: { origin }, data: { ...rest, text: theirs } });
  await documentValue(page, '"720m"').waitFor();
  await page.keyboard.type('0');
  await documentValue(page, '"80h"').waitFor();
  expect(await saved(page)).toBe(theirs.replace('"8h"', '"80h"'));
});

test.each([1024, 1152, 1280])('the text stays where it is when others come, %i wide', async (width) => {
  const page = await stage.newPage({ viewport: { width, height: 800 } });
  await page.route(`**${DRAFT}`, async (route) => {
    const response = await route.fetch();
    const draft = (await response.json()) as object;
    await route.fulfill({ response, json: { ...draft, present: ['Bartholomew Featherstonehaugh', 'Ann'] } });
  });
  await page.goto(AT_LIMIT);
  const top = async () => (await page.locator('[data-document]').boundingBox())?.y;
  await page.locator('.monaco-editor.focused').waitFor();
  const before = await top();
  await page.locator('[data-present]').waitFor();
  expect(await top()).toBe(before);
  await page.keyboard.type('7');
  await saved(page);
  expect(await top()).toBe(before);
});

/** The middle of a word on the screen, whatever pieces its line is drawn in. */
async function middleOf(line: Locator, word: string): Promise<{ x: number; y: number }> {
  return line.evaluate((element, sought) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const node = texts.currentNode;
      const at = node.textContent?.indexOf(sought) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + sought.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new TypeError(`no ${sought} in the line`);
  }, word);
}
