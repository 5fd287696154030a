import type { Io } from './io.ts';

interface Step {
  readonly phase: 'reading' | 'copying' | 'checking';
  readonly done: number;
  readonly total: number;
}

const WIDTH = 30;
const NAMES = { reading: 'Reading ', copying: 'Copying ', checking: 'Checking' };

/** Draws how far it is on a terminal, and nothing elsewhere; `end` leaves a clean line. */
export function progressBar({ stderr, columns }: Io): { onProgress: (step: Step) => void; end: () => void } {
  let drawn = '';
  const draw = (line: string) => {
    if (columns === null || line === drawn) return;
    stderr(`\r\u001b[K${line.slice(0, columns - 1)}`);
    drawn = line;
  };
  return {
    onProgress({ phase, done, total }) {
      const share = total === 0 ? 1 : done / total;
      const full = Math.floor(share * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      draw(`${NAMES[phase]} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${total} rows`);
    },
    end: () => draw(''),
  };
}
