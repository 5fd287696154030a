import { readFileSync } from 'node:fs';
import { messageOf } from 'latchkey/messages';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignedIn } from './app/src/server.ts';
import { bundleApp, checkTypes, installApp, serve, type Project, type Served } from './app-site.ts';
import { openBrowser } from './harness.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The device is three minutes slow, and the page must not care. */
const DEVICE_START = Date.parse('2026-03-02T08:00:00Z');
const CONFIRMED_AT = DEVICE_START + 3 * MINUTE;

const SIGNED_IN: SignedIn = {
  event: {
    type: 'session-established',
    sub: 'u-17',
    tenant: 'acme',
    amr: ['pwd'],
    roles: ['technician'],
    tokens: { accessLifetime: HOUR },
  },
  confirmedAt: CONFIRMED_AT,
};

let project: Project;
let served: Served;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  project = installApp();
  await bundleApp(project);
  served = await serve(project, () => SIGNED_IN);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  project?.remove();
});

beforeEach(async () => {
  complaints = [];
  await arrive();
});

/** Somebody who has never been here opens the page; the policy is the shipped one unless another is given. */
async function arrive(policy?: string): Promise<void> {
  const context = await browser.newContext();
  page = await context.newPage();
  if (policy !== undefined) await page.route('**/policy.json', (route) => route.fulfill({ body: policy }));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // A clock runs between being installed and being paused, and cannot be paused in its past.
  await page.clock.install({ time: DEVICE_START - HOUR });
  await page.clock.pauseAt(DEVICE_START);
  await page.goto(served.url);
  await says('installed', 'ready');
}

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

async function press(...labels: readonly string[]): Promise<void> {
  for (const label of labels) await page.getByRole('button', { name: label }).click();
}

/** Waits until the page shows it; a wrong answer fails with the selector that never came. */
async function shows(capability: string, outcome: string, reason = '', obligations = ''): Promise<void> {
  const wanted = `[data-outcome="${outcome}"][data-reason="${reason}"][data-obligations="${obligations}"]`;
  await page.locator(`[id="work_order.${capability}"]${wanted}`).waitFor({ timeout: 10_000 });
}

async function says(id: string, text: string): Promise<void> {
  await page.locator(`#${id}:text-is(${JSON.stringify(text)})`).waitFor({ timeout: 10_000 });
}

async function cutNetwork(): Promise<void> {
  await page.context().setOffline(true);
  await shows('note', 'permit', '', 'enqueue');
}

/** Moves the wall clock alone, and comes back into view: nothing tells a page that its clock was changed. */
async function setWallClock(time: number): Promise<void> {
  await page.clock.setSystemTime(time);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

async function validUntil(capability: string): Promise<number> {
  return Date.parse((await page.locator(`[id="work_order.${capability}"]`).getAttribute('data-valid-until')) ?? '');
}

test('an app type-checks against the declarations in the package', () => {
  expect(() => checkTypes(project)).not.toThrow();
});

test('the page may not use eval, and nothing on it tries', async () => {
  const response = await page.request.get(served.url);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test('nobody may do anything before the first sign-in', async () => {
  for (const capability of ['view', 'note', 'complete']) await shows(capability, 'deny', 'never_authenticated');
});

/** Somebody else opens the page, for whom members of the shipped policy are other ones. */
async function arriveUnder(members: object): Promise<void> {
  const shipped = JSON.parse(readFileSync('policies/field-service/1.json', 'utf8')) as object;
  await page.context().close();
  await arrive(JSON.stringify({ ...shipped, ...members }));
}

test('a policy that only reports is in nobody’s way', async () => {
  await arriveUnder({ mode: 'report_only' });
  for (const capability of ['view', 'note', 'complete']) await shows(capability, 'permit');
});

test('a permit with an obligation that the app does not know is none', async () => {
  await arriveUnder({ onState: { ACTIVE: { obligations: ['audit'] } } });
  await press('Sign in');
  await shows('view', 'deny', 'obligation_unsupported', 'audit');
  await press('View the order');
  await says('news', messageOf({ code: 'obligation_unsupported', path: '' }));
});

describe('a technician who has signed in', () => {
  // A PIN that is entered before the server has answered proves nothing: nobody is signed in yet.
  beforeEach(async () => {
    await press('Sign in');
    await shows('view', 'permit');
  });

  test('views at once and is asked to unlock before taking a note', async () => {
    await shows('view', 'permit');
    await shows('complete', 'permit');
    await shows('note', 'challenge', 'step_up_required');
    await press('Add a note');
    await says('news', 'Unlock to continue');
    await press('Unlock with PIN', 'Add a note');
    await shows('note', 'permit');
    await says('news', 'Sent');
  });

  test('goes on without a network: notes are kept, and completing ends five minutes after the confirmation', async () => {
    await press('Unlock with PIN');
    await shows('note', 'permit');
    await cutNetwork();
    await shows('complete', 'permit', '', 'enqueue');
    expect(await validUntil('complete')).toBe(CONFIRMED_AT + 5 * MINUTE + 1);

    await page.clock.fastForward(5 * MINUTE);
    await shows('complete', 'permit', '', 'enqueue');
    await page.clock.fastForward(1);
    await shows('complete', 'deny', 'online_required');
    await shows('view', 'permit');
    await press('Add a note');
    await says('news', 'Kept until there is a network');
    await says('queue', '1');
    await press('Mark complete');
    await says('news', 'Requires connection');
    await says('queue', '1');
  });

  test('is refused at the moment of the act although no timer has fired', async () => {
    await press('Unlock with PIN');
    await cutNetwork();
    await page.clock.setSystemTime(DEVICE_START + 6 * MINUTE);
    await shows('complete', 'permit', '', 'enqueue');
    await press('Mark complete');
    await says('news', 'Requires connection');
    await says('queue', '0');
  });

  test('gains nothing by turning the wall clock back, not even after a reload without a network', async () => {
    await press('Unlock with PIN');
    await cutNetwork();
    await page.clock.fastForward(6 * MINUTE);
    await shows('complete', 'deny', 'online_required');
    await setWallClock(DEVICE_START);
    await says('clock', 'rolled_back');
    await shows('complete', 'deny', 'online_required');

    await page.clock.fastForward(48 * HOUR);
    await shows('note', 'deny', 'reauth_required');
    await setWallClock(DEVICE_START);
    await says('saved', 'saved');
    await page.reload();
    await says('installed', 'ready');
    await says('clock', 'rolled_back');
    await shows('note', 'deny', 'reauth_required');
    await shows('view', 'permit');
  });

  test('keeps session and queue over a reload, and proves again to be there', async () => {
    await press('Unlock with PIN');
    await cutNetwork();
    await press('Add a note');
    await says('queue', '1');
    await says('saved', 'saved');
    await page.reload();
    await says('installed', 'ready');
    await says('queue', '1');
    await shows('view', 'permit');
    await shows('complete', 'permit', '', 'enqueue');
    await shows('note', 'challenge', 'step_up_required');
    await press('Unlock with PIN');
    await shows('note', 'permit', '', 'enqueue');
  });
});
