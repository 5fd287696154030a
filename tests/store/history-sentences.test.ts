import { describe, expect, test } from 'vitest';
import { kindOf, TYPES_OF } from '$lib/state/history-kinds.ts';
import { sentenceOf, sentences, type SentenceFacts } from '$lib/words/history-sentences.ts';
import { recordedTypes } from './recorded.ts';

const FACTS: Omit<SentenceFacts, 'type'> = {
  ...{ who: 'Ann', whom: 'Ben', self: false, policy: 'Field service', environment: 'Production' },
  ...{ number: 4, version: 3, key: 'the app key ‘Tablets’', data: {} },
};

/** An entry's type and what it says besides, and the sentence that tells it. */
const TOLD: readonly (readonly [type: string, facts: Partial<SentenceFacts>, sentence: string])[] = [
  ['installation.made', {}, 'This installation was made, and its log began.'],
  ['signing_key.made', {}, 'A key that signs checkpoints was made.'],
  [
    'policies.imported',
    { data: { policies: ['a', 'b'] } },
    'The import of policies from files ended: 2 policies came in.',
  ],
  ['policies.imported', { data: { policies: ['a'] } }, 'The import of policies from files ended: 1 policy came in.'],
  ['environment.made', {}, 'Ann added the environment Production.'],
  [
    'environment.approval_required',
    {},
    'Ann switched approval on for Production: publishing there needs somebody else’s approval again.',
  ],
  ['environment.approval_waived', {}, 'Ann switched approval off for Production: publishing there needs nobody else.'],

  ['policy.made', {}, 'Ann made the policy Field service.'],
  ['draft.edited', {}, 'Ann began to write in the draft of Field service.'],
  ['draft.discarded', {}, 'Ann discarded the draft of Field service.'],
  ['revision.submitted', {}, 'Ann submitted revision 4 of Field service.'],
  ['revision.submitted', { number: null }, 'Ann submitted a revision of Field service.'],
  ['revision.restored', {}, 'Ann restored an earlier text of Field service as revision 4.'],
  ['revision.imported', {}, 'Revision 4 of Field service came from files.'],
  ['review.given', { data: { verdict: 'approve' } }, 'Ann approved revision 4 of Field service.'],
  ['review.given', { data: { verdict: 'request_changes' } }, 'Ann asked for changes to revision 4 of Field service.'],
  ['comment.added', {}, 'Ann commented on revision 4 of Field service.'],
  ['timelines.run', { data: { passed: 1 } }, 'Ann ran the timelines of revision 4 of Field service: all held.'],
  ['timelines.run', { data: { passed: 0 } }, 'Ann ran the timelines of revision 4 of Field service: not all held.'],
  ['release.published', { data: { kind: 'normal' } }, 'Ann published version 3 of Field service in Production.'],
  [
    'release.published',
    { data: { kind: 'normal', approvalRequired: false } },
    'Ann published version 3 of Field service in Production. Nobody had to approve it: approval is switched off there.',
  ],
  [
    'release.published',
    { data: { kind: 'scheduled' } },
    'Version 3 of Field service went live in Production, as Ann had planned.',
  ],
  [
    'release.published',
    { data: { kind: 'break_glass' } },
    'Emergency: Ann published version 3 of Field service in Production without waiting for an approval.',
  ],
  [
    'release.published',
    { data: { kind: 'imported' } },
    'Version 3 of Field service came from files and went live in Production.',
  ],
  ['release.planned', {}, 'Ann planned to publish Field service in Production.'],
  ['release.plan_cancelled', {}, 'Ann called off the planned publish of Field service in Production.'],
  [
    'release.plan_refused',
    { data: { code: 'timelines_failed' } },
    'The planned publish of Field service in Production did not go out: not every timeline gave what it expects.',
  ],
  [
    'release.plan_refused',
    { data: { code: 'of_tomorrow' } },
    'The planned publish of Field service in Production did not go out: of_tomorrow.',
  ],
  [
    'release.looked_back_at',
    { data: { verdict: 'accept' } },
    'Ann looked back at the emergency publish of Field service in Production and accepted it.',
  ],
  [
    'release.looked_back_at',
    { data: { verdict: 'object' } },
    'Ann looked back at the emergency publish of Field service in Production and objected to it.',
  ],

  ['setup_link.made', {}, 'A one-time link to set up the first administrator was made.'],
  [
    'person.invited',
    { data: { role: 'author', days: 7 } },
    'Ann made an invitation for somebody to join as author, good for 7 days.',
  ],
  [
    'person.invited',
    { data: { role: 'author', days: 1 } },
    'Ann made an invitation for somebody to join as author, good for 1 day.',
  ],
  ['invitation.withdrawn', {}, 'Ann withdrew an invitation.'],
  ['person.joined', { data: { role: 'author', by: 'invitation/1' } }, 'Ben joined as author, by invitation.'],
  ['person.joined', { data: { role: 'admin', by: 'setup_link' } }, 'Ben set up this installation and joined as admin.'],
  ['role.changed', { data: { from: 'author', to: 'approver' } }, 'Ann changed Ben’s role from author to approver.'],
  [
    'role.changed',
    { self: true, data: { from: 'admin', to: 'author' } },
    'Ann changed their own role from admin to author.',
  ],
  ['person.deactivated', {}, 'Ann switched Ben’s account off.'],
  ['person.reactivated', {}, 'Ann switched Ben’s account on again.'],
  ['person.erased', {}, 'Ann erased Ben: name, address and password are gone for good.'],
  ['two_factor.reset', {}, 'Ann took the second factor from Ben’s account.'],
  ['reset_link.issued', {}, 'Ann made a one-time link to reset Ben’s password.'],
  ['password.reset', {}, 'Ben set a new password with a one-time link.'],
  ['password.changed', {}, 'Ben changed their password.'],
  ['sessions.ended', {}, 'Ann ended all of Ben’s sessions.'],
  ['sessions.ended', { self: true }, 'Ann ended all of their own sessions.'],
  [
    'provider.linked',
    { data: { passwordRemoved: true } },
    'Ben came by the organisation’s own sign-in for the first time; the password that was there was removed.',
  ],
  [
    'provider.linked',
    { data: { passwordRemoved: false } },
    'Ben came by the organisation’s own sign-in for the first time.',
  ],
  ['app_key.made', {}, 'Ann made the app key ‘Tablets’ for Production.'],
  ['app_key.revoked', {}, 'Ann revoked the app key ‘Tablets’ for Production.'],

  ['sign_in.intended', { data: { by: 'password' } }, 'Somebody asked to sign in as Ben, with a password.'],
  ['sign_in.succeeded', { data: { by: 'provider' } }, 'Ben signed in, with the organisation’s own sign-in.'],
  [
    'sign_in.continued',
    { data: { by: 'password' } },
    'The sign-in as Ben went on to the second factor, with a password.',
  ],
  ['sign_in.failed', { data: { by: 'code' } }, 'A sign-in as Ben failed, with a code.'],
  [
    'sign_in.throttled',
    { data: { by: 'recovery_code' } },
    'The sign-in as Ben was held back: too many attempts, with a recovery code.',
  ],
  ['sign_out.succeeded', {}, 'Ben signed out.'],
  ['two_factor_setup.succeeded', {}, 'Ben began to set up a second factor.'],
  ['two_factor_enable.succeeded', {}, 'Ben switched a second factor on.'],
  ['two_factor_disable.succeeded', {}, 'Ben switched the second factor off.'],
  ['recovery_codes.intended', {}, 'Somebody asked to get new recovery codes as Ben.'],
];

