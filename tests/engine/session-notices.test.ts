import { describe, expect, test } from 'vitest';
import { duration, OTHER, PLAIN, refresh, Story, T0 } from './story.ts';

describe('a notice of the server', () => {
  const switchBack = { type: 'account-switch', to: { tenant: 'acme', sub: 'u-17' } };

  test('reaches the account it is about, selected or not', () => {
    const story = new Story(PLAIN).signIn().signIn(OTHER);
    story.happens({ type: 'account-disabled', subject: { tenant: 'acme', sub: 'u-17' } });
    expect(story.account).toMatchObject({ ...OTHER, authState: 'ACTIVE' });
    story.happens(switchBack);
    expect(story.account.authState).toBe('LOCKED');
  });

  test.each([
    { sub: 'u-17' },
    { tenant: 'acme', sub: 'u-17', iss: 'https://id.example' },
    { tenant: 'acme', sub: 'u-17', device: 'd-1' },
    {},
    null,
    'u-17',
  ])('about %j is about nobody here', (subject) => {
    const story = new Story(PLAIN).signIn();
    expect(story.happens({ type: 'session-revoked', subject })).toEqual([{ type: 'ignored', why: 'subject_mismatch' }]);
    expect(story.account.authState).toBe('ACTIVE');
  });

  test('that came to nothing may still come again', () => {
    const story = new Story(PLAIN);
    const revoked = { type: 'session-revoked', jti: 'x' };
    expect(story.happens(revoked)).toEqual([{ type: 'ignored', why: 'no_session' }]);
    story.signIn().happens(revoked);
    expect(story.account.authState).toBe('REAUTH_REQUIRED');
    expect(story.signIn().happens(revoked)).toEqual([{ type: 'ignored', why: 'seen_before' }]);
  });

  test('about the device is applied once too', () => {
    const story = new Story(PLAIN).signIn();
    story.happens({ type: 'risk-level-change', level: 'HIGH', jti: 'r' }, { type: 'risk-level-change', level: 'LOW' });
    story.happens({ type: 'risk-level-change', level: 'HIGH', jti: 'r' });
    expect(story.request('note.read').risk).toEqual({ level: 'LOW' });
  });

  test('can lower the assurance level and not raise it', () => {
    const story = new Story(PLAIN).signIn({ acr: 'aal2' });
    expect(story.happens({ type: 'assurance-level-change', acr: 'aal3', change: 'increase' })).toEqual([
      { type: 'ignored', why: 'needs_sign_in' },
    ]);
    story.happens({ type: 'assurance-level-change', acr: 'aal1', change: 'decrease' });
    expect(story.account.acr).toBe('aal1');
    story.happens({ type: 'assurance-level-change', change: 'decrease' });
    expect(story.account).not.toHaveProperty('acr');
  });
});

describe('permissions', () => {
  test('that are unknown stay unknown under a narrowing', () => {
    const story = new Story(PLAIN).signIn({ roles: ['nurse'] });
    story.happens({ type: 'token-claims-change', roles: ['nurse'], scopes: ['read'] });
    expect(story.account.permissions).toEqual({ roles: ['nurse'], fetchedAt: T0, integrity: 'signed' });
    story.happens({ type: 'permission-snapshot', roles: ['nurse'], scopes: ['read'], integrity: 'signed' });
    expect(story.account.permissions).not.toHaveProperty('scopes');
  });

  test('not given in a snapshot become unknown', () => {
    const story = new Story(PLAIN).signIn({ roles: ['nurse'], scopes: ['read'] }).pass('1h');
    story.happens({ type: 'permission-snapshot', scopes: ['write'], integrity: 'unsigned' });
    expect(story.account.permissions).toEqual({
      scopes: ['write'],
      fetchedAt: T0 + duration('1h'),
      integrity: 'unsigned',
    });
  });

  test('narrow again after a confirmation that came before the narrowing', () => {
    const story = new Story(PLAIN).signIn({ roles: ['nurse', 'admin'] });
    story.happens(refresh('ok'), { type: 'token-claims-change', roles: [] });
    story.happens({ type: 'permission-snapshot', roles: ['nurse'], integrity: 'signed' });
    expect(story.account.permissions?.roles).toEqual([]);
  });
});
