/** The draft of one policy: kept shortly after each change, restored when the policy is opened again. */
import type { DraftRecord, DraftStore } from './drafts.ts';
import type { Schedule } from './workspace.svelte.ts';

export interface Published {
  readonly policy: string;
  readonly version: number;
  readonly text: string;
  readonly digest: string;
}

export interface DraftOptions {
  readonly published: Published;
  readonly store: DraftStore;
  readonly schedule: Schedule;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new stamp at every call. */
  readonly stamp: () => string;
}

export type DraftState =
  | { readonly kind: 'published' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly why: string }
  /** Another tab kept a draft of the same policy meanwhile; nothing was overwritten. */
  | { readonly kind: 'conflict' };

const PAUSE = 250;

/** Keeps what is typed. Text that equals the published version is no draft and is not kept. */
export class Draft {
  readonly #options: DraftOptions;
  #text: string;
  #keptText: string;
  #stamp: string | null = null;
  #callOff: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  state = $state.raw<DraftState>({ kind: 'published' });
  /** The published version the kept draft was started from; null without a draft. */
  base = $state.raw<DraftRecord['base'] | null>(null);

  constructor(options: DraftOptions) {
    this.#options = options;
    this.#text = options.published.text;
    this.#keptText = options.published.text;
  }

  /** True when the draft was started from something else than what is published now. */
  readonly behind: boolean = $derived.by(
    () => this.base !== null && this.base.digest !== this.#options.published.digest,
  );

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

  /** The text to start with: the draft's, else the published one. Never rejects; a refusal shows as `failed`. */
  async open(): Promise<string> {
    try {
      const record = await this.#options.store.read(this.#options.published.policy);
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

  /** Forgets the draft and returns the published text. */
  async discard(): Promise<string> {
    this.#text = this.#options.published.text;
    await this.flush();
    return this.#text;
  }

  /** After a conflict: keeps this tab's text over the other's. */
  async keepMine(): Promise<void> {
    try {
      const other = await this.#options.store.read(this.#options.published.policy);
      this.#stamp = other?.stamp ?? null;
      this.state = { kind: 'saving' };
    } catch (error) {
      this.state = { kind: 'failed', why: messageOf(error) };
    }
    return this.flush();
  }

  /** After a conflict: gives up this tab's text and returns the other's. */
  async takeTheirs(): Promise<string> {
    this.#text = this.#options.published.text;
    this.#keptText = this.#text;
    this.#stamp = null;
    this.base = null;
    this.state = { kind: 'published' };
    return this.open();
  }

  #take(record: DraftRecord): void {
    this.#text = record.text;
    this.#keptText = record.text;
    this.#stamp = record.stamp;
    this.base = record.base;
    this.state = { kind: 'saved', at: record.savedAt };
  }

  async #keep(): Promise<void> {
    if (this.state.kind === 'conflict') return;
    const text = this.#text;
    try {
      await (text === this.#options.published.text ? this.#remove() : this.#write(text));
    } catch (error) {
      this.state = { kind: 'failed', why: messageOf(error) };
    }
  }

  async #remove(): Promise<void> {
    const { store, published } = this.#options;
    if (this.#stamp !== null && !(await store.remove(published.policy, this.#stamp))) {
      this.state = { kind: 'conflict' };
      return;
    }
    this.#stamp = null;
    this.#keptText = published.text;
    this.base = null;
    if (!this.unsaved) this.state = { kind: 'published' };
  }

  async #write(text: string): Promise<void> {
    const record = this.#record(text);
    if (!(await this.#options.store.write(record, this.#stamp))) {
      this.state = { kind: 'conflict' };
      return;
    }
    this.#stamp = record.stamp;
    this.#keptText = text;
    this.base = record.base;
    if (!this.unsaved) this.state = { kind: 'saved', at: record.savedAt };
  }

  #record(text: string): DraftRecord {
    const { published, now, stamp } = this.#options;
    const base = this.base ?? { version: published.version, digest: published.digest };
    return { policy: published.policy, text, base, savedAt: now(), stamp: stamp() };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
