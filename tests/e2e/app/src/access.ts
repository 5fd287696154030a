/** Keeps the session up to date and asks the policy. Every look at the clock is kept, so that time never runs back. */
import { decide, type Decision, type Program, type ReasonCode } from 'latchkey';
import type { ClockReading, Reading } from 'latchkey/clock';
import { apply, factsOf, readSession, startSession, type Session, type SessionEvent } from 'latchkey/session';

/** The obligations that this app carries out. */
const CARRIED_OUT: readonly string[] = ['enqueue', 'readOnly'];

/** A decision as the app acts on it. */
export interface Answer {
  readonly permitted: boolean;
  readonly outcome: Decision['outcome'];
  readonly reason: ReasonCode | null;
  readonly decision: Decision;
}

/** A permit with an obligation that the app does not know is none; a policy that only reports is in nobody's way. */
function answerTo(decision: Decision): Answer {
  if (decision.mode === 'report_only') return { permitted: true, outcome: 'permit', reason: null, decision };
  const known = decision.obligations.every(({ type }) => CARRIED_OUT.includes(type));
  if (known || decision.outcome !== 'permit') {
    const { outcome, reason } = decision;
    return { permitted: outcome === 'permit', outcome, reason, decision };
  }
  return { permitted: false, outcome: 'deny', reason: 'obligation_unsupported', decision };
}

export class Access {
  session: Session;
  private readonly program: Program;
  private readonly readDevice: () => Reading;

  constructor(program: Program, kept: Session | undefined, readDevice: () => Reading) {
    this.program = program;
    this.session = kept ?? startSession();
    this.readDevice = readDevice;
  }

  /** One sample of time, good for every decision that is made of it. */
  look(): ClockReading {
    return this.lookAt(this.readDevice());
  }

  /** Something has happened. `confirmedAt` is the server's own time, given with a sign-in or a refresh. */
  tell(event: SessionEvent, confirmation: { readonly confirmedAt?: number } = {}): void {
    const reading = this.readDevice();
    const clock = this.lookAt(reading);
    const { program } = this;
    this.session = apply(this.session, event, { ...clock, ...confirmation, reading, program }).session;
  }

  ask(capability: string, clock: ClockReading): Answer {
    return answerTo(decide(this.program, factsOf(this.session, clock, { capability })));
  }

  private lookAt(reading: Reading): ClockReading {
    const { session, clock } = readSession(this.session, reading, this.program.policy.clock.tolerance);
    this.session = session;
    return clock;
  }
}
