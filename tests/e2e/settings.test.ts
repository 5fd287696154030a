import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, startEmpty } from '../../scripts/editor-server.mjs';
import { LoopbackProvider } from '../store/provider.ts';
import { totpOf } from '../store/totp.ts';
import { openBrowser, startEditor } from './harness.ts';
import { expectAccessible, signInBy, Visits } from './visits.ts';

let browser: Browser;
let provider: LoopbackProvider;
let editor: Awaited<ReturnType<typeof startEditor>>;
let visits: Visits;

beforeAll(async () => {
  provider = await LoopbackProvider.start();
  [browser, editor] = await Promise.all([openBrowser(), startEditor(provider.env)]);
  visits = new Visits(browser, editor.url);
});

afterAll(async () => {
  await browser?.close();
  await editor?.stop();
  await provider?.stop();
});

afterEach(async () => visits.end());

const admin = (address: string, options = {}) => visits.at(address, { storageState: editor.signedIn, ...options });

async function submit(page: Page, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
}

test('the first tab is people, and every tab is clean in both themes and widths', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const page = await admin('/', { colorScheme, viewport: { width, height: 844 } });
      if (width < 640) await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.getByRole(width < 640 ? 'menuitem' : 'link', { name: 'Settings', exact: true }).click();
      await page.getByRole('heading', { name: 'People', level: 2, exact: true }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/settings/people');
      for (const tab of ['People', 'Environments', 'App keys', 'Sign-in', 'Storage']) {
        await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: tab }).click();
        await page.getByRole('heading', { name: tab, level: 2, exact: true }).waitFor();
        await expectAccessible(page);
        const current = page.getByRole('navigation', { name: 'Settings' }).locator('[aria-current=page]');
        const { x, width: long } = (await current.boundingBox()) ?? { x: -1, width: 0 };
        expect([tab, x >= 0 && x + long <= width]).toEqual([tab, true]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([tab, width, wider > 0]).toEqual([tab, width, false]);
      }
      await page.context().close();
    }
  }
});

test('an environment is made, and shows when nobody needs to approve', async () => {
  const page = await admin('/settings/environments');
  await page.getByRole('button', { name: 'New environment' }).click();
  await page.getByLabel('Title').fill('Staging (EU)');
  expect(await page.getByLabel('Id').inputValue()).toBe('staging-eu');
  await page.getByLabel('Id').fill('Staging!');
  await submit(page, 'Make it');
  expect(await page.getByRole('alert').textContent()).toMatch(/small letters/);
  await page.getByLabel('Id').fill('staging');
  await expectAccessible(page);
  await submit(page, 'Make it');
  const staging = page.locator('[data-environment=staging]');
  await staging.getByText('Needs an approval', { exact: true }).waitFor();
  await staging.getByRole('button', { name: 'Switch approval off' }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByLabel('Why').fill('Only one of us works there.');
  await submit(page, 'Switch approval off');
  await staging.getByText('No approval needed').waitFor();
  await expectAccessible(page);
  await staging.getByRole('button', { name: 'Need an approval' }).click();
  await submit(page, 'Need an approval');
  await staging.getByText('Needs an approval', { exact: true }).waitFor();
});

test('a key is shown once, and opens nothing once it is revoked', async () => {
  const page = await admin('/settings/app-keys');
  await page.getByText('No keys yet').waitFor();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('Field app, Android');
  await page.getByLabel('Environment').selectOption('Production');
  await expectAccessible(page);
  await submit(page, 'Make the key');
  const field = page.getByRole('dialog').getByLabel('Key');
  await field.waitFor();
  const key = await field.inputValue();
  expect(key).toMatch(/^lk_production_[\w-]{43}$/);
  await expectAccessible(page);
  await submit(page, 'Done');
  const listed = page.locator('[data-app-key]').filter({ hasText: 'Field app, Android' });
  expect(await listed.textContent()).toMatch(/lk_production_.{8}….*Production.*Works.*Never/s);
  await page.reload();
  expect(await page.content()).not.toContain(key.slice(-35));
  await listed.getByRole('button', { name: 'Revoke Field app, Android' }).click();
  await expectAccessible(page);
  await submit(page, 'Revoke');
  await listed.getByText('Revoked').waitFor();
  expect(await listed.getByRole('button').count()).toBe(0);
});

test('storage says where everything is, and that its history holds', async () => {
  const page = await admin('/settings/storage');
  await page.getByText(/Verifies: \d+ entries/).waitFor();
  const facts = await page.locator('dl').textContent();
  expect(facts).toMatch(/SQLite, a file.*latchkey\.sqlite.*kB.*Version \d+.*it is on disk/s);
  await expect(page.getByLabel(/Move to PostgreSQL/).inputValue()).resolves.toContain('latchkey-server move --to');
});

test('the organisation’s own sign-in is shown without its secret, and can be tried', async () => {
  const page = await admin('/settings/sign-in');
  expect(await page.locator('dl').textContent()).toMatch(/Example SSO.*latchkey.*\/api\/auth\/callback\/oidc/s);
  expect(await page.content()).not.toContain(provider.env['LATCHKEY_OIDC_CLIENT_SECRET']);
  await page.route(`${provider.issuer}/authorize**`, (route) =>
    route.fulfill({ status: 302, headers: { location: provider.agree(route.request().url()) } }),
  );
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('It works: you came back as Ada Admin.').waitFor();
  await expectAccessible(page);
  provider.claims = { ...provider.claims, sub: 'u-9', email: 'nobody@example.org' };
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText(/It did not work \(signup_disabled\)/).waitFor();
  await expectAccessible(page);
});

describe('where others reach the server', () => {
  let outside: Awaited<ReturnType<typeof startEmpty>>;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    // Browsers take every name below localhost for this machine; the server takes it for a name others use.
    origin = `http://latchkey.localhost:${port}`;
    outside = await startEmpty({ LATCHKEY_ORIGIN: origin, PORT: String(port) });
  });

  afterAll(async () => outside?.stop());

  test('who administers sets up a second factor before anything else, and cannot turn it off', async () => {
    const page = await new Visits(browser, origin).at(`/set-up?token=${outside.token}`);
    await page.getByLabel('Your name').fill(ADMIN.name);
    await page.getByLabel('E-mail address').fill(ADMIN.email);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.waitForURL(`${origin}/sign-in`);
    await signInBy(page, ADMIN.email, ADMIN.password);
    await page.waitForURL(`${origin}/account`);
    await page.getByText('As administrator you need a second factor').waitFor();
    await expectAccessible(page);
    await page.goto(`${origin}/settings/people`);
    await page.waitForURL(`${origin}/account`);

    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByLabel('Your password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Go on' }).click();
    const secret = ((await page.locator('[data-key]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code that the app shows').fill(totpOf(secret, Date.now()));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByRole('button', { name: 'Turn off' }).isDisabled()).toBe(true);
    await page.getByText('As administrator you cannot turn it off').waitFor();
    await page.getByRole('link', { name: 'Go to the policies' }).click();
    await page.waitForURL(`${origin}/`);
  });
});

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
