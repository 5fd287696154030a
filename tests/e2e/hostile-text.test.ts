import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, type SignedIn } from '../../scripts/editor-server.mjs';
import { databases, type Place } from '../store/databases.ts';
import { policyText, storyText } from '../store/people.ts';
import { join, PASSWORD, submit } from './crew.ts';
import { cookieOf, openBrowser, startEditor } from './harness.ts';
import { Visits } from './visits.ts';

/** What a script that got in would do; `{{` and `${` for whoever fills templates. */
const DEED = 'globalThis.owned=1';
/** Every way out of where a text may stand: a script, an attribute, an element, a comment, a template, a style. */
const HOSTILE = `</script></title></style>--><script>${DEED}</script>"'\`><img src=x onerror="${DEED}"><svg onload="${DEED}"><a href="javascript:${DEED}">z</a>{{constructor.constructor('${DEED}')()}}\${${DEED}}`;
/** A timeline's name has no slash. */
const NAME = `x"'><img src=x onerror="${DEED}"><svg onload="${DEED}">`;
const TICKET = `javascript:${DEED}`;
const NOTES = '/policies/notes';
const BROKEN = '/policies/broken';
const AWAY = `?timeline=${encodeURIComponent(NAME)}`;

/** A document that is valid, and hostile wherever words may be free. */
function hostilePolicy(version: number): string {
  const document = JSON.parse(policyText(version, `${version}d`)) as { tiers: object[]; capabilities: object[] };
  return JSON.stringify({
    ...document,
    ...{ title: `Notes ${HOSTILE}`, description: HOSTILE },
    tiers: document.tiers.map((tier) => ({ ...tier, title: HOSTILE })),
    capabilities: document.capabilities.map((capability) => ({ ...capability, title: HOSTILE })),
  });
}

/** A document that no release could have: hostile in ids, kinds and members, too. */
function brokenPolicy(): string {
  const document = JSON.parse(hostilePolicy(3)) as {
    tiers: { id: string; require: object[] }[];
    capabilities: object[];
  };
  const [tier] = document.tiers;
  return JSON.stringify({
    ...document,
    id: 'broken',
    [HOSTILE]: HOSTILE,
    tiers: [...document.tiers, { ...tier, id: HOSTILE, require: [{ kind: HOSTILE, of: HOSTILE, limit: HOSTILE }] }],
    capabilities: [...document.capabilities, { id: HOSTILE, tier: HOSTILE, access: HOSTILE }],
  });
}

function hostileStory(days: number, more: object = {}): string {
  const story = JSON.parse(storyText(days * 24)) as { expect: object[] };
  return JSON.stringify({
    ...story,
    title: HOSTILE,
    description: HOSTILE,
    session: { sub: HOSTILE, iss: HOSTILE },
    ...more,
  });
}

/** Notes what a page's own policy had to stop, from before its first script. */
function watch(): void {
  const stopped: string[] = [];
  Object.assign(globalThis, { stopped });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    stopped.push(`${violatedDirective} ${blockedURI} ${sample}`);
  });
}

