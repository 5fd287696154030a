import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';

const DAY = 24 * 60 * 60_000;

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('environments and the keys of apps', () => {
    let place: Place;
    let crew: Crew;
    beforeEach(async () => {
      place = await make();
      crew = await openCrew(place);
      await crew.accounts.makeEnvironment(crew.admin, { id: 'production', title: 'Production' });
      await crew.accounts.makeEnvironment(crew.admin, { id: 'staging-eu', title: 'Staging' });
    });
    afterEach(async () => place.remove());

    async function newKey(environment = 'staging-eu') {
      const expiresAt = crew.clock.now + 30 * DAY;
      return crew.accounts.makeAppKey(crew.admin, { name: 'Field app', environment, expiresAt });
    }

    test('an environment asks for approval until that is switched off, visibly and with a reason', async () => {
      const { accounts, admin, store } = crew;
      const production = { environment: 'production', required: false };
      for (const reason of ['', '  ', 'half a pair \uD800']) {
        await expect(accounts.setApproval(admin, { ...production, reason })).rejects.toMatchObject({ status: 422 });
      }
      await accounts.setApproval(admin, { ...production, reason: ' I work alone here. ' });
      expect(await accounts.environments()).toEqual([
        { id: 'production', title: 'Production', requiresApproval: false },
        { id: 'staging-eu', title: 'Staging', requiresApproval: true },
      ]);
      await accounts.setApproval(admin, { ...production, required: true });
      const waived = await store.db
        .selectFrom('audit_event')
        .select(['type', 'data'])
        .where('subject', '=', 'environment/production')
        .execute();
      expect(waived.map(({ type, data }) => [type, JSON.parse(data) as unknown])).toEqual([
        ['environment.made', { title: 'Production', requires_approval: 1 }],
        ['environment.approval_waived', { reason: 'I work alone here.' }],
        ['environment.approval_required', {}],
      ]);
      const again = accounts.makeEnvironment(admin, { id: 'production', title: 'Again' });
      await expect(again).rejects.toMatchObject({ status: 409 });
      await expect(accounts.makeEnvironment(admin, { id: 'a_b', title: 'Ambiguous' })).rejects.toMatchObject({
        status: 422,
      });
      const nowhere = { environment: 'nowhere', required: true };
      await expect(accounts.setApproval(admin, nowhere)).rejects.toMatchObject({ status: 404 });
    });

    test('a key opens its own environment, and is kept only as a hash', async () => {
      const { accounts, admin, store } = crew;
      const { id, token } = await newKey();
      expect(token).toMatch(/^lk_staging-eu_[\w-]{43}$/);
      expect(await accounts.appOf(token)).toEqual({ keyId: id, environment: 'staging-eu' });
      const everything = JSON.stringify([
        await store.db.selectFrom('app_key').selectAll().execute(),
        await store.db.selectFrom('audit_event').selectAll().execute(),
      ]);
      expect(everything).not.toContain(token.slice(-35));
      const [listed] = await accounts.appKeys(admin);
      expect(listed).toMatchObject({ id, name: 'Field app', prefix: token.slice(0, -35) });
      expect(JSON.stringify(listed)).not.toContain('hash');
    });

    test('a key relabelled for another environment, cut, or made up opens nothing', async () => {
      const { accounts } = crew;
      const { token } = await newKey();
      const last = token.at(-1) === 'A' ? 'B' : 'A';
      const others = [
        token.replace('staging-eu', 'production'),
        token.slice(0, -1),
        `${token.slice(0, -1)}${last}`,
        `${token}A`,
        token.slice(0, -35),
        '',
        'lk_',
        `lk_staging-eu_${'A'.repeat(43)}`,
      ];
      for (const other of others) expect(await accounts.appOf(other)).toBeNull();
    });

    test('a key that is revoked, or has expired, opens nothing more', async () => {
      const { accounts, admin, clock } = crew;
      const [revoked, expiring] = [await newKey(), await newKey()];
      await accounts.revokeAppKey(admin, revoked.id);
      expect(await accounts.appOf(revoked.token)).toBeNull();
      const [first] = (await accounts.appKeys(admin)).filter(({ id }) => id === revoked.id);
      await accounts.revokeAppKey(admin, revoked.id);
      const [second] = (await accounts.appKeys(admin)).filter(({ id }) => id === revoked.id);
      expect(second?.revokedAt).toBe(first?.revokedAt);
      expect(await accounts.appOf(expiring.token)).not.toBeNull();
      clock.now += 30 * DAY;
      expect(await accounts.appOf(expiring.token)).toBeNull();
    });

    test('a key must expire, and belong to an environment there is', async () => {
      const { accounts, admin, clock } = crew;
      const key = { name: 'Field app', environment: 'production' };
      for (const expiresAt of [clock.now, clock.now + 1000 * DAY, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expect(accounts.makeAppKey(admin, { ...key, expiresAt })).rejects.toMatchObject({ code: 'expiry_wrong' });
      }
      const nowhere = { ...key, environment: 'nowhere', expiresAt: clock.now + DAY };
      await expect(accounts.makeAppKey(admin, nowhere)).rejects.toMatchObject({ status: 404 });
      const author = await crew.join('Bo', 'author');
      const refused = { status: 403, code: 'not_allowed' };
      await expect(accounts.makeAppKey(author, { ...key, expiresAt: clock.now + DAY })).rejects.toMatchObject(refused);
      await expect(accounts.appKeys(author)).rejects.toMatchObject(refused);
    });

    test('the last use is noted once a minute at most', async () => {
      const { accounts, admin, clock } = crew;
      const { token } = await newKey();
      const lastUse = async () => (await accounts.appKeys(admin))[0]?.lastUsedAt;
      expect(await lastUse()).toBeNull();
      await accounts.appOf(token);
      const first = await lastUse();
      clock.now += 30_000;
      await accounts.appOf(token);
      expect(await lastUse()).toBe(first);
      clock.now += 30_000;
      await accounts.appOf(token);
      expect(await lastUse()).toBe(clock.now);
    });
  });
});
