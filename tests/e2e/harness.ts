import axe, { type AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openChromium } from '../../scripts/chromium.mjs';

export { startEditor } from '../../scripts/editor-server.mjs';

/** A Chromium with an empty profile; every `newContext()` is a person who has never been here. */
export function openBrowser(): Promise<Browser> {
  return openChromium(inject('chromium'));
}

/** A value in a policy's text, once words are told apart: a line is drawn in longer pieces before, with other middles. */
export function documentValue(page: Page, value: string): Locator {
  return page.locator('.view-lines').getByText(value, { exact: true }).first();
}

/** What axe objects to on the page as it stands: one line a rule with the first places; empty when clean. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // A page's policy may forbid script tags; evaluation from outside is not subject to it.
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => node.target.join(' '));
    return `${id}: ${help} (${nodes.length}) ${places.join(' · ')}`;
  });
}

/** The parts of a started editor that a request from outside the browser needs. */
interface Started {
  readonly url: string;
  readonly signedIn: { readonly cookies: readonly { readonly name: string; readonly value: string }[] };
}

/** What a request carries whose sender has signed in. */
export function cookieOf({ signedIn }: Pick<Started, 'signedIn'>): { readonly cookie: string } {
  return { cookie: signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

/** Throws away the shared draft of a policy, so that the next test begins with what is published. */
export async function resetDraft(started: Started, policy = 'field-service'): Promise<void> {
  const address = new URL(`/api/policies/${policy}/draft`, started.url);
  const headers = { ...cookieOf(started), origin: started.url, 'content-type': 'application/json' };
  // A page that was just closed may still be heard once.
  for (let tries = 0; tries < 3; tries += 1) {
    const { lockVersion } = (await (await fetch(address, { headers })).json()) as { lockVersion: number };
    const answer = await fetch(address, { method: 'DELETE', headers, body: JSON.stringify({ lockVersion }) });
    if (answer.ok) return;
  }
  throw new Error(`the draft of ${policy} could not be thrown away`);
}
