/** How far a copy is; a phase ends when `done` is `total`. */
export interface Progress {
  readonly phase: 'reading' | 'copying' | 'checking';
  /** Rows. */
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/** Adds up the rows of one phase. */
export function phaseOf(onProgress: OnProgress, phase: Progress['phase'], total: number, start = 0) {
  let done = start;
  onProgress({ phase, done, total });
  return (rows: number): void => {
    done += rows;
    onProgress({ phase, done, total });
  };
}
