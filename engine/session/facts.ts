/** The one place where a session and the clock become the facts of a request. */
import type { ClockReading } from '../clock/index.ts';
import type { Request, Resource, SessionFacts, StepUpProof } from '../request.ts';
import type { Account, KeptProof, Session } from './session.ts';

/** What is asked; the session and the clock give the rest of the request. */
export interface Ask {
  readonly capability: string;
  readonly resource?: Resource;
  readonly interactive?: boolean;
}

/** Facts while they are put together. */
type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * The request for the selected account at a moment of trusted time; without one it has no session in it. Members are set
 * one by one: a simulation passes here at every event, and spreading objects would be half of what it costs.
 */
export function factsOf(session: Session, clock: ClockReading, { capability, resource, interactive }: Ask): Request {
  const { device } = session;
  const account = session.accounts[session.selected];
  const facts = { capability } as Mutable<Request>;
  if (resource !== undefined) facts.resource = resource;
  if (interactive !== undefined) facts.interactive = interactive;
  facts.now = clock.now;
  facts.clock =
    clock.provenNow === undefined ? { state: clock.state } : { state: clock.state, provenNow: clock.provenNow };
  facts.connectivity = device.connectivity;
  if (account !== undefined) addAccount(facts, account);
  facts.device = device.facts;
  facts.risk = { level: device.risk };
  if (device.policy !== undefined) facts.policy = device.policy;
  // Whether a custom fact has its declared type is judged where it is read.
  facts.facts = device.custom as NonNullable<Request['facts']>;
  return facts;
}

function addAccount(facts: Mutable<Request>, account: Account): void {
  const { accessToken, refreshToken, permissions } = account;
  facts.session = sessionFacts(account);
  if (accessToken !== undefined) facts.accessToken = accessToken;
  if (refreshToken !== undefined) facts.refreshToken = refreshToken;
  if (permissions !== undefined) facts.permissions = permissions;
  facts.stepUps = account.stepUps.map(proofFacts);
  facts.usage = account.usage;
}

function sessionFacts(account: Account): SessionFacts {
  const { authState, cause, iss, tenant, sub, establishedAt, lastConfirmedAt, authTime, lastActivityAt, acr, amr } =
    account;
  const facts: Mutable<SessionFacts> = {
    authState,
    sub,
    establishedAt,
    lastConfirmedAt,
    authTime,
    lastActivityAt,
    amr,
  };
  if (cause !== undefined) facts.cause = cause;
  if (iss !== undefined) facts.iss = iss;
  if (tenant !== undefined) facts.tenant = tenant;
  if (acr !== undefined) facts.acr = acr;
  return facts;
}

function proofFacts({ at, amr, subject, sameBoot, biometricEpoch, longestIdle, consumed }: KeptProof): StepUpProof {
  const facts: Mutable<StepUpProof> = { at, amr, subject, sameBoot, biometricEpoch };
  if (longestIdle !== undefined) facts.longestIdle = longestIdle;
  if (consumed !== undefined) facts.consumed = consumed;
  return facts;
}
