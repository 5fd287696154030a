/** A story while it is told: events in order of time. */
import type { Milliseconds } from '../../request.ts';
import type { SessionEventType } from '../../session/index.ts';

/** An event at an offset from the start, with its members as a document has them. */
export interface Told {
  readonly at: Milliseconds;
  readonly type: SessionEventType;
  readonly members: Readonly<Record<string, unknown>>;
}

export class Story {
  readonly events: Told[] = [];
  #at: Milliseconds = 0;

  /** Offset from the start up to which it is told. */
  get at(): Milliseconds {
    return this.#at;
  }

  /** Time passes. */
  wait(time: Milliseconds): this {
    this.#at += time;
    return this;
  }

  /** Something happens now. */
  happens(type: SessionEventType, members: Readonly<Record<string, unknown>> = {}): this {
    this.events.push({ at: this.#at, type, members });
    return this;
  }
}
