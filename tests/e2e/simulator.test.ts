import { readFileSync } from 'node:fs';
import { compile } from 'latchkey';
import { load } from 'latchkey/load';
import { loadTimeline, simulate } from 'latchkey/timeline';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './harness.ts';
import { setStage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOTE = 'work_order.note';
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

const stage = setStage();

/** The simulator of the sample policy on the dead zone, standing at an offset. */
async function visit(at: number, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await stage.newPage(options);
  await page.goto(`/policies/field-service?timeline=dead-zone&at=${at}&capability=${NOTE}`);
  await page.locator(`[data-capability="${NOTE}"][data-from]`).first().waitFor();
  return page;
}

function expectedSegments() {
  const loaded = load(readFileSync('policies/field-service/1.json'));
  const timeline = loadTimeline(readFileSync('policies/field-service/timelines/dead-zone.json'));
  if (!loaded.ok || !timeline.ok) throw new TypeError('the samples do not load');
  const { segments } = simulate([compile(loaded.value.policy)], timeline.value);
  return Object.entries(segments).flatMap(([capability, each]) =>
    each.map(({ from, to, decision }) =>
      [capability, from, to, decision.outcome, decision.reason ?? undefined].join(' '),
    ),
  );
}

const instant = async (page: Page) => Number(await page.getByRole('slider').getAttribute('aria-valuenow'));
const verdict = (page: Page) => page.getByTestId('verdict');

test('the lanes draw exactly the segments that the engine simulates', async () => {
  const page = await visit(0);
  const drawn = await page
    .locator('[data-capability][data-from]')
    .evaluateAll((bars) =>
      bars.map(({ dataset }) =>
        ['capability', 'from', 'to', 'outcome', 'reason'].map((name) => dataset[name]).join(' '),
      ),
    );
  expect(drawn).toEqual(expectedSegments());
  const widths = await page
    .locator('[data-capability][data-from]')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(2);
});

describe('the scrubber', () => {
  test('moves by keyboard and says where it stands', async () => {
    const page = await visit(34 * HOUR);
    const slider = page.getByRole('slider', { name: 'Time on the timeline' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('Tuesday 18:00, 34 hours after start');
    await slider.focus();
    const moves: readonly (readonly [string, number])[] = [
      ['ArrowRight', 34 * HOUR + 15 * MINUTE],
      ['Shift+ArrowRight', 35 * HOUR],
      ['ArrowLeft', 34 * HOUR + 45 * MINUTE],
      [']', 36 * HOUR + 5 * MINUTE + 1],
      ['[', 26 * HOUR],
      ['PageDown', 36 * HOUR + 5 * MINUTE + 1],
      ['Home', 0],
      ['End', 216 * HOUR],
    ];
    for (const [key, at] of moves) {
      await page.keyboard.press(key);
      expect(await instant(page), key).toBe(at);
    }
  });

  test('follows the pointer on the lanes, which also chooses the capability', async () => {
    const page = await visit(0);
    const bar = page.locator('[data-capability="work_order.photo"][data-outcome="deny"]').last();
    const box = await bar.boundingBox();
    if (box === null) throw new TypeError('the bar is not drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + 5);
    await page.mouse.down();
    await expect.poll(async () => verdict(page).textContent()).toContain('Denied: sign in again');
    const pressed = await instant(page);
    await page.mouse.move(box.x + box.width / 4, box.y + 5, { steps: 4 });
    await page.mouse.up();
    expect(await instant(page)).toBeLessThan(pressed);
    expect((await instant(page)) % MINUTE).toBe(0);
    expect(await page.getByRole('button', { name: 'work_order.photo', pressed: true }).count()).toBe(1);
  });

  test('goes where an event chip or an expectation says', async () => {
    const page = await visit(0);
    await page.locator('[data-event="step-up"]').nth(1).click();
    expect(await instant(page)).toBe(24 * HOUR + 5 * MINUTE);
    const last = page.locator('[data-ok]').last();
    await last.getByRole('button').first().click();
    expect(await instant(page)).toBeGreaterThan(200 * HOUR);
  });

  test('moves nothing but the cursor: lanes are not drawn again', async () => {
    const page = await visit(0);
    const { redrawn, times } = await page.evaluate(async () => {
      const slider = document.querySelector('[role=slider]');
      const times: number[] = [];
      let redrawn = 0;
      const lanes = new MutationObserver((changes) => (redrawn += changes.length));
      for (const track of document.querySelectorAll('[role=img]:has([data-from])'))
        lanes.observe(track, { subtree: true, childList: true, attributes: true, characterData: true });
      for (let step = 0; step < 100; step += 1) {
        const started = performance.now();
        slider?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }));
        await Promise.resolve();
        document.body.getBoundingClientRect();
        times.push(performance.now() - started);
        await new Promise(requestAnimationFrame);
      }
      return { redrawn, times };
    });
    expect(redrawn).toBe(0);
    expect(await instant(page)).toBe(100 * HOUR);
    const sorted = times.toSorted((a, b) => a - b);
    console.log(`scrub step: median ${sorted[50]?.toFixed(1)} ms, p95 ${sorted[95]?.toFixed(1)} ms`);
    expect(sorted[50]).toBeLessThan(16);
  });
});

describe('the why-panel', () => {
  test('tells every requirement with its margin, and what changes next', async () => {
    const page = await visit(34 * HOUR);
    const requirements = page.getByTestId('requirements');
    expect(await requirements.locator('[data-met]').count()).toBe(2);
    expect(await requirements.textContent()).toContain('Server confirmed the session 10 h ago');
    expect(await requirements.textContent()).toContain('limit 48 h — 38 h left');
    const next = page.getByTestId('next-change');
    expect(await next.textContent()).toMatch(/Asks for an unlock\s+just after\s+Tue 3 Mar, 20:05\s+\(in 2 h 5 min\)/);
    expect(await next.textContent()).toContain(
      'because the unlock with face, fingerprint or PIN becomes older than 12 h',
    );
    await next.getByRole('button').click();
    expect(await instant(page)).toBe(36 * HOUR + 5 * MINUTE + 1);
    expect(await verdict(page).getAttribute('data-outcome')).toBe('challenge');
  });

  test('leads to the place of a requirement in the document', async () => {
    const page = await visit(34 * HOUR);
    await page.locator('.monaco-editor').first().waitFor();
    await page.getByTitle('/tiers/1/require/1', { exact: false }).first().click();
    await page.waitForURL(/pointer=\/tiers\/1\/require\/1/);
  });

  test('shows the branches of a group as a tree', async () => {
    const page = await visit(34 * HOUR);
    await page.getByRole('button', { name: 'work_order.complete' }).first().click();
    const tree = page.getByTestId('requirements');
    for (const path of ['/tiers/2/require/0', '/tiers/2/require/0/of/0', '/tiers/2/require/0/of/1/of/1'])
      expect(await tree.locator(`[data-path="${path}"]`).getAttribute('data-met')).toBe('false');
    expect(await tree.locator('[data-path="/tiers/2/require/0/of/1/of/0"]').getAttribute('data-met')).toBe('true');
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([wide, narrow])('the table tells every segment and is clean at %j', async (viewport) => {
    const page = await visit(0, { colorScheme, viewport });
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const rows = await page.getByTestId('segment-table').locator('tbody tr:has(td)').count();
    expect(rows).toBeGreaterThan(expectedSegments().length);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test.each([wide, narrow])(
    'the story tells what happens in sentences, and a time in it moves the cursor, at %j',
    async (viewport) => {
      const page = await visit(0, { colorScheme, viewport });
      await page.getByRole('button', { name: 'Story', exact: true }).click();
      const chapters = page.getByTestId('story').getByRole('listitem');
      const offline = chapters.filter({ hasText: 'The device goes offline' }).first();
      await expect.poll(() => offline.textContent()).toContain('needs connection');
      await offline.getByRole('button').click();
      await expect.poll(() => offline.getAttribute('aria-current')).toBe('time');
      expect(await accessibilityFindings(page)).toEqual([]);
    },
  );

  test('zoomed lanes are clean, and the cursor stays in sight', async () => {
    const page = await visit(100 * HOUR, { colorScheme });
    for (let times = 0; times < 4; times += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect
      .poll(async () => (await page.getByRole('slider').boundingBox())?.x ?? Infinity)
      .toBeLessThan(wide.width);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Fit the whole timeline' }).click();
    expect(await page.getByRole('button', { name: 'Zoom out' }).isDisabled()).toBe(true);
  });
});

test('a change of policy that breaks an expectation is told with what happened instead', async () => {
  const page = await stage.newPage();
  await page.goto('/policies/field-service?timeline=dead-zone&pointer=/tiers/0/require/0/limit');
  await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor') !== null);
  await page
    .getByText(/All \d+ expectations hold/)
    .first()
    .waitFor();
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Backspace', '2']) await page.keyboard.press(key);
  const failing = page.locator('[data-ok="false"]').first();
  await failing.waitFor();
  expect(await failing.textContent()).toMatch(/work_order\.view.*Instead .*sign in again, since/s);
  await page.getByTestId('expectations').getByRole('button').click();
  expect(await verdict(page).textContent()).toContain('Denied: sign in again');
});
