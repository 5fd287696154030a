/** Entry `latchkey/clock`: trusted time out of device readings and the server's confirmations. */
export type { ClockReading, ClockRecord, Reading } from './record.ts';
export { readClock } from './read-clock.ts';
export { confirmClock, learnOffset, type ServerTime } from './confirm-clock.ts';
