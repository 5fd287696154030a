/** The simulated device: what its clocks show at any true time. Nothing here is trusted; the clock guard judges it. */
import type { Reading } from '../clock/record.ts';
import type { Instant, Milliseconds } from '../request.ts';
import type { SessionEvent } from '../session/event.ts';

/** Offsets are true time, in ms after the timeline's start. */
export interface DeviceClocks {
  /** Wall time minus true time. */
  readonly wallAhead: Milliseconds;
  /** What the monotonic clock showed at `monoSince`; it has run since then unless `asleep`. */
  readonly mono: Milliseconds;
  readonly monoSince: Milliseconds;
  readonly boot: number;
  readonly asleep: boolean;
}

/** A device just switched on, with its wall clock right. */
export const FIRST_BOOT: DeviceClocks = { wallAhead: 0, mono: 0, monoSince: 0, boot: 1, asleep: false };

/** What a look at the device shows at a true time no earlier than its last event. */
export function readingOf(clocks: DeviceClocks, start: Instant, at: Milliseconds): Reading {
  return { wall: start + at + clocks.wallAhead, mono: monoAt(clocks, at), boot: `boot-${clocks.boot}` };
}

/** The clocks after an event; only clock changes, sleep, wake and reboot touch them. */
export function moveClocks(clocks: DeviceClocks, event: SessionEvent, at: Milliseconds): DeviceClocks {
  switch (event.type) {
    case 'clock-change':
      return { ...clocks, wallAhead: clocks.wallAhead + event.delta };
    case 'sleep':
      return { ...clocks, mono: monoAt(clocks, at), monoSince: at, asleep: true };
    case 'wake':
      return { ...clocks, mono: monoAt(clocks, at), monoSince: at, asleep: false };
    case 'reboot':
      return { ...clocks, mono: 0, monoSince: at, boot: clocks.boot + 1 };
    default:
      return clocks;
  }
}

function monoAt(clocks: DeviceClocks, at: Milliseconds): Milliseconds {
  return clocks.asleep ? clocks.mono : clocks.mono + (at - clocks.monoSince);
}
