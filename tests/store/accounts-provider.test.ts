import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Browser, ORIGIN } from './browser.ts';
import { logged, openCrew, PASSWORD, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { LoopbackProvider } from './provider.ts';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('the organisation’s own sign-in', () => {
    let place: Place;
    let provider: LoopbackProvider;
    let crew: Crew;
    let browser: Browser;
    beforeEach(async () => {
      place = await make();
      provider = await LoopbackProvider.start();
      crew = await openCrew(place, provider.env);
      browser = new Browser(crew.accounts);
    });
    afterEach(async () => {
      await provider.stop();
      await place.remove();
    });

    /** Goes to the provider and comes back; where the browser then is. */
    async function visit(as: Browser = browser): Promise<URL> {
      const start = await as.post('/sign-in/social', { provider: 'oidc', callbackURL: '/policies' });
      const { url } = (await start.json()) as { url: string };
      const back = await as.get(provider.agree(url));
      expect(back.status).toBe(302);
      return new URL(back.headers.get('location') ?? '', ORIGIN);
    }

    test('lets in who has an account, counts as proved twice, and finds them by the provider’s id from then on', async () => {
      expect(crew.accounts.providerName).toBe('Example SSO');
      expect(crew.accounts.provider).toMatchObject({ callbackUrl: `${ORIGIN}/api/auth/callback/oidc` });
      expect(JSON.stringify(crew.accounts.provider)).not.toContain(provider.env['LATCHKEY_OIDC_CLIENT_SECRET']);
      expect((await visit()).pathname).toBe('/policies');
      expect(await browser.person()).toMatchObject({ id: crew.admin.id, role: 'admin', twoFactor: true });
      provider.claims = { ...provider.claims, email: 'ada.new@example.org' };
      const second = new Browser(crew.accounts);
      await visit(second);
      expect(await second.person()).toMatchObject({ id: crew.admin.id, email: 'ada@example.org' });
      const kept = await crew.store.db.selectFrom('credential').selectAll().where('provider', '=', 'oidc').execute();
      expect(kept).toMatchObject([{ subject: 'u-1', access_token: null, refresh_token: null, id_token: null }]);
      const types = await logged(crew.store);
      expect(types.slice(2)).toEqual([
        ...['sign_in.intended', 'provider.linked', 'sign_in.succeeded', 'sign_in.intended', 'sign_in.succeeded'],
      ]);
    });

    test('nobody joins by it', async () => {
      provider.claims = { sub: 'u-9', email: 'eve@example.org', email_verified: true };
      const { pathname, searchParams } = await visit();
      expect([pathname, searchParams.get('error')]).toEqual(['/sign-in', 'signup_disabled']);
      expect(await browser.person()).toBeNull();
      expect(await crew.store.db.selectFrom('person').selectAll().execute()).toHaveLength(1);
      expect((await logged(crew.store)).at(-1)).toBe('sign_in.failed');
    });

    test.each([
      ['an address it does not vouch for', { email_verified: false }],
      ['a token for another client', { aud: 'another-app' }],
      ['a token of another issuer', { iss: 'https://other.example' }],
    ])('%s lets nobody in', async (_what, lie) => {
      provider.claims = { ...provider.claims, ...lie };
      expect((await visit()).searchParams.has('error')).toBe(true);
      expect(await browser.person()).toBeNull();
    });

    test('an answer that another browser asked for lets nobody in', async () => {
      const start = await new Browser(crew.accounts).post('/sign-in/social', { provider: 'oidc', callbackURL: '/' });
      const { url } = (await start.json()) as { url: string };
      await browser.get(provider.agree(url));
      expect(await browser.person()).toBeNull();
    });

    test('does not send people on to other sites', async () => {
      const body = { provider: 'oidc', callbackURL: 'https://evil.example/' };
      expect((await browser.post('/sign-in/social', body)).status).toBe(403);
    });

    test('who took a colleague’s address first is put out when the colleague comes', async () => {
      const squatter = new Browser(crew.accounts);
      const { id } = await crew.join('Bo', 'viewer');
      await squatter.signIn('bo@example.org', PASSWORD);
      provider.claims = { sub: 'u-2', email: 'bo@example.org', email_verified: true };
      await visit();
      expect(await browser.person()).toMatchObject({ id, role: 'viewer' });
      expect(await squatter.person()).toBeNull();
      expect((await squatter.signIn('bo@example.org', PASSWORD)).status).toBe(401);
    });

    test('who is invited may do without a password, and who is switched off stays out', async () => {
      const { token } = await crew.accounts.invite(crew.admin, { role: 'author', days: 1 });
      const cy = await crew.accounts.useInvitation(token, { name: 'Cy', email: 'cy@example.org' });
      expect(await crew.accounts.ownAccount(cy)).toEqual({ hasPassword: false, asksCode: false });
      provider.claims = { sub: 'u-3', email: 'cy@example.org', email_verified: true };
      await visit();
      expect(await browser.person()).toMatchObject({ id: cy.id, role: 'author' });
      await crew.accounts.deactivate(crew.admin, cy.id);
      const again = new Browser(crew.accounts);
      expect((await visit(again)).searchParams.has('error')).toBe(true);
      expect(await again.person()).toBeNull();
    });

    test('a provider named in part, or at an address others can read, is refused at the start', async () => {
      const inPart = { ...provider.env, LATCHKEY_OIDC_TOKEN_URL: '' };
      const other = await make();
      try {
        await expect(openCrew(other, inPart)).rejects.toThrow('LATCHKEY_OIDC_TOKEN_URL must be too');
        const plain = { ...provider.env, LATCHKEY_OIDC_USERINFO_URL: 'http://sso.example.org/userinfo' };
        await expect(openCrew(other, plain)).rejects.toThrow('https');
      } finally {
        await other.remove();
      }
    });
  });
});
