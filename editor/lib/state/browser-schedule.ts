import type { Schedule } from './workspace.svelte.ts';

/** The browser's own frames and timers. A hidden page has no frames, so there a frame is an immediate timer. */
export const browserSchedule: Schedule = (run, after) => {
  if (after === 'frame' && document.visibilityState === 'visible') {
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(run, after === 'frame' ? 0 : after);
  return () => clearTimeout(timer);
};
