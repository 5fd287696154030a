/** What lint says of a policy's text, with its fixes. Asked for backstage, when told to. */
import type { Finding, Fix } from 'latchkey/analysis';
import type { Backstage } from './backstage.ts';

export class Findings {
  readonly #backstage: Backstage;
  #of = $state.raw<{ readonly text: string; readonly findings: readonly Finding[] } | null>(null);

  constructor(backstage: Backstage) {
    this.#backstage = backstage;
  }

  /** The last findings; those of a text before until the newest one is looked through. */
  get list(): readonly Finding[] {
    return this.#of?.findings ?? [];
  }

  /** Looks a text through as of a day, `YYYY-MM-DD`. A text that does not load has no findings. */
  async check(text: string, today: string): Promise<void> {
    if (this.#of?.text === text) return;
    try {
      const findings = await this.#backstage.ask('lint', { text, today });
      if (findings !== null) this.#of = { text, findings };
    } catch {
      // Advice that could not be given holds nobody up.
    }
  }

  /** The text with a fix made; the text as it is when the fix is about another one. */
  fixed(text: string, { edit: { offset, length, text: by } }: Fix): string {
    return this.#of?.text === text ? text.slice(0, offset) + by + text.slice(offset + length) : text;
  }
}
