/** What came of an event, as a clause: in lower case and without a full stop. */
import type { Effect, Ignored } from './session.ts';

const IGNORED: Readonly<Record<Ignored, string>> = {
  malformed: 'it is nothing that the app understands',
  no_session: 'nobody is signed in',
  unknown_account: 'that account is not kept on this device',
  subject_mismatch: 'it is about somebody else',
  seen_before: 'it had arrived before',
  older_than_sign_in: 'it is older than the last sign-in',
  locked: 'the account is locked',
  signed_out: 'the person is signed out',
  discarded: 'the session that it was for is over',
  configuration: 'the provider does not know the app as it is set up',
  clock_unreadable: 'the device’s clock cannot be read',
  not_milliseconds: 'the server’s time is not in milliseconds',
  needs_sign_in: 'it counts from the next sign-in on',
};

/** Causes of a wipe that are no event. */
const CAUSES: Readonly<Record<string, string>> = {
  failedStepUps: ', because unlocking failed too often',
  provenAge: ', because the server has provably been silent for too long',
  failedReauthentication: ', because the session was overdue and the provider refuses it',
};

export function effectText(effect: Effect): string {
  switch (effect.type) {
    case 'ignored':
      return `nothing came of this: ${IGNORED[effect.why]}`;
    case 'lock':
      return `the account of ${effect.subject.sub} is locked`;
    case 'wipe': {
      const what = effect.scope === 'tier' ? `the data of tier ${effect.tier ?? ''}` : 'all data';
      const cause = Object.hasOwn(CAUSES, effect.because) ? CAUSES[effect.because] : '';
      return `${what} of ${effect.subject.sub} is wiped from the device${cause ?? ''}`;
    }
    case 'security-event':
      return effect.code === 'refresh_token_reuse_detected'
        ? 'a refresh token was used twice, as by a thief: those who look after security are told'
        : `those who look after security are told: ${effect.code}`;
    case 'persist':
      return 'the session is stored';
  }
}
