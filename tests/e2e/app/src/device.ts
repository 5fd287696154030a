/** The device's own clocks and network, as far as a web page can see them. */
import type { Connectivity } from 'latchkey';
import type { Reading } from 'latchkey/clock';

/** A page cannot tell its reload from a restart of the device: its monotonic clock starts anew either way. */
const boot = crypto.randomUUID();

export function readDevice(): Reading {
  return { wall: Date.now(), mono: performance.now(), boot };
}

/** The browser's hint. A server that has just answered, or has just failed to, knows better. */
export function connectivity(): Connectivity {
  return navigator.onLine ? 'online' : 'offline';
}
