import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Person } from '$lib/server/person.ts';
import { verifyStore } from '$lib/server/store/index.ts';
import { Browser } from './browser.ts';
import { logged, openCrew, PASSWORD, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';

const DAY = 24 * 60 * 60_000;

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('people', () => {
    let place: Place;
    let crew: Crew;
    beforeEach(async () => {
      place = await make();
      crew = await openCrew(place);
    });
    afterEach(async () => place.remove());

    test('an invitation lets one person in, with its role, until it expires', async () => {
      const { accounts, admin, clock } = crew;
      const { token } = await accounts.invite(admin, { role: 'approver', days: 2 });
      const bo = { name: 'Bo', email: 'Bo@Example.org', password: PASSWORD };
      await expect(accounts.useInvitation(token, { ...bo, email: 'ada@example.org' })).rejects.toMatchObject({
        code: 'email_taken',
      });
      await expect(accounts.useInvitation(token, { name: 'Bo', email: bo.email })).rejects.toMatchObject({
        status: 422,
      });
      expect(await accounts.invitations(admin)).toMatchObject([{ role: 'approver' }]);
      expect(await accounts.useInvitation(token, bo)).toMatchObject({ role: 'approver' });
      await expect(accounts.useInvitation(token, { ...bo, email: 'cy@example.org' })).rejects.toMatchObject({
        code: 'link_used',
      });
      expect(await accounts.invitations(admin)).toEqual([]);
      const late = await accounts.invite(admin, { role: 'viewer', days: 2 });
      const gone = await accounts.invite(admin, { role: 'viewer', days: 30 });
      await accounts.withdrawInvitation(admin, gone.id);
      clock.now += 2 * DAY;
      for (const { token: link } of [late, gone]) {
        await expect(accounts.useInvitation(link, { ...bo, email: 'cy@example.org' })).rejects.toMatchObject({
          status: 410,
        });
      }
      const kept = JSON.stringify(await crew.store.db.selectFrom('invitation').selectAll().execute());
      expect(kept).not.toContain(token);
    });

    test.each(ROLES.filter((role) => role !== 'admin'))('a person with the role %s raises nobody', async (role) => {
      const { accounts } = crew;
      const person = await crew.join('Bo', role);
      const pretending: Person = { id: person.id, role: 'admin' };
      const refused = { status: 403, code: 'not_allowed' };
      for (const by of [person, pretending]) {
        await expect(accounts.setRole(by, person.id, 'admin')).rejects.toMatchObject(refused);
        await expect(accounts.invite(by, { role: 'admin', days: 1 })).rejects.toMatchObject(refused);
        await expect(accounts.issueReset(by, crew.admin.id)).rejects.toMatchObject(refused);
        await expect(accounts.resetTwoFactor(by, crew.admin.id)).rejects.toMatchObject(refused);
        await expect(accounts.signOutEverywhere(by, crew.admin.id)).rejects.toMatchObject(refused);
        await expect(accounts.erasePerson(by, crew.admin.id)).rejects.toMatchObject(refused);
        await expect(accounts.deactivate(by, crew.admin.id)).rejects.toMatchObject(refused);
        const waived = { environment: 'production', required: false, reason: 'why' };
        await expect(accounts.setApproval(by, waived)).rejects.toMatchObject(refused);
      }
      const roles = (await accounts.people(crew.admin)).map((member) => member.role);
      expect(roles).toEqual(['admin', role]);
    });

    test('the last administrator stays one, and one of two may step down', async () => {
      const { accounts, admin } = crew;
      const last = { status: 409, code: 'last_admin' };
      await expect(accounts.setRole(admin, admin.id, 'viewer')).rejects.toMatchObject(last);
      await expect(accounts.deactivate(admin, admin.id)).rejects.toMatchObject(last);
      await expect(accounts.erasePerson(admin, admin.id)).rejects.toMatchObject(last);
      const bo = await crew.join('Bo', 'author');
      await accounts.setRole(admin, bo.id, 'admin');
      await accounts.setRole(admin, admin.id, 'viewer');
      await expect(accounts.setRole(admin, admin.id, 'admin')).rejects.toMatchObject({ status: 403 });
      await expect(accounts.setRole(bo, bo.id, 'viewer')).rejects.toMatchObject(last);
      expect((await logged(crew.store)).filter((type) => type === 'role.changed')).toHaveLength(2);
    });

    test('two administrators who demote each other at once leave one', async () => {
      const { accounts, admin } = crew;
      const bo = await crew.join('Bo', 'admin');
      const both = await Promise.allSettled([
        accounts.setRole(admin, bo.id, 'viewer'),
        accounts.setRole(bo, admin.id, 'viewer'),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    test('who is switched off is out at once and cannot come back in until switched on', async () => {
      const { accounts, admin } = crew;
      const bo = await crew.join('Bo', 'author');
      const browser = new Browser(accounts);
      await browser.signIn('bo@example.org', PASSWORD);
      await accounts.deactivate(admin, bo.id);
      expect(await browser.person()).toBeNull();
      const answer = await browser.signIn('bo@example.org', PASSWORD);
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'deactivated' }]);
      expect(await browser.person()).toBeNull();
      await accounts.reactivate(admin, bo.id);
      expect((await browser.signIn('bo@example.org', PASSWORD)).status).toBe(200);
    });

    test('a reset link works once, ends every session, and leaves the old password behind', async () => {
      const { accounts, admin } = crew;
      const bo = await crew.join('Bo', 'author');
      const browser = new Browser(accounts);
      await browser.signIn('bo@example.org', PASSWORD);
      const replaced = await accounts.issueReset(admin, bo.id);
      const { token } = await accounts.issueReset(admin, bo.id);
      const used = { status: 410, code: 'link_used' };
      await expect(accounts.useReset(replaced.token, 'a newer password')).rejects.toMatchObject(used);
      await expect(accounts.useReset(token, 'bo@example.org')).rejects.toMatchObject({ code: 'password_telling' });
      await accounts.useReset(token, 'a newer password');
      await expect(accounts.useReset(token, 'a third password')).rejects.toMatchObject(used);
      expect(await browser.person()).toBeNull();
      expect((await browser.signIn('bo@example.org', PASSWORD)).status).toBe(401);
      expect((await browser.signIn('bo@example.org', 'a newer password')).status).toBe(200);
    });

    test('a reset link expires after a day', async () => {
      const { accounts, admin, clock } = crew;
      const { token } = await accounts.issueReset(admin, admin.id);
      clock.now += DAY;
      await expect(accounts.useReset(token, 'a newer password')).rejects.toMatchObject({ status: 410 });
    });

    test('a change of password asks for the present one, and ends the other sessions', async () => {
      const { accounts } = crew;
      const [here, elsewhere] = [new Browser(accounts), new Browser(accounts)];
      for (const browser of [here, elsewhere]) await browser.signIn('ada@example.org', PASSWORD);
      const next = 'a newer password';
      await expect(accounts.changePassword(new Headers(), { current: PASSWORD, next })).rejects.toMatchObject({
        status: 401,
      });
      await expect(accounts.changePassword(here.headers, { current: next, next })).rejects.toMatchObject({
        code: 'password_wrong',
      });
      await accounts.changePassword(here.headers, { current: PASSWORD, next });
      expect(await here.person()).not.toBeNull();
      expect(await elsewhere.person()).toBeNull();
      await accounts.signOutEverywhere(crew.admin);
      expect(await here.person()).toBeNull();
    });

    test('a page can ask what a link is for without using it up', async () => {
      const { accounts, admin, clock } = crew;
      const { token } = await accounts.invite(admin, { role: 'approver', days: 2 });
      expect(await accounts.invitationOf(token)).toEqual({ role: 'approver' });
      expect(await accounts.invitationOf(`${token}x`)).toBeNull();
      await accounts.useInvitation(token, { name: 'Bo', email: 'bo@example.org', password: PASSWORD });
      expect(await accounts.invitationOf(token)).toBeNull();
      const reset = await accounts.issueReset(admin, admin.id);
      expect(await accounts.resetOf(reset.token)).toEqual({ name: 'Ada', email: 'ada@example.org' });
      expect(await accounts.resetOf('')).toBeNull();
      clock.now += DAY;
      expect(await accounts.resetOf(reset.token)).toBeNull();
    });

    test('an account says how it is proved, and the list says when somebody was last here', async () => {
      const { accounts, admin } = crew;
      const bo = await crew.join('Bo', 'author');
      expect(await accounts.ownAccount(bo)).toEqual({ hasPassword: true, asksCode: false });
      await accounts.useInvitation((await accounts.invite(admin, { role: 'viewer', days: 1 })).token, {
        ...{ name: 'Cy', email: 'cy@example.org', password: PASSWORD },
      });
      const seen = async () =>
        (await accounts.people(admin)).map(({ name, signedInAt }) => [name, signedInAt !== null]);
      expect(await seen()).toEqual([
        ['Ada', false],
        ['Bo', false],
        ['Cy', false],
      ]);
      await new Browser(accounts).signIn('bo@example.org', PASSWORD);
      await new Browser(accounts).signIn('cy@example.org', 'not the password');
      expect(await seen()).toEqual([
        ['Ada', false],
        ['Bo', true],
        ['Cy', false],
      ]);
    });

    test('who is erased leaves an id in the log, and every hash holds', async () => {
      const { accounts, admin, store } = crew;
      const bo = await crew.join('Bohumil', 'author');
      await new Browser(accounts).signIn('bohumil@example.org', PASSWORD);
      await store.write(({ record }) => record({ type: 'test.wrote', actor: bo.id, subject: 'test' }));
      await accounts.erasePerson(admin, bo.id);
      const member = (await accounts.people(admin)).find(({ id }) => id === bo.id);
      expect(member).toMatchObject({ name: null, email: null, active: false });
      expect([...(await accounts.names(admin)).values()]).toEqual(['Ada']);
      await expect(accounts.reactivate(admin, bo.id)).rejects.toMatchObject({ status: 404 });
      const tables = ['person', 'login_session', 'credential', 'membership', 'audit_event', 'verification'] as const;
      for (const table of tables) {
        const rows = JSON.stringify(await store.db.selectFrom(table).selectAll().execute());
        expect(rows).not.toMatch(/bohumil/i);
      }
      const mine = await store.db.selectFrom('audit_event').select('type').where('actor', '=', bo.id).execute();
      expect(mine.map(({ type }) => type)).toContain('test.wrote');
      expect((await verifyStore(store)).problems).toEqual([]);
    });
  });
});
