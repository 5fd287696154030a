/** Bugs in what is held against time, tokens and proofs. */
import { inFile, type Bug } from './bug.ts';

export const evidenceBugs: readonly Bug[] = [
  ...inFile('constraints/max-age.ts', [
    [
      'age-missing-passes',
      `return MISSING[of] ?? 'fact_missing'`,
      'return undefined',
      'a fact that is not there has no age, and passes',
    ],
    [
      'age-invalid-passes',
      `if (at === null) return 'fact_invalid'`,
      'if (at === null) return undefined',
      'an instant given as text passes',
    ],
    [
      'age-turned-round',
      'olderThan(facts, at, limit) ? tooOld : undefined',
      'olderThan(facts, at, limit) ? undefined : tooOld',
      'only what is too old passes',
    ],
    [
      'age-doubled',
      'return olderThan(facts, at, limit)',
      'return olderThan(facts, at, limit * 2)',
      'cached work may be read twice as long',
    ],
    [
      'age-one-more',
      'return olderThan(facts, at, limit)',
      'return olderThan(facts, at + 1, limit)',
      'the limit ends a millisecond late',
    ],
    [
      'age-of-the-wrong-thing',
      'return past(facts, session && session.authTime)',
      'return past(facts, facts.lastConfirmedAt)',
      'an old sign-in counts as young after every refresh',
    ],
    [
      'age-activity-is-now',
      'return past(facts, session && session.lastActivityAt)',
      'return past(facts, session?.lastActivityAt ?? facts.now)',
      'nobody active is taken for somebody active now',
    ],
    [
      'age-wrong-code',
      `permissionSnapshot: 'permission_snapshot_stale'`,
      `permissionSnapshot: 'permission_snapshot_missing'`,
      'roles removed a week ago are reported as never fetched',
    ],
  ]),
  ...inFile('constraints/online.ts', [
    [
      'online-unknown-passes',
      'return unread(facts.connectivity)',
      'return undefined',
      'an unknown network counts as online',
    ],
    [
      'online-turned-round',
      `return facts.online ? undefined : 'online_required'`,
      `return facts.online ? 'online_required' : undefined`,
      'online-only is allowed only offline',
    ],
    [
      'online-token-skipped',
      'code === undefined && token !== undefined',
      'code !== undefined && token !== undefined',
      'the token is looked at only when it no longer matters',
    ],
    [
      'online-any-token',
      `testAccessToken(facts, token === 'fresh')`,
      'testAccessToken(facts, false)',
      'a token about to expire passes as fresh',
    ],
  ]),
  ...inFile('constraints/token.ts', [
    [
      'token-unverified-passes',
      `if (verified === undefined) return 'token_unverifiable'`,
      'if (verified === undefined) return undefined',
      'a token that nobody verified passes',
    ],
    [
      'token-forged-passes',
      `return verified ? undefined : 'token_invalid'`,
      'return undefined',
      'a token with a bad signature passes',
    ],
    [
      'token-no-expiry',
      `if (expiresAt === undefined) return 'token_not_fresh'`,
      'if (expiresAt === undefined) return undefined',
      'a token without an expiry never expires',
    ],
    [
      'token-no-margin',
      'if (fresh && expiring(facts, token, expiresAt))',
      'if (fresh && !expiring(facts, token, expiresAt))',
      'fresh asks for a token that is about to expire',
    ],
    [
      'token-margin-grows',
      'Math.min(margin, Math.floor((expiresAt - issuedAt) / 2))',
      'Math.floor((expiresAt - issuedAt) / 2)',
      'half of every token’s life counts as expiring',
    ],
    [
      'token-reads-denied',
      `facts.asked?.access === 'read' ? code : 'read_only'`,
      `facts.asked?.access === 'write' ? code : 'read_only'`,
      'writes and reads are told apart the wrong way round',
    ],
    [
      'refresh-absent-passes',
      `return token === null ? 'fact_invalid' : 'reauth_required'`,
      `return token === null ? 'fact_invalid' : undefined`,
      'no refresh token is as good as one',
    ],
    [
      'refresh-idle-ignored',
      'return [token.idleExpiresAt, token.absoluteExpiresAt]',
      'return [token.absoluteExpiresAt]',
      'a refresh token left unused for a month still counts',
    ],
  ]),
  ...inFile('constraints/step-up.ts', [
    [
      'proof-of-another-person',
      'subject.sub === session.sub &&',
      'true &&',
      'a fingerprint of whoever used the device before counts',
    ],
    [
      'proof-of-another-tenant',
      'same(subject.tenant, session.tenant)',
      'true',
      'a proof for one customer counts for another',
    ],
    [
      'proof-of-another-finger',
      'epoch === device.biometricEpoch &&',
      'true &&',
      'a finger added after the proof counts',
    ],
    [
      'proof-survives-reboot',
      '(surviveReboot || proof.sameBoot === true)',
      '(surviveReboot || proof.sameBoot !== false)',
      'an unknown boot counts as this one',
    ],
    [
      'proof-any-method',
      'if (!ofMethod(proof, constraint)) otherMethod = true',
      'if (ofMethod(proof, constraint)) otherMethod = true',
      'a PIN counts where a face is asked for',
    ],
    [
      'proof-used-twice',
      'return proof.consumed === false &&',
      'return proof.consumed !== true &&',
      'a proof of unknown use counts as unused',
    ],
    [
      'proof-all-is-any',
      'return holds(amr, amrAny, amrAll)',
      'return holds(amr, amrAny ?? amrAll)',
      'one of two factors is enough',
    ],
    [
      'idle-never-ends',
      'if (olderThan(facts, last, limit)) return true',
      'if (olderThan(facts, last, limit)) return false',
      'a long pause does not end a proof',
    ],
    [
      'idle-unknown-is-short',
      `if (typeof known === 'number' && known >= 0 && known <= limit) return false`,
      'if (!(Number(known) > limit)) return false',
      'an unknown longest pause counts as none',
    ],
    [
      'unlock-never-old',
      `return typeof at === 'number' && !olderThan(facts, at, limit)`,
      `return typeof at === 'number'`,
      'the device unlocked yesterday counts',
    ],
    [
      'proof-asked-of-nobody',
      `if (!isInteractive(facts)) return 'interaction_required'`,
      `if (isInteractive(facts)) return 'interaction_required'`,
      'a background job is told to ask for a fingerprint',
    ],
  ]),
];
