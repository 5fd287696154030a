/** Bugs made by hand, one at a time planted in the engine to see whether the tests would notice. */
export interface Bug {
  /** Unique, and stable: what `npm run planted -- <id>` asks for. */
  readonly id: string;
  /** The file under `engine/`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  /** What a tired person might have written instead. */
  readonly planted: string;
  /** What then goes wrong. */
  readonly wrong: string;
}

/** Bugs of one file, a line each. */
export function inFile(
  file: string,
  bugs: readonly (readonly [id: string, text: string, planted: string, wrong: string])[],
) {
  return bugs.map(([id, text, planted, wrong]): Bug => ({ id, file, text, planted, wrong }));
}
