/** The one place where a session and the clock become the facts of a request. */
import type { ClockReading } from '../clock/index.ts';
import type { Request, Resource, SessionFacts, StepUpProof } from '../request.ts';
import { defined } from './defined.ts';
import type { Account, KeptProof, Session } from './session.ts';

/** What is asked; the session and the clock give the rest of the request. */
export interface Ask {
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

/** The request for the selected account at a moment of trusted time; without one it has no session in it. */
export function factsOf(session: Session, clock: ClockReading, ask: Ask): Request {
  const { device } = session;
  const account = session.accounts[session.selected];
  return {
    ...defined({ capability: ask.capability, resource: ask.resource, interactive: ask.interactive }),
    now: clock.now,
    clock: defined({ state: clock.state, provenNow: clock.provenNow }),
    connectivity: device.connectivity,
    ...(account === undefined ? {} : accountFacts(account)),
    device: device.facts,
    risk: { level: device.risk },
    ...defined({ policy: device.policy }),
    // Whether a custom fact has its declared type is judged where it is read.
    facts: device.custom as NonNullable<Request['facts']>,
  };
}

function accountFacts(account: Account): Partial<Request> {
  return {
    session: sessionFacts(account),
    ...defined({
      accessToken: account.accessToken,
      refreshToken: account.refreshToken,
      permissions: account.permissions,
    }),
    stepUps: account.stepUps.map(proofFacts),
    usage: account.usage,
  };
}

function sessionFacts(account: Account): SessionFacts {
  const { authState, cause, iss, tenant, sub, establishedAt, lastConfirmedAt, authTime, lastActivityAt, acr, amr } =
    account;
  return defined({
    authState,
    cause,
    iss,
    tenant,
    sub,
    establishedAt,
    lastConfirmedAt,
    authTime,
    lastActivityAt,
    acr,
    amr,
  });
}

function proofFacts({ at, amr, subject, sameBoot, biometricEpoch, longestIdle, consumed }: KeptProof): StepUpProof {
  return defined({ at, amr, subject, sameBoot, biometricEpoch, longestIdle, consumed });
}
