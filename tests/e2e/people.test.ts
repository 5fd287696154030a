import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../scripts/editor-server.mjs';
import { totpOf } from '../store/totp.ts';
import { join, PASSWORD } from './crew.ts';
import { openBrowser, startEditor } from './harness.ts';
import { expectAccessible, signInBy, Visits } from './visits.ts';

let browser: Browser;
let editor: Awaited<ReturnType<typeof startEditor>>;
let visits: Visits;

beforeAll(async () => {
  [browser, editor] = await Promise.all([openBrowser(), startEditor()]);
  visits = new Visits(browser, editor.url);
});

afterAll(async () => {
  await browser?.close();
  await editor?.stop();
});

afterEach(async () => visits.end());

const row = (page: Page, name: string) => page.locator('[data-person]').filter({ hasText: name });
const admin = (options = {}) => visits.at('/settings/people', { storageState: editor.signedIn, ...options });

/** Chooses something to do about somebody from the list. */
async function choose(page: Page, name: string, deed: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: deed }).click();
  await page.getByRole('dialog').waitFor();
}

/** Answers the dialog that is open, and waits until it is gone. */
async function answer(page: Page, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** The link that a dialog shows once. */
async function linkIn(page: Page): Promise<string> {
  const field = page.getByRole('dialog').getByLabel('Link', { exact: true });
  await field.waitFor();
  return field.inputValue();
}

/** Somebody who joined, with their browser at an address. */
async function someone(name: string, role: Parameters<typeof join>[2], address: string): Promise<Page> {
  const email = await join(editor, name, role);
  return visits.at(address, { storageState: await signIn(editor.url, { email, password: PASSWORD }) });
}

describe('coming in', () => {
  test('by invitation, with a second factor, and by a recovery code when the phone is lost', async () => {
    const office = await admin({ permissions: ['clipboard-read', 'clipboard-write'] });
    await expectAccessible(office);
    await office.getByRole('button', { name: 'Invite' }).click();
    await office.getByRole('radio', { name: /^Approver/ }).check();
    await expectAccessible(office);
    await office.getByRole('button', { name: 'Make the link' }).click();
    const link = await linkIn(office);
    expect(link).toMatch(/\/invitation\?token=[\w-]{43}$/);
    await office
      .getByRole('dialog')
      .getByText(/Works until/)
      .waitFor();
    await office.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
    await office.getByRole('dialog').getByRole('button', { name: 'Copied' }).waitFor();
    expect(await office.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await expectAccessible(office);
    await answer(office, 'Done');
    await office.getByText('As approver').waitFor();
    expect(await office.content()).not.toContain(link.slice(-43));

    const home = await visits.at(link);
    await expectAccessible(home);
    await home.getByLabel('Your name').fill('Bo Approver');
    await home.getByLabel('E-mail address').fill('ada@example.org');
    await home.getByLabel('Password').fill(PASSWORD);
    await home.getByRole('button', { name: 'Join' }).click();
    expect(await home.getByRole('alert').textContent()).toMatch(/uses this e-mail address already/);
    expect(await home.getByLabel('Your name').inputValue()).toBe('Bo Approver');
    await home.getByLabel('E-mail address').fill('bo@example.org');
    await home.getByRole('button', { name: 'Join' }).click();
    await home.getByText('Your account is made.').waitFor();
    await signInBy(home, 'bo@example.org', PASSWORD);
    await home.waitForURL(`${editor.url}/`);

    await home.getByRole('button', { name: 'Account of Bo Approver' }).click();
    await home.getByRole('menuitem', { name: 'Your account' }).click();
    await home.getByRole('heading', { name: 'Your account' }).waitFor();
    await expectAccessible(home);
    await home.getByRole('button', { name: 'Set up' }).click();
    await home.getByLabel('Your password').fill('not the password');
    await home.getByRole('button', { name: 'Go on' }).click();
    await home.getByRole('alert').filter({ hasText: 'The password is not right' }).waitFor();
    await home.getByLabel('Your password').fill(PASSWORD);
    await home.getByRole('button', { name: 'Go on' }).click();
    await home.getByRole('img', { name: /scan/ }).waitFor();
    await expectAccessible(home);
    const secret = ((await home.locator('[data-key]').textContent()) ?? '').replaceAll(' ', '');
    await home.getByLabel('Code that the app shows').fill(totpOf(secret, Date.now()));
    await home.getByRole('button', { name: 'Turn it on' }).click();
    await home.getByText('Keep these recovery codes').waitFor();
    await expectAccessible(home);
    const codes = await home.locator('li.select-all').allTextContents();
    expect(codes.length).toBeGreaterThanOrEqual(8);
    expect(await home.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    const [file] = await Promise.all([
      home.waitForEvent('download'),
      home.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('latchkey-recovery-codes.txt');
    await home.getByLabel('I have kept them').check();
    await home.getByRole('button', { name: 'Done' }).click();
    await home.locator('[data-second-factor=on]').waitFor();
    expect(await home.content()).not.toContain(codes[0]);

    await home.getByRole('button', { name: 'Sign out everywhere' }).click();
    await home.getByText('You are signed out everywhere.').waitFor();
    await signInBy(home, 'bo@example.org', PASSWORD);
    await home.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await home.getByLabel('Recovery code').fill(codes[0] ?? '');
    await home.getByRole('button', { name: 'Go on' }).click();
    await home.waitForURL(`${editor.url}/`);
    await office.reload();
    expect(await row(office, 'bo@example.org').textContent()).toMatch(/Approver.*On/s);
  });

  test('an invitation that was used or withdrawn says so, and who is signed in is asked first', async () => {
    const office = await admin();
    await office.getByRole('button', { name: 'Invite' }).click();
    await office.getByRole('button', { name: 'Make the link' }).click();
    const link = await linkIn(office);
    await answer(office, 'Done');
    const same = await visits.at(link, { storageState: editor.signedIn });
    await same.getByRole('heading', { name: 'You are signed in as Ada Admin' }).waitFor();
    await expectAccessible(same);
    const invitation = office.locator('[data-invitation]').filter({ hasText: 'As author' });
    await invitation.getByRole('button', { name: 'Withdraw' }).click();
    await invitation.waitFor({ state: 'detached' });
    const late = await visits.at(link);
    await late.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await expectAccessible(late);
    const response = await late.request.get(link);
    expect(response.headers()['referrer-policy']).toBe('no-referrer');
    expect(response.headers()['cache-control']).toBe('no-store');
    await late.getByRole('link', { name: 'Sign in' }).click();
    await late.waitForURL(/\/sign-in$/);
  });
});

describe('what administrators do', () => {
  test('another role holds at once where somebody is signed in', async () => {
    const theirs = await someone('Vi', 'viewer', '/settings/people');
    await theirs.getByText('Your role does not allow this').waitFor();
    const office = await admin();
    await choose(office, 'Vi', 'Change the role');
    expect(await office.getByRole('button', { name: 'Change the role' }).isDisabled()).toBe(true);
    await office.getByRole('radio', { name: /^Auditor/ }).check();
    await answer(office, 'Change the role');
    await row(office, 'Vi').getByText('Auditor').waitFor();
    await theirs.goto('/settings/people');
    await row(theirs, 'Vi').getByText('you').waitFor();
    await theirs.getByText('Only administrators change this.').waitFor();
    expect(await theirs.getByRole('button', { name: 'Actions for' }).count()).toBe(0);
    await expectAccessible(theirs);
  });

  test('who is switched off is out at once, and comes back when switched on', async () => {
    const theirs = await someone('Cy', 'author', '/');
    const office = await admin();
    await choose(office, 'Cy', 'Switch off');
    await answer(office, 'Switch off');
    await row(office, 'Cy').getByText('Switched off').waitFor();
    await theirs.goto('/');
    await theirs.waitForURL(/\/sign-in\?to=/);
    await signInBy(theirs, 'cy@example.org', PASSWORD);
    await theirs.getByText('This account is switched off').waitFor();
    await choose(office, 'Cy', 'Switch on');
    await answer(office, 'Switch on');
    await row(office, 'Cy').getByText('Switched off').waitFor({ state: 'detached' });
    await signInBy(theirs, 'cy@example.org', PASSWORD);
    await theirs.waitForURL(`${editor.url}/`);
  });

  test('a reset link sets a new password, once', async () => {
    await join(editor, 'Dee', 'author');
    const office = await admin();
    await choose(office, 'Dee', 'Make a link');
    await office.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
    const link = await linkIn(office);
    await answer(office, 'Done');
    const theirs = await visits.at(link);
    await theirs.getByText('For Dee.').waitFor();
    await expectAccessible(theirs);
    await theirs.getByLabel('New password').fill('dee@example.org');
    await theirs.getByRole('button', { name: 'Set the password' }).click();
    expect(await theirs.getByRole('alert').textContent()).toMatch(/Do not use your e-mail address/);
    await theirs.getByLabel('New password').fill('quite another sentence');
    await theirs.getByRole('button', { name: 'Set the password' }).click();
    await theirs.getByText('The password is set.').waitFor();
    await signInBy(theirs, 'dee@example.org', 'quite another sentence');
    await theirs.waitForURL(`${editor.url}/`);
    const again = await visits.at(link);
    await again.getByRole('heading', { name: 'This link does not work' }).waitFor();
  });

  test('who is erased leaves an id behind, and their name never ran as a script', async () => {
    const name = '<img src=x onerror="document.title=`owned`"><script>document.title=`owned`</script>';
    const { token } = await invited();
    const joined = { token, name, email: 'eve@example.org', password: PASSWORD };
    await fetch(`${editor.url}/invitation`, {
      ...{ method: 'POST', headers: { origin: editor.url }, body: new URLSearchParams(joined), redirect: 'manual' },
    });
    const theirs = await visits.at('/account', {
      storageState: await signIn(editor.url, { email: 'eve@example.org', password: PASSWORD }),
    });
    await theirs.getByText(name).first().waitFor();
    const office = await admin();
    await row(office, 'eve@example.org').getByText(name).waitFor();
    for (const page of [theirs, office]) expect(await page.title()).not.toContain('owned');
    await choose(office, name, 'Erase');
    const erase = office.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await office.getByLabel('Type eve@example.org to confirm').fill('eve@example.org');
    await expectAccessible(office);
    await answer(office, 'Erase for good');
    await row(office, 'Erased person').getByText('Erased', { exact: true }).waitFor();
    await office.reload();
    expect(await office.content()).not.toMatch(/eve@example\.org|onerror/);
    await theirs.goto('/');
    await theirs.waitForURL(/\/sign-in\?to=/);
  });

  test('the only administrator stays one, and is told why', async () => {
    const office = await admin();
    await office.getByRole('button', { name: 'Actions for Ada Admin' }).click();
    for (const deed of ['Change the role', 'Switch off', 'Erase']) {
      const item = office.getByRole('menuitem', { name: deed });
      expect(await item.getAttribute('aria-disabled')).toBe('true');
      expect(await item.textContent()).toContain('The only administrator');
    }
    await expectAccessible(office);
  });
});

/** A new invitation’s token. */
async function invited(): Promise<{ token: string }> {
  const office = await admin();
  await office.getByRole('button', { name: 'Invite' }).click();
  await office.getByRole('button', { name: 'Make the link' }).click();
  const token = new URL(await linkIn(office)).searchParams.get('token') ?? '';
  await office.context().close();
  return { token };
}
