import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings, documentValue, resetDraft } from './harness.ts';
import { setStage } from './stage.ts';

const HOUR = 3_600_000;
const narrow = { width: 390, height: 844 };

const stage = setStage();

/** The dead zone of the sample policy, a little after its start. */
async function visit(options: BrowserContextOptions = {}, more = ''): Promise<Page> {
  const page = await stage.newPage(options);
  await page.goto(`/policies/field-service?timeline=dead-zone&at=${2 * HOUR}&capability=work_order.note${more}`);
  await page.locator('[data-capability="work_order.note"][data-from]').first().waitFor();
  return page;
}

const chips = (page: Page) => page.locator('[data-event]');
const types = (page: Page) =>
  chips(page).evaluateAll((found) => found.map((chip) => (chip as HTMLElement).dataset['event']));
const focused = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).dataset['event']);
const addMenu = (page: Page) => page.getByLabel(/^Add an event at/);

describe('events', () => {
  test('are added where the cursor stands, changed, and taken back', async () => {
    const page = await visit();
    const before = await types(page);
    await addMenu(page).selectOption('reboot');
    const form = page.getByTestId('event-editor');
    await expect(form.textContent()).resolves.toContain('The device starts anew');
    expect(await types(page)).toHaveLength(before.length + 1);
    await form.getByLabel('Time').fill('10:30');
    await form.getByLabel('Time').press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-testid=offset]')?.textContent === '+2h30m');
    await form.getByLabel('Time').fill('never');
    await form.getByLabel('Time').press('Enter');
    await form.getByRole('alert').getByText('This is no time').waitFor();
    await page.getByTestId('timeline-state').getByText('Edited, kept with the draft').waitFor();
    await page.getByRole('button', { name: 'Undo in the timeline' }).click();
    await page.getByRole('button', { name: 'Undo in the timeline' }).click();
    expect(await types(page)).toEqual(before);
  });

  test('every kind of event can be added, and the form says what it is', async () => {
    const page = await visit();
    const all = await addMenu(page)
      .locator('optgroup option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    const schema = JSON.parse(readFileSync('schemas/timeline.v1.schema.json', 'utf8')) as {
      $defs: { event: { oneOf: unknown[] } };
    };
    expect(new Set(all).size).toBe(schema.$defs.event.oneOf.length);
    for (const type of all) {
      await addMenu(page).selectOption(type);
      const said = await page.getByTestId('event-editor').locator('header p').textContent();
      expect(said?.length, type).toBeGreaterThan(10);
      await page.getByRole('button', { name: 'Undo in the timeline' }).click();
    }
  });

  test('are moved and removed by keyboard, and the focus stays with them', async () => {
    const page = await visit();
    await page.locator('[data-event="connectivity-change"]').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('connectivity-change');
    await page.keyboard.press('Shift+ArrowLeft');
    await page
      .locator('[aria-live=polite]')
      .getByText(/^Goes offline moved to/)
      .waitFor({ state: 'attached' });
    expect(await focused(page)).toBe('connectivity-change');
    const count = (await types(page)).length;
    await page.keyboard.press('Delete');
    expect(await types(page)).toHaveLength(count - 1);
    expect(await focused(page)).toBeTruthy();
  });

  test('are dragged; Escape leaves them where they were', async () => {
    const page = await visit();
    const chip = page.locator('[data-event="connectivity-change"]').first();
    // Lanes are laid out once their width is known: hovering waits for that.
    await chip.hover();
    const box = await chip.boundingBox();
    if (box === null) throw new TypeError('the chip is not drawn');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await page.getByTestId('timeline-state').count()).toBe(0);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.mouse.up();
    await page.getByTestId('timeline-state').getByText('Edited, kept with the draft').waitFor();
  });
});

test.each(['light', 'dark'] as const)(
  'what came of an event stands on its chip, in its form and in the story, %s',
  async (colorScheme) => {
    const page = await visit({ colorScheme });
    await addMenu(page).selectOption('assurance-level-change');
    const form = page.getByTestId('event-editor');
    await form.getByLabel('Change').selectOption('increase');
    const said = 'Nothing came of this: it counts from the next sign-in on';
    await form.getByText(said).waitFor();
    const chip = page.getByRole('button', { name: said });
    expect(await chip.getAttribute('data-came')).toBe('ignored');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Story', exact: true }).click();
    await page.getByTestId('story').getByText(said).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  },
);

test('a pinned expectation is part of the timeline, survives a reload, and is removed again', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'Expect this from now on' }).click();
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('alert').getByText('Say why first').waitFor();
  await page.getByTestId('pin-range').getByText('Expected from Mon 2 Mar, 10:00 to Mon 2 Mar, 20:10').waitFor();
  await page.getByLabel('Because').fill('two hours after the fingerprint notes are fine');
  await page.keyboard.press('Enter');
  await page.getByText('All 17 expectations hold').first().waitFor();
  await page.getByTestId('timeline-state').getByText('Edited, kept with the draft').waitFor();
  await page.reload();
  await page.getByText('All 17 expectations hold').first().waitFor();
  const pinned = page.locator('[data-ok]', { hasText: 'two hours after the fingerprint notes are fine' });
  await pinned.getByRole('button', { name: /^Remove this expectation/ }).click();
  await page.getByText('All 16 expectations hold').first().waitFor();
});

test('a draft is compared with what is published, lane by lane and in words', async () => {
  const page = await visit({}, '&pointer=/tiers/1/require/0/limit');
  await documentValue(page, '"48h"').dblclick();
  await page.keyboard.type('24h');
  await page.getByLabel('Compare with').selectOption('1');
  const found = page.getByTestId('comparison');
  await found.getByText('Newly refused').first().waitFor();
  expect(await found.locator('[data-rises="true"]').count()).toBe(0);
  expect(await page.locator('[data-mirror]').count()).toBeGreaterThan(0);
  expect(await accessibilityFindings(page)).toEqual([]);
});

test('a story too long for the page is compared as well', async () => {
  const page = await stage.newPage();
  await page.goto('/policies/ward-rounds?pointer=/guards/1/limit');
  await documentValue(page, '"8h"').dblclick();
  await page.keyboard.type('6h');
  await page.getByLabel('New timeline').selectOption('two-week-trip');
  await page.getByLabel('Compare with').selectOption('1');
  const found = page.getByTestId('comparison');
  await found.getByText('Newly refused').first().waitFor();
  expect(await page.locator('[data-mirror]').count()).toBeGreaterThan(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.close();
  await resetDraft(stage.editor, 'ward-rounds');
});

test.each(['light', 'dark'] as const)(
  'nothing for axe to object to while an event is edited, %s and narrow',
  async (colorScheme) => {
    const page = await visit({ colorScheme, viewport: narrow });
    await chips(page).nth(1).click();
    await page.getByTestId('event-editor').waitFor();
    await page.getByRole('button', { name: 'Expect this from now on' }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
  },
);
