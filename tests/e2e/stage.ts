import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser, resetDraft, startEditor } from './harness.ts';

type Editor = Awaited<ReturnType<typeof startEditor>>;

export interface Stage {
  readonly editor: Editor;
  /** What browsers complained of; a test that causes some on purpose empties it. */
  readonly complaints: string[];
  /** A page of somebody who is signed in and has never been here. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
}

/** An answer that a test still holds back goes nowhere, and nobody complains of it. */
async function leave(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map(async (page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
  await context.close();
}

/**
 * An editor and a browser for the tests of a file. After each test everybody leaves and the policy’s draft is thrown away; a
 * test in which a browser complained fails.
 */
export function setStage(policy?: string): Stage {
  let browser: Browser;
  let editor: Editor;
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, editor] = await Promise.all([openBrowser(), startEditor()]);
  });

  afterAll(async () => {
    await browser?.close();
    await editor?.stop();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map(leave));
    await resetDraft(editor, policy);
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    get editor() {
      return editor;
    },
    complaints,
    newPage: async (options = {}) => {
      const context = await browser.newContext({
        ...{ baseURL: editor.url, storageState: editor.signedIn, viewport: { width: 1440, height: 900 } },
        ...options,
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('status of 404')) complaints.push(message.text());
      });
      return page;
    },
  };
}
