/** What the server does not have yet of one policy: kept on the device shortly after each change, restored by the next visit. */
import type { DraftState } from './draft-status.ts';
import type { DraftRecord, DraftStore } from './drafts.ts';
import type { Schedule } from './workspace.svelte.ts';

export interface DraftOptions {
  readonly policy: string;
  /** What the server has. */
  readonly base: DraftRecord['base'];
  readonly store: DraftStore;
  readonly schedule: Schedule;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new stamp at every call. */
  readonly stamp: () => string;
}

const PAUSE = 250;

/** Keeps what is typed until the server has it. */
export class Draft {
  readonly #options: DraftOptions;
  #text: string;
  #keptText: string;
  #stamp: string | null = null;
  #callOff: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** What the server had when the kept text was begun. */
  #from: DraftRecord['base'];

  state = $state.raw<DraftState>({ kind: 'same' });

  constructor(options: DraftOptions) {
    this.#options = options;
    this.#text = options.base.text;
    this.#keptText = options.base.text;
    this.#from = options.base;
  }

  /** What the server had when the text was begun. */
  get from(): DraftRecord['base'] {
    return this.#from;
  }

  /** True while the text is another one than the device keeps. */
  get unsaved(): boolean {
    return this.#text !== this.#keptText;
  }

  /** Keeps the text before it returns, for a page that is going away. False when leaving would lose text. */
  leave(): boolean {
    if (!this.unsaved) return true;
    if (this.state.kind === 'conflict') return false;
    try {
      this.#options.store.spill(this.#record(this.#text), this.#stamp);
      return true;
    } catch {
      return false;
    }
  }

  /** The text to start with: the one kept here, else the server's. Never rejects; a refusal shows as `failed`. */
  async open(): Promise<string> {
    try {
      const record = await this.#options.store.read(this.#options.policy);
      if (record !== null) this.#take(record);
    } catch (error) {
      this.state = { kind: 'failed', why: messageOf(error) };
    }
    return this.#text;
  }

  /** Takes a changed text; it is kept after a short pause. */
  changed(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.state.kind === 'conflict') return;
    this.state = { kind: 'saving' };
    this.#callOff?.();
    this.#callOff = this.#options.schedule(() => void this.flush(), PAUSE);
  }

  /** Keeps the text now; also the way to try again. Resolves when it is kept or was refused. */
  async flush(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    this.#writing = this.#writing.then(async () => this.#keep());
    return this.#writing;
  }

  /** The server has something else now. What equals it need not be kept here any more, whatever another tab keeps. */
  rebase(base: DraftRecord['base']): void {
    this.#from = base;
    if (this.#text !== base.text) return;
    if (this.state.kind === 'conflict') this.#stamp = null;
    this.state = { kind: 'saving' };
    void this.flush();
  }

  /** After a conflict: keeps this tab's text over the other's. */
  async keepMine(): Promise<void> {
    try {
      const other = await this.#options.store.read(this.#options.policy);
      this.#stamp = other?.stamp ?? null;
      this.state = { kind: 'saving' };
    } catch (error) {
      this.state = { kind: 'failed', why: messageOf(error) };
    }
    return this.flush();
  }

  /** After a conflict: gives up this tab's text and returns the other's. */
  async takeTheirs(): Promise<string> {
    this.#text = this.#from.text;
    this.#keptText = this.#text;
    this.#stamp = null;
    this.state = { kind: 'same' };
    return this.open();
  }

  #take(record: DraftRecord): void {
    this.#text = record.text;
    this.#keptText = record.text;
    this.#stamp = record.stamp;
    this.#from = record.base;
    this.state = { kind: 'saved', at: record.savedAt };
  }

  async #keep(): Promise<void> {
    if (this.state.kind === 'conflict') return;
    const text = this.#text;
    try {
      await (text === this.#from.text ? this.#remove(text) : this.#write(text));
    } catch (error) {
      this.state = { kind: 'failed', why: messageOf(error) };
    }
  }

  async #remove(text: string): Promise<void> {
    const { store, policy } = this.#options;
    // Another tab's text stays where it is: nothing of this tab is lost with it.
    if (this.#stamp !== null) await store.remove(policy, this.#stamp);
    this.#stamp = null;
    this.#keptText = text;
    if (!this.unsaved) this.state = { kind: 'same' };
  }

  async #write(text: string): Promise<void> {
    const record = this.#record(text);
    if (!(await this.#options.store.write(record, this.#stamp))) {
      this.state = { kind: 'conflict' };
      return;
    }
    this.#stamp = record.stamp;
    this.#keptText = text;
    if (!this.unsaved) this.state = { kind: 'saved', at: record.savedAt };
  }

  #record(text: string): DraftRecord {
    const { policy, now, stamp } = this.#options;
    return { policy, text, base: this.#from, savedAt: now(), stamp: stamp() };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