/** What became of the text on a page: nothing, besides being shown. */
const harm = (page: Page) =>
  page.evaluate(() => ({
    owned: 'owned' in globalThis,
    stopped: (globalThis as unknown as { stopped: string[] }).stopped,
    elements: document.querySelectorAll('[onerror], [onload], img[src="x"], a[href^="javascript:"]').length,
  }));

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser?.close());

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a text that would be a program is shown, and runs nowhere', () => {
    let place: Place;
    let editor: Awaited<ReturnType<typeof startEditor>>;
    let visits: Visits;
    let page: Page;
    let approver: SignedIn;

    beforeAll(async () => {
      place = await make();
      const database = place.url === undefined ? {} : { DATABASE_URL: place.url };
      editor = await startEditor({ LATCHKEY_POLICIES: path.join(place.folder, 'none'), ...database });
      visits = new Visits(browser, editor.url);
      const email = await join(editor, 'Ben', 'approver');
      approver = await signIn(editor.url, { email, password: PASSWORD });
      const ben = cookieOf({ signedIn: approver }).cookie;
      await send('/settings/environments?/make', { id: 'field', title: `<img src=x onerror="${DEED}">` });
      await send('/new?/import', { text: policyText(1) });
      for (const version of [1, 2]) {
        const { lockVersion } = await save(NOTES, hostilePolicy(version), [
          { name: NAME, text: hostileStory(version) },
        ]);
        await send(`${NOTES}/changes?/submit`, {
          message: HOSTILE,
          reason: HOSTILE,
          ticket: TICKET,
          lockVersion: `${lockVersion}`,
        });
        const revision = `${NOTES}/revisions/${version}`;
        const html = await (
          await fetch(editor.url + revision, { headers: { cookie: ben, accept: 'text/html' } })
        ).text();
        const [, contentHash = ''] = /data-testid="content-hash">(\w+)</.exec(html) ?? [];
        await send(`${revision}?/comment`, { pointer: '/title', text: HOSTILE }, ben);
        await send(`${revision}?/review`, { contentHash, verdict: 'approve', message: HOSTILE }, ben);
        await send(
          `${revision}/publish?/publish`,
          { contentHash, environment: 'field', reason: HOSTILE, ticket: TICKET },
          ben,
        );
      }
      await send('/new?/import', { text: brokenPolicy() });
      await save(BROKEN, brokenPolicy(), [
        { name: NAME, text: hostileStory(3) },
        {
          name: `broken ${NAME}`,
          text: hostileStory(3, { [HOSTILE]: HOSTILE, events: [{ at: HOSTILE, type: HOSTILE }] }),
        },
      ]);
      page = await visits.at('/healthz', { storageState: editor.signedIn });
      await page.addInitScript(watch);
    });
    afterAll(async () => {
      await visits?.end();
      await editor?.stop();
      await place?.remove();
    });

    async function send(
      address: string,
      fields: Record<string, string>,
      cookie = cookieOf(editor).cookie,
    ): Promise<void> {
      const answer = await submit(editor, address, fields, cookie);
      expect(JSON.parse(answer), answer).toMatchObject({
        type: expect.stringMatching(/^(success|redirect)$/) as string,
      });
    }

    async function save(policy: string, text: string, timelines: readonly { name: string; text: string }[]) {
      const address = `${editor.url}/api${policy}/draft`;
      const headers = { ...cookieOf(editor), origin: editor.url, 'content-type': 'application/json' };
      const { lockVersion } = (await (await fetch(address, { headers })).json()) as { lockVersion: number };
      const body = JSON.stringify({ text, timelines, lockVersion });
      const answer = await fetch(address, { method: 'PUT', headers, body });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { lockVersion: number };
    }

    test.each([
      ['the list', '/'],
      ['the editor and the simulator', NOTES + AWAY],
      ['the editor of a broken draft', BROKEN + AWAY],
      ['the changes of a broken draft', `${BROKEN}/changes`],
      ['the revisions', `${NOTES}/revisions`],
      ['a revision with its comments', `${NOTES}/revisions/2`],
      ['its publish', `${NOTES}/revisions/2/publish`],
      ['the history of the policy', `${NOTES}/history`],
      ['two revisions beside each other', `${NOTES}/history/compare?a=1&b=2`],
      ['what is in force', `${NOTES}/history/in-force`],
      ['the history of all', '/history'],
      ['who did what', '/history/separation'],
      ['the environments', '/settings/environments'],
    ])('in %s', async (_what, address) => {
      await page.goto(address, { waitUntil: 'networkidle' });
      expect(await page.locator('body').innerText(), 'the text is on the page').toContain('onerror=');
      expect(await harm(page)).toEqual({ owned: false, stopped: [], elements: 0 });
      expect(visits.complaints.splice(0)).toEqual([]);
    });

    test('and were it not, that would be noticed, and stopped by the policy of the page', async () => {
      await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), HOSTILE);
      await page.waitForFunction(() => (globalThis as unknown as { stopped: string[] }).stopped.length >= 2);
      const { owned, stopped, elements } = await harm(page);
      expect([owned, elements > 0, stopped.every((each) => each.startsWith('script-src'))]).toEqual([
        false,
        true,
        true,
      ]);
      expect(visits.complaints.splice(0)).not.toEqual([]);
    });
  });
});
