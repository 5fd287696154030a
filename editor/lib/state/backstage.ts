/** What the page asks of the engine in another thread, so that typing and scrubbing never wait for it. */
import type { Milliseconds, Policy } from 'latchkey';
import type { Finding } from 'latchkey/analysis';
import type { CompactSimulation, Probe, Timeline } from 'latchkey/timeline';
import type { Comparison } from './comparison.ts';
import type { NamedTimeline, Review } from './timeline-review.ts';
import type { Schedule } from './workspace.svelte.ts';

/** A story, and every version of its policy; the edited text stands for its own. */
export interface Story {
  readonly policies: readonly Policy[];
  readonly timeline: Timeline;
}

/** A probe without the program, which does not travel: `version` says which one it was. */
export interface Look extends Omit<Probe, 'program'> {
  readonly version: number;
}

/** A comparison as it travels: the other run, and where the story’s own differs from it. */
export interface Beside extends Pick<Comparison, 'differences'> {
  readonly simulation: CompactSimulation;
}

/** Questions by kind. A later question of a kind takes the place of an earlier one that is still open. */
export interface Questions {
  /** Plays a story, which later looks are at. */
  readonly simulate: Story;
  readonly look: { readonly at: Milliseconds; readonly capability: string };
  /** Plays a story, and what it is to be compared with. */
  readonly compare: { readonly story: Story; readonly other: Story };
  readonly review: { readonly policies: readonly Policy[]; readonly timelines: readonly NamedTimeline[] };
  readonly lint: { readonly text: string; readonly today: string };
}

export interface Answers {
  readonly simulate: CompactSimulation;
  /** Null before a story was played. */
  readonly look: Look | null;
  readonly compare: Beside;
  readonly review: Review;
  readonly lint: readonly Finding[];
}

export type Kind = keyof Questions;

/** What goes to the other thread and what comes back; `failed` is the message of what it threw. */
export interface Question<K extends Kind = Kind> {
  readonly kind: K;
  readonly asked: Questions[K];
}
export type Reply = { readonly answer: Answers[Kind] } | { readonly failed: string };

/** Another thread: answers one question after the other. */
export interface Thread {
  send(question: Question): void;
  end(): void;
}

/** Starts a thread; `reply` is called once a question, with `failed` also when the thread cannot go on. */
export type OpenThread = (reply: (reply: Reply) => void) => Thread;

interface Waiting {
  readonly kind: Kind;
  readonly asked: Questions[Kind];
  readonly settle: (answer: Answers[Kind] | null) => void;
  readonly fail: (error: Error) => void;
}

/** A question that nobody waits for any more may go on this long before its thread is ended. */
const PATIENCE: Milliseconds = 150;

/** Asks one question at a time and keeps the newest of each kind waiting. */
export class Backstage {
  readonly #open: OpenThread;
  readonly #schedule: Schedule;
  #thread: Thread | null = null;
  #running: Waiting | null = null;
  readonly #waiting = new Map<Kind, Waiting>();
  #callOff: (() => void) | null = null;

  constructor(open: OpenThread, schedule: Schedule) {
    this.#open = open;
    this.#schedule = schedule;
  }

  /** The answer, or null when a later question of the kind or `cancel` came first. Rejects when the engine failed. */
  ask<K extends Kind>(kind: K, asked: Questions[K]): Promise<Answers[K] | null> {
    return new Promise<Answers[Kind] | null>((settle, fail) => {
      this.#waiting.get(kind)?.settle(null);
      this.#waiting.set(kind, { kind, asked, settle, fail });
      if (this.#running?.kind === kind) this.#hurry(this.#running);
      this.#next();
    }) as Promise<Answers[K] | null>;
  }

  /** Gives up on a kind: what runs is ended at once. */
  cancel(kind: Kind): void {
    this.#waiting.get(kind)?.settle(null);
    this.#waiting.delete(kind);
    if (this.#running?.kind === kind) this.#abandon();
  }

  /** Ends the thread and every question; not used afterwards. */
  dispose(): void {
    for (const { settle } of this.#waiting.values()) settle(null);
    this.#waiting.clear();
    this.#abandon();
  }

  #next(): void {
    if (this.#running !== null) return;
    const [first] = this.#waiting.values();
    if (first === undefined) return;
    this.#waiting.delete(first.kind);
    this.#running = first;
    this.#thread ??= this.#open((reply) => this.#take(reply));
    this.#thread.send({ kind: first.kind, asked: first.asked });
  }

  #take(reply: Reply): void {
    const done = this.#running;
    if (done === null) return;
    this.#settled();
    // What was overtaken while it ran is stale.
    if (this.#waiting.has(done.kind)) done.settle(null);
    else if ('failed' in reply) done.fail(new Error(reply.failed));
    else done.settle(reply.answer);
    this.#next();
  }

  /** A thread cannot be told to stop, only be ended; a short question is worth waiting for. */
  #hurry(overtaken: Waiting): void {
    this.#callOff ??= this.#schedule(() => {
      this.#callOff = null;
      if (this.#running === overtaken && this.#waiting.has(overtaken.kind)) this.#abandon();
    }, PATIENCE);
  }

  #abandon(): void {
    const gone = this.#running;
    this.#settled();
    this.#thread?.end();
    this.#thread = null;
    gone?.settle(null);
    this.#next();
  }

  #settled(): void {
    this.#running = null;
    this.#callOff?.();
    this.#callOff = null;
  }
}
