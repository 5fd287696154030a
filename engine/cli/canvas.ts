/** What drawing on a terminal needs to know. */
import type { Paint } from './paint.ts';
import type { Calendar } from './when.ts';

export interface Canvas {
  readonly paint: Paint;
  /** Columns of the terminal; no line that is drawn is wider. */
  readonly width: number;
  /** Wall-clock time in the timeline's zone. */
  readonly calendar: Calendar;
}
