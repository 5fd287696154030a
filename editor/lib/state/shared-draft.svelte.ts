/** The draft that everybody who may edit a policy shares: saved on the server shortly after each change, and merged. */
import type { DraftClient, Unanswered } from './draft-client.ts';
import type { SharedState } from './draft-status.ts';
import type { Choices } from './merge.ts';
import { mergeDrafts, type DraftTexts } from './merge-drafts.ts';
import { sameTexts, type RevisionTexts, type SharedVersion } from './shared-version.ts';
import type { Schedule } from './workspace.svelte.ts';

export interface SharedDraftOptions {
  /** What the server had when the page was opened. */
  readonly known: SharedVersion;
  readonly mayEdit: boolean;
  readonly client: DraftClient;
  readonly schedule: Schedule;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Puts merged texts into the editor. */
  readonly apply: (texts: DraftTexts) => void;
  /** Hears what the server has, whenever that is something else. */
  readonly heard: (version: SharedVersion) => void;
}

/** Two sides that were made from `base`, and what is to be done with the merged texts. */
interface Meeting {
  readonly base: DraftTexts | null;
  readonly theirs: DraftTexts;
  readonly take: () => void;
}

const PAUSE = 800;
/** Waits between tries while the server is away, in ms. */
const RETRIES = [2000, 5000, 15_000, 30_000];

/** Saves what is typed, and merges what others saved. Types by one person at a time lose nothing, whoever saves first. */
export class SharedDraft {
  readonly #options: SharedDraftOptions;
  #texts: DraftTexts;
  /** What the texts here and the server's were both made from: what the server had, unless the device kept older work. */
  #ancestor: DraftTexts | null;
  #meeting: Meeting | null = null;
  /** A revision that was merged in; the next save says so. */
  #merged: RevisionTexts | null = null;
  #callOff: (() => void) | null = null;
  #working: Promise<unknown> = Promise.resolve();
  #tries = 0;

  state = $state.raw<SharedState>({ kind: 'shared' });
  /** What the server has, as far as is known here. */
  known: SharedVersion = $state.raw<SharedVersion>() as SharedVersion;
  /** Who changed the draft elsewhere while it was open here, told once a change. */
  met = $state.raw<{ readonly by: string | null } | null>(null);

  /** The names of everybody else who has the policy open. */
  present = $state.raw<readonly string[]>([]);

  constructor(options: SharedDraftOptions) {
    this.#options = options;
    this.#texts = options.known;
    this.#ancestor = options.known;
    this.known = options.known;
    if (!options.mayEdit) this.state = { kind: 'private' };
  }