describe('sentences', () => {
  const { types, unreadable } = recordedTypes();

  test('the types that are recorded can be read from the code', () => {
    expect(unreadable).toEqual([]);
    expect(types.size).toBeGreaterThan(60);
  });

  test.each([...types].toSorted())('%s has a sentence of its own, and a kind', (type) => {
    expect(sentences.has(type)).toBe(true);
    const told = sentenceOf({ ...FACTS, type, data: { role: 'author', days: 7 } });
    expect(told).toMatch(/^\p{Lu}.*\.$/u);
    expect(Object.values(TYPES_OF).filter((starts) => starts.some((start) => type.startsWith(start)))).toHaveLength(1);
    expect(told).not.toContain(type);
    expect(told).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('no sentence is left of a type that nobody records', () => {
    expect([...sentences.keys()].filter((type) => !types.has(type))).toEqual([]);
  });

  test.each(TOLD)('%s with %o', (type, facts, sentence) => {
    expect(sentenceOf({ ...FACTS, ...facts, type })).toBe(sentence);
  });

  test('one of a type that nobody knows is shown plainly', () => {
    expect(sentenceOf({ ...FACTS, type: 'moon.landed' })).toBe('Ann did something of the type ‘moon.landed’.');
    expect(kindOf('moon.landed', false)).toBe('installation');
  });
});
