/** Entry `latchkey/session`: what a device remembers, and what events do to it. */
export { apply } from './apply.ts';
export { effectText } from './effect-text.ts';
export { factsOf, type Ask } from './facts.ts';
export { readSession, startSession } from './read-session.ts';
export type { Applied, Occasion } from './occasion.ts';
export type { Account, DeviceState, Effect, Ignored, KeptProof, Session } from './session.ts';
export type { RefreshResult, SessionEvent, SessionEventType, TokenLifetimes } from './event.ts';
