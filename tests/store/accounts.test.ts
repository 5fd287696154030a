import { statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccounts, type Accounts } from '$lib/server/accounts/index.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { Browser, ORIGIN } from './browser.ts';
import { databases, type Place } from './databases.ts';
import { totp } from './totp.ts';

const ADA = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };

/** A provider that nobody has to be sent to. */
const PROVIDER = {
  LATCHKEY_OIDC_ISSUER: 'https://sso.example',
  LATCHKEY_OIDC_CLIENT_ID: 'latchkey',
  LATCHKEY_OIDC_CLIENT_SECRET: 'a secret',
  LATCHKEY_OIDC_AUTHORIZATION_URL: 'https://sso.example/authorize',
  LATCHKEY_OIDC_TOKEN_URL: 'https://sso.example/token',
  LATCHKEY_OIDC_USERINFO_URL: 'https://sso.example/userinfo',
};

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('signing in', () => {
    let place: Place;
    let store: Store;
    let accounts: Accounts;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      accounts = openAccounts({ store, folder: place.folder, origin: ORIGIN, loopback: true, env: {} });
    });
    afterEach(async () => place.remove());

    async function setUp(): Promise<void> {
      await accounts.useSetupLink((await accounts.makeSetupLink()) ?? '', ADA);
    }

    async function types(): Promise<readonly string[]> {
      const events = await store.db.selectFrom('audit_event').select('type').orderBy('seq').execute();
      return events.map(({ type }) => type).slice(2);
    }

    test('the set-up link makes the first administrator, once', async () => {
      const first = (await accounts.makeSetupLink()) ?? '';
      const link = (await accounts.makeSetupLink()) ?? '';
      await expect(accounts.useSetupLink(first, ADA)).rejects.toMatchObject({ status: 410 });
      const short = { ...ADA, password: 'eleven char' };
      await expect(accounts.useSetupLink(link, short)).rejects.toMatchObject({ code: 'password_short' });
      const person = await accounts.useSetupLink(link, ADA);
      expect(person.role).toBe('admin');
      await expect(accounts.useSetupLink(link, ADA)).rejects.toMatchObject({ status: 409 });
      expect(await accounts.makeSetupLink()).toBeNull();
      const kept = await store.db.selectFrom('setup_link').selectAll().execute();
      expect(kept).toMatchObject([{ used_by: person.id }]);
      expect(JSON.stringify(kept)).not.toContain(link);
      expect(await types()).toEqual(['setup_link.made', 'setup_link.made', 'person.joined']);
    });

    test('two who open the set-up link at once: one gets in', async () => {
      const link = (await accounts.makeSetupLink()) ?? '';
      const both = await Promise.allSettled([
        accounts.useSetupLink(link, ADA),
        accounts.useSetupLink(link, { ...ADA, email: 'eve@example.org' }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await store.db.selectFrom('person').selectAll().execute()).toHaveLength(1);
    });

    test('signs in and out, and the log says so from both sides without saying who', async () => {
      await setUp();
      const browser = new Browser(accounts);
      const answer = await browser.signIn(' ADA@example.org'.trim(), ADA.password);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'done' }]);
      expect(await browser.person()).toMatchObject({ name: 'Ada', email: ADA.email, role: 'admin', twoFactor: false });
      expect((await browser.post('/sign-out')).status).toBe(200);
      expect(await browser.person()).toBeNull();
      expect((await types()).slice(2)).toEqual([
        ...['sign_in.intended', 'sign_in.succeeded', 'sign_out.intended', 'sign_out.succeeded'],
      ]);
      const log = JSON.stringify(await store.db.selectFrom('audit_event').selectAll().execute());
      expect(log).not.toMatch(/ada@|\bAda\b|correct horse|192\.0\.2/);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('the session is a new one at every sign-in, and the one before is over', async () => {
      await setUp();
      const browser = new Browser(accounts);
      browser.cookies.set('latchkey.session_token', 'planted-by-somebody.else');
      await browser.signIn(ADA.email, ADA.password);
      const first = browser.cookies.get('latchkey.session_token');
      expect(first).not.toContain('planted');
      const before = browser.headers;
      await browser.signIn(ADA.email, ADA.password);
      expect(browser.cookies.get('latchkey.session_token')).not.toBe(first);
      expect(await accounts.personOf(before)).toBeNull();
      expect(await browser.person()).not.toBeNull();
    });

    test.each([
      ['http://127.0.0.1:3000', false],
      ['https://latchkey.example.org', true],
    ])('cookies at %s: out of reach of scripts and other sites, Secure: %s', async (origin, secure) => {
      accounts = openAccounts({ store, folder: place.folder, origin, loopback: false, env: PROVIDER });
      await setUp();
      const browser = new Browser(accounts, { origin });
      await browser.signIn(ADA.email, ADA.password);
      const enable = await browser.post('/two-factor/enable', { password: ADA.password });
      const { totpURI } = (await enable.json()) as { totpURI: string };
      await browser.post('/two-factor/verify-totp', { code: totp(totpURI, Date.now()) });
      const half = new Browser(accounts, { origin });
      await half.signIn(ADA.email, ADA.password);
      const away = new Browser(accounts, { origin });
      await away.post('/sign-in/social', { provider: 'oidc', callbackURL: '/' });
      const names = [...browser.cookies.keys(), ...half.cookies.keys(), ...away.cookies.keys()];
      expect(names.map((name) => name.replace(/^__Secure-/, ''))).toEqual(
        expect.arrayContaining(['latchkey.session_token', 'latchkey.two_factor', 'latchkey.state']),
      );
      for (const line of [...browser.lines, ...half.lines, ...away.lines]) {
        expect(line).toMatch(/; HttpOnly/i);
        expect(line).toMatch(/; SameSite=Lax/i);
        expect(/; Secure/i.test(line)).toBe(secure);
      }
    });

    test('a wrong password and an unknown address get the same answer', async () => {
      await setUp();
      const browser = new Browser(accounts);
      const wrong = await browser.signIn(ADA.email, 'wrong horse battery');
      const unknown = await browser.signIn('eve@example.org', 'wrong horse battery');
      expect([wrong.status, await wrong.json()]).toEqual([unknown.status, await unknown.json()]);
      expect(wrong.status).toBe(401);
      expect(browser.cookies.size).toBe(0);
    });

    test('a form of another site is refused', async () => {
      await setUp();
      const browser = new Browser(accounts);
      await browser.signIn(ADA.email, ADA.password);
      const answer = await browser.post('/sign-out', {}, { origin: 'https://evil.example' });
      expect(answer.status).toBe(403);
      expect(await browser.person()).not.toBeNull();
    });

    test.each([
      '/sign-up/email',
      '/update-user',
      '/delete-user',
      '/change-email',
      '/request-password-reset',
      '/revoke-sessions',
    ])('%s does not exist', async (way) => {
      const answer = await new Browser(accounts).post(way, { ...ADA });
      expect(answer.status).toBe(404);
      expect(await store.db.selectFrom('person').selectAll().execute()).toEqual([]);
    });

    test('the secret is a file for its owner alone, and cookies of another secret open nothing', async () => {
      await setUp();
      expect(statSync(path.join(place.folder, 'session-secret')).mode & 0o777).toBe(0o600);
      const browser = new Browser(accounts);
      await browser.signIn(ADA.email, ADA.password);
      const env = { LATCHKEY_SECRET: 'another secret of thirty-two chars' };
      const other = openAccounts({ store, folder: place.folder, origin: ORIGIN, loopback: true, env });
      expect(await other.personOf(browser.headers)).toBeNull();
      const short = { LATCHKEY_SECRET: 'short' };
      expect(() => openAccounts({ store, folder: place.folder, origin: ORIGIN, loopback: true, env: short })).toThrow(
        RangeError,
      );
    });
  });
});
