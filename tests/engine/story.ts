/** Plays events on a pretended device, so that a test says what happens and not how clocks are kept. */
import { compile, decide, type Decision, type Program, type Request } from 'latchkey';
import type { ClockReading, Reading } from 'latchkey/clock';
import { load, parseDuration } from 'latchkey/load';
import {
  apply,
  factsOf,
  readSession,
  startSession,
  type Account,
  type Effect,
  type Session,
  type SessionEvent,
} from 'latchkey/session';

export const T0 = Date.parse('2026-03-02T08:00:00.000Z');

export function duration(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new Error(`${text} is no duration`);
  return parsed;
}

/** A policy with one tier, good for seven days, and what a test adds to it. */
export function policyWith(more: object = {}): object {
  return {
    language: 1,
    id: 'plain',
    version: 1,
    tiers: [{ id: 't', sensitivity: 'internal', require: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '7d' }] }],
    capabilities: [{ id: 'note.read', tier: 't', access: 'read' }],
    ...more,
  };
}

export function programOf(document: unknown): Program {
  const loaded = load(JSON.stringify(document));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

export const PLAIN = programOf(policyWith());

export const refresh = (result: string): object => ({ type: 'token-refresh', result });
export const stepUp = (...amr: string[]): object => ({ type: 'step-up', result: 'ok', amr });

/** Somebody else than the person of `signIn`. */
export const OTHER = { sub: 'u-2', tenant: 'acme' };

/** Starts online with nobody signed in and honest clocks; `at` is true time since then. */
export class Story {
  session: Session = startSession();
  readonly program: Program;
  private readonly start: number;
  private at = 0;
  private wallAhead = 0;
  private mono = 0;
  private boot = 1;
  private broken = false;

  constructor(program: Program, start = T0) {
    this.program = program;
    this.start = start;
  }

  get account(): Account {
    const account = this.session.accounts[this.session.selected];
    if (account === undefined) throw new Error('nobody is selected');
    return account;
  }

  get trueTime(): number {
    return this.start + this.at;
  }

  get reading(): Reading {
    const whole = { wall: this.trueTime + this.wallAhead, mono: this.mono, boot: `boot-${this.boot}` };
    return this.broken ? { ...whole, mono: Number.NaN } : whole;
  }

  pass(time: string): this {
    return this.passTo(this.trueTime + duration(time));
  }

  /** Lets time pass up to a true time; an earlier one than now is now. */
  passTo(instant: number): this {
    const time = Math.max(0, instant - this.trueTime);
    this.at += time;
    this.mono += time;
    return this;
  }

  /** The monotonic clock stands, as in sleep. */
  sleep(time: string): this {
    this.at += duration(time);
    return this;
  }

  /** Sets the wall clock to so many milliseconds ahead of true time. */
  setWall(ahead: number): this {
    this.wallAhead = ahead;
    return this;
  }

  breakClock(broken = true): this {
    this.broken = broken;
    return this;
  }

  restart(): this {
    this.boot += 1;
    this.mono = 0;
    return this;
  }

  read(): ClockReading {
    const { session, clock } = readSession(this.session, this.reading, this.program.policy.clock.tolerance);
    this.session = session;
    return clock;
  }

  /** Applies the events at one moment; returns the effects of all but `persist`. */
  happens(...events: readonly unknown[]): readonly Effect[] {
    return events.flatMap((event) => this.one(event as SessionEvent)).filter(({ type }) => type !== 'persist');
  }

  signIn(more: object = {}): this {
    const tokens = { accessLifetime: duration('1h'), refreshIdle: duration('30d'), refreshAbsolute: duration('90d') };
    this.happens({ type: 'session-established', sub: 'u-17', tenant: 'acme', amr: ['pwd'], tokens, ...more });
    return this;
  }

  request(capability: string, more: object = {}): Request {
    const clock = this.read();
    return factsOf(this.session, clock, { capability, ...more });
  }

  decide(capability: string, more: object = {}): Decision {
    return decide(this.program, this.request(capability, more));
  }

  one(event: SessionEvent): readonly Effect[] {
    const { now, provenNow } = this.read();
    const proven = provenNow === undefined ? {} : { provenNow };
    const { reading, program, trueTime } = this;
    const applied = apply(this.session, event, { now, ...proven, reading, confirmedAt: trueTime, program });
    this.session = applied.session;
    return applied.effects;
  }
}