  /** Goes on with texts that this device kept; `from` is what the server had when they were begun. */
  start(texts: DraftTexts, from: DraftTexts | null): void {
    this.#texts = texts;
    if (!this.#options.mayEdit || sameTexts(texts, this.known)) return;
    this.#ancestor = from;
    this.#hear(this.known);
  }

  /** Takes changed texts; they are saved after a short pause. */
  changed(texts: DraftTexts): void {
    if (sameTexts(texts, this.#texts)) return;
    this.#texts = texts;
    if (!this.#options.mayEdit) return;
    if (this.#meeting === null) this.state = { kind: 'saving' };
    this.#soon(PAUSE);
  }

  /** Saves now; also the way to try again. Resolves when the server has answered, or cannot. */
  async flush(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    return this.#inTurn(() => this.#save());
  }

  /** Asks who is there, and whether somebody else saved, and merges that. */
  async look(): Promise<void> {
    return this.#inTurn(async () => {
      const answer = await this.#options.client.look();
      if (answer.kind !== 'read') return;
      this.present = answer.present;
      this.#hear(answer.version);
    });
  }

  /** Puts the newest revision in the draft's place, for everybody. Answers whether that was done. */
  async discard(): Promise<boolean> {
    this.#callOff?.();
    return this.#inTurn(async () => {
      const { client, apply, mayEdit } = this.#options;
      if (mayEdit) {
        const answer = await client.discard(this.known.lockVersion);
        if (answer.kind === 'unreachable' || answer.kind === 'refused') return this.#failed(answer);
        const version = await client.read();
        if (version.kind !== 'read') return false;
        if (answer.kind === 'stale') return this.#hear(version.version);
        this.#meeting = null;
        this.#merged = null;
        this.#know(version.version);
      }
      this.#texts = this.known;
      apply(this.known);
      return true;
    });
  }

  /** Merges the newest revision into a draft that was made from an older one. */
  bringIn(): void {
    const { base, newer } = this.known;
    if (newer === null) return;
    const take = (): void => {
      this.#merged = newer;
    };
    this.#meet({ base, theirs: newer, take });
  }

  /** Decides clashes by their places; those that are left stay. */
  resolve(choices: Choices): void {
    if (this.#meeting !== null) this.#meet(this.#meeting, choices);
  }

  /** Stops what is waiting; what was not saved is kept on the device. */
  dispose(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #soon(after: number): void {
    this.#callOff?.();
    this.#callOff = this.#options.schedule(() => void this.flush(), after);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#working.then(work);
    this.#working = done.catch(() => undefined);
    return done;
  }

  async #save(): Promise<void> {
    if (!this.#options.mayEdit) return;
    // What clashed may have been typed away meanwhile.
    if (this.#meeting !== null) return this.#meet(this.#meeting);
    const texts = this.#texts;
    const merged = this.#merged;
    if (merged === null && sameTexts(texts, this.known)) return this.#settled();
    const { text, timelines } = texts;
    const save = { text, timelines, lockVersion: this.known.lockVersion };
    const answer = await this.#options.client.save(merged === null ? save : { ...save, baseRevision: merged.id });
    if (answer.kind === 'kept') {
      this.#merged = null;
      const { base, newer } = this.known;
      const from = merged === null ? { base, newer } : { base: merged, newer: null };
      const saved = { lockVersion: answer.lockVersion, updatedBy: null, updatedAt: this.#options.now() };
      this.#know({ ...from, text, timelines, ...saved });
      this.#settled();
    } else if (answer.kind === 'stale') await this.#catchUp();
    else this.#failed(answer);
  }

  async #catchUp(): Promise<void> {
    const answer = await this.#options.client.read();
    if (answer.kind === 'read') this.#hear(answer.version);
    else if (answer.kind !== 'same') this.#failed(answer);
  }

  /** Takes in what the server has now. False, for those who wanted something else. */
  #hear(version: SharedVersion): false {
    const { known } = this;
    if (version.lockVersion < known.lockVersion) return false;
    if (!sameTexts(version, known)) this.met = { by: version.updatedBy };
    if (!this.#options.mayEdit) this.known = version;
    else this.#meet({ base: this.#ancestor, theirs: version, take: () => this.#know(version) });
    return false;
  }

  #meet(meeting: Meeting, choices: Choices = {}): void {
    const { clashes, ...texts } = mergeDrafts(meeting.base, this.#texts, meeting.theirs, choices);
    if (clashes.length > 0) {
      this.#meeting = meeting;
      this.state = { kind: 'conflict', clashes };
      return;
    }
    this.#meeting = null;
    meeting.take();
    if (!sameTexts(texts, this.#texts)) {
      this.#texts = texts;
      this.#options.apply(texts);
    }
    if (this.#merged === null && sameTexts(texts, this.known)) return this.#settled();
    this.state = { kind: 'saving' };
    this.#soon(0);
  }

  #know(version: SharedVersion): void {
    this.known = version;
    this.#ancestor = version;
    this.#tries = 0;
    this.#options.heard(version);
  }

  #settled(): void {
    if (this.#callOff === null) this.state = { kind: 'shared' };
  }

  #failed(answer: Unanswered): false {
    if (answer.kind === 'refused') {
      this.state = { kind: 'refused', why: answer.why, signIn: answer.status === 401 };
    } else {
      this.state = { kind: 'offline' };
      this.#soon(RETRIES[Math.min(this.#tries, RETRIES.length - 1)] ?? 0);
      this.#tries += 1;
    }
    return false;
  }
}
