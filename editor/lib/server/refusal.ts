/** Why a request is not carried out. Thrown inside a change so that nothing of it is written; answered as problem details. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** Stable, snake_case, such as `draft_conflict`. */
  readonly code: string;
  /** Members that problem details carry besides their own, such as both versions of a conflict. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}
