import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openAccounts } from '$lib/server/accounts/index.ts';
import { Attempts } from '$lib/server/accounts/attempts.ts';
import { rescue } from '$lib/server/accounts/rescue.ts';
import { verifyStore } from '$lib/server/store/index.ts';
import { Browser, ORIGIN } from './browser.ts';
import { logged, openCrew, PASSWORD, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { totp } from './totp.ts';

const ADA = 'ada@example.org';
const QUARTER = 15 * 60_000;

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('proving who one is', () => {
    let place: Place;
    let crew: Crew;
    let browser: Browser;
    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 2, 2, 9, 0, 5) });
      place = await make();
      crew = await openCrew(place);
      browser = new Browser(crew.accounts);
    });
    afterEach(async () => {
      vi.useRealTimers();
      await place.remove();
    });

    /** Ada signs in and turns her second factor on. */
    async function enrol(): Promise<{ uri: string; recoveryCodes: readonly string[] }> {
      await browser.signIn(ADA, PASSWORD);
      const enable = await browser.post('/two-factor/enable', { password: PASSWORD });
      const { totpURI, recoveryCodes } = (await enable.json()) as { totpURI: string; recoveryCodes: string[] };
      const confirm = await browser.post('/two-factor/verify-totp', { code: totp(totpURI, Date.now()) });
      expect(confirm.status).toBe(200);
      return { uri: totpURI, recoveryCodes };
    }

    /** A new browser that typed the right password and is asked for a code. */
    async function halfIn(): Promise<Browser> {
      const other = new Browser(crew.accounts);
      const answer = await other.signIn(ADA, PASSWORD);
      expect(await answer.json()).toEqual({ status: 'second_step' });
      expect(await other.person()).toBeNull();
      return other;
    }

    test('ten wrong passwords stop the account for a quarter of an hour, the right one too', async () => {
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await browser.signIn(ADA, `wrong password ${tries}`)).status).toBe(401);
      }
      for (let tries = 0; tries < 3; tries += 1) {
        const answer = await browser.signIn(ADA, PASSWORD);
        expect([answer.status, await answer.json()]).toMatchObject([429, { code: 'throttled' }]);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
      }
      await crew.join('Bo', 'viewer');
      expect((await browser.signIn('bo@example.org', PASSWORD)).status).toBe(200);
      crew.clock.now += QUARTER;
      expect((await browser.signIn(ADA, PASSWORD)).status).toBe(200);
      expect((await logged(crew.store)).filter((type) => type === 'sign_in.throttled')).toHaveLength(1);
      expect(JSON.stringify(await crew.store.db.selectFrom('rate_limit').selectAll().execute())).not.toMatch(
        /192\.0|ada@/,
      );
    });

    test('an address that nobody has is counted and answered just as one that somebody has', async () => {
      const answers = async (email: string) => {
        const seen: unknown[] = [];
        for (let tries = 0; tries < 11; tries += 1) {
          const answer = await new Browser(crew.accounts, { address: email }).signIn(email, 'wrong password');
          seen.push([answer.status, await answer.json(), [...answer.headers.keys()].toSorted()]);
        }
        return seen;
      };
      await crew.accounts.deactivate(crew.admin, (await crew.join('Off', 'author')).id);
      const known = await answers(ADA);
      expect(known.at(-1)).toMatchObject([
        429,
        { code: 'throttled' },
        expect.arrayContaining(['retry-after']) as unknown,
      ]);
      for (const other of ['nobody@example.org', 'off@example.org']) expect(await answers(other)).toEqual(known);
    });

    test('a right password wipes the account’s slate clean', async () => {
      for (let round = 0; round < 2; round += 1) {
        for (let tries = 0; tries < 6; tries += 1) await browser.signIn(ADA, 'wrong password');
        expect((await browser.signIn(ADA, PASSWORD)).status).toBe(200);
      }
    });

    test('a hundred attempts at once are counted before any is made', async () => {
      const attempts = new Attempts(crew.store, 'a secret');
      const address = [{ kind: 'address', name: '192.0.2.7' }] as const;
      const begun = await Promise.all(Array.from({ length: 100 }, () => attempts.begin(address, crew.clock.now)));
      expect(begun.filter(({ allowed }) => allowed)).toHaveLength(60);
      expect(begun.filter((attempt) => !attempt.allowed && attempt.first)).toHaveLength(1);
      await attempts.forgive(address);
      expect((await attempts.begin(address, crew.clock.now)).allowed).toBe(false);
      expect((await attempts.begin(address, crew.clock.now + QUARTER)).allowed).toBe(true);
    });

    test('a second factor is asked once it is on, and a code works once', async () => {
      const { uri } = await enrol();
      expect(await browser.person()).toMatchObject({ twoFactor: true });
      const second = await halfIn();
      const code = totp(uri, Date.now());
      const wrong = code === '000000' ? '000001' : '000000';
      expect((await second.post('/two-factor/verify-totp', { code: wrong })).status).toBe(401);
      expect(await second.person()).toBeNull();
      expect((await second.post('/two-factor/verify-totp', { code })).status).toBe(200);
      expect(await second.person()).toMatchObject({ id: crew.admin.id });
      const third = await halfIn();
      const again = await third.post('/two-factor/verify-totp', { code });
      expect([again.status, await again.json()]).toMatchObject([401, { code: 'code_wrong' }]);
      vi.setSystemTime(Date.now() + 60_000);
      expect((await third.post('/two-factor/verify-totp', { code: totp(uri, Date.now()) })).status).toBe(200);
      expect(await logged(crew.store)).toEqual(
        expect.arrayContaining(['two_factor_setup.succeeded', 'two_factor_enable.succeeded', 'sign_in.continued']),
      );
      expect((await verifyStore(crew.store)).problems).toEqual([]);
    });

    test('a session that the password alone opened ends when a second factor is set up', async () => {
      const thief = new Browser(crew.accounts);
      await thief.signIn(ADA, PASSWORD);
      expect(await thief.person()).toMatchObject({ twoFactor: false });
      await enrol();
      expect(await thief.person()).toBeNull();
      expect(await browser.person()).toMatchObject({ twoFactor: true });
    });

    test('a session says how it was proved, whatever the person has set up', async () => {
      const { uri } = await enrol();
      const second = await halfIn();
      await second.post('/two-factor/verify-totp', { code: totp(uri, Date.now()) });
      expect(await second.person()).toMatchObject({ twoFactor: true });
      await crew.store.db.updateTable('login_session').set({ method: 'password' }).execute();
      expect(await second.person()).toMatchObject({ twoFactor: false });
      for (const way of ['enable', 'disable', 'generate-backup-codes']) {
        const answer = await second.post(`/two-factor/${way}`, { password: PASSWORD });
        expect([answer.status, await answer.json()], way).toMatchObject([403, { code: 'code_needed' }]);
      }
    });

    test('who needs a second factor cannot turn it off', async () => {
      const { store, clock } = crew;
      const ways = { store, folder: place.folder, origin: ORIGIN, env: {}, now: () => (clock.now += 1) };
      const reachable = openAccounts({ ...ways, loopback: false });
      await crew.join('Vi', 'viewer');
      const off = async (email: string) => {
        const own = new Browser(reachable);
        await own.signIn(email, PASSWORD);
        const enable = await own.post('/two-factor/enable', { password: PASSWORD });
        const { totpURI } = (await enable.json()) as { totpURI: string };
        await own.post('/two-factor/verify-totp', { code: totp(totpURI, Date.now()) });
        return (await own.post('/two-factor/disable', { password: PASSWORD })).status;
      };
      expect([await off(ADA), await off('vi@example.org')]).toEqual([409, 200]);
    });

    test('the log says so when signing in breaks down', async () => {
      const { db } = crew.store;
      const printed = vi.spyOn(console, 'error');
      await db.schema.alterTable('login_session').renameTo('elsewhere').execute();
      await expect(browser.signIn(ADA, PASSWORD)).rejects.toThrow();
      await db.schema.alterTable('elsewhere').renameTo('login_session').execute();
      expect((await logged(crew.store)).slice(-2)).toEqual(['sign_in.intended', 'sign_in.failed']);
      expect(printed).not.toHaveBeenCalled();
    });

    test('a recovery code stands in for a lost device, once', async () => {
      const { recoveryCodes } = await enrol();
      const [code = ''] = recoveryCodes;
      expect(recoveryCodes.length).toBeGreaterThanOrEqual(8);
      const second = await halfIn();
      expect((await second.post('/two-factor/verify-backup-code', { code })).status).toBe(200);
      expect(await second.person()).not.toBeNull();
      const third = await halfIn();
      expect((await third.post('/two-factor/verify-backup-code', { code })).status).toBe(401);
      expect(await third.person()).toBeNull();
      const kept = JSON.stringify([
        await crew.store.db.selectFrom('two_factor').selectAll().execute(),
        await crew.store.db.selectFrom('audit_event').selectAll().execute(),
      ]);
      for (const each of recoveryCodes) expect(kept).not.toContain(each);
    });

    test('nobody gets past the code by asking to be trusted, or by guessing', async () => {
      await enrol();
      const other = new Browser(crew.accounts);
      await other.post('/sign-in/email', { email: ADA, password: PASSWORD, trustDevice: true, rememberMe: false });
      expect(await other.person()).toBeNull();
      const seen: number[] = [];
      for (let tries = 0; tries < 14; tries += 1) {
        const code = String(tries).padStart(6, '0');
        seen.push((await other.post('/two-factor/verify-totp', { code, trustDevice: true })).status);
        // Five wrong codes end the challenge; the password starts another, and does not wipe the slate clean.
        if (tries % 5 === 4) seen.push((await other.signIn(ADA, PASSWORD)).status);
      }
      expect(await other.person()).toBeNull();
      expect(seen.at(-1)).toBe(429);
      expect((await other.signIn(ADA, PASSWORD)).status).toBe(429);
      expect([...other.cookies.keys()].join()).not.toMatch(/trust/);
    });

    test('an administrator takes a lost second factor away', async () => {
      await enrol();
      await crew.accounts.resetTwoFactor(crew.admin, crew.admin.id);
      expect(await browser.person()).toBeNull();
      const answer = await browser.signIn(ADA, PASSWORD);
      expect(await answer.json()).toEqual({ status: 'done' });
      expect(await browser.person()).toMatchObject({ twoFactor: false });
    });

    test('who runs the machine lets an administrator back in who lost everything', async () => {
      await enrol();
      const { token } = await rescue(crew.store, ' Ada@Example.org ');
      expect(await browser.person()).toBeNull();
      await crew.accounts.useReset(token, 'a newer password');
      const answer = await new Browser(crew.accounts).signIn(ADA, 'a newer password');
      expect(answer.status, 'no code is asked').toBe(200);
      expect(await answer.json()).not.toEqual({ status: 'second_step' });
    });

    test('turning it off, and new recovery codes, ask for the password', async () => {
      await enrol();
      for (const way of ['/two-factor/disable', '/two-factor/generate-backup-codes']) {
        const answer = await browser.post(way, { password: 'not the password' });
        expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'password_wrong' }]);
      }
      const renewed = await browser.post('/two-factor/generate-backup-codes', { password: PASSWORD });
      expect(await renewed.json()).toMatchObject({ recoveryCodes: expect.any(Array) as unknown });
      expect((await browser.post('/two-factor/disable', { password: PASSWORD })).status).toBe(200);
      expect(await browser.person()).toMatchObject({ twoFactor: false });
    });
  });
});
