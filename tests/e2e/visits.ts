import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFindings } from './harness.ts';

/** What a browser says when an answer is a refusal; the screens say it, too. */
const REFUSED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** People at their browsers, and what their browsers complain of. */
export class Visits {
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #url: string;

  constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** Somebody with a browser of their own, at an address. */
  async at(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      ...{ baseURL: this.#url, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en' },
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !REFUSED.test(message.text())) this.complaints.push(message.text());
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    return page;
  }

  /** Sends everybody home; fails when a browser complained. */
  async end(): Promise<void> {
    await Promise.all(this.#browser.contexts().map(async (context) => context.close()));
    expect(this.complaints.splice(0)).toEqual([]);
  }
}

/** Fails with what axe objects to on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
}

/** Types an address and a password where one signs in. */
export async function signInBy(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
