import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openChromium } from '../../scripts/chromium.mjs';

export { startEditor } from '../../scripts/editor-server.mjs';

/** A Chromium with an empty profile; every `newContext()` is a person who has never been here. */
export function openBrowser(): Promise<Browser> {
  return openChromium(inject('chromium'));
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
