/** A timeline as it is written, once its shape is known to be right. */
import { member } from '../own.ts';
import type { DeviceFacts, RiskLevel } from '../request.ts';
import type { SessionEventType } from '../session/index.ts';
import type { Expectation, Expected, Timeline } from './timeline.ts';

/** Times are text: offsets, instants, durations. */
export interface TimelineDocument {
  readonly title: string;
  readonly policy: string;
  readonly start: string;
  readonly timeZone?: string;
  readonly until: string;
  readonly session?: Timeline['session'];
  readonly device?: Omit<DeviceFacts, 'unlockedAt'> & { readonly unlockedAt?: string };
  readonly risk?: RiskLevel;
  readonly facts?: Timeline['facts'];
  readonly idp?: {
    readonly accessTokenLifetime?: string;
    readonly refreshIdle?: string;
    readonly refreshAbsolute?: string;
    readonly maxActiveTokens?: number;
  };
  readonly events: readonly WrittenEvent[];
  readonly expect?: readonly WrittenExpectation[];
}

/** `expect` only on attempts; what else there is depends on the type. */
export interface WrittenEvent {
  readonly at: string;
  readonly type: SessionEventType;
  readonly expect?: Expected;
  readonly [member: string]: unknown;
}

export interface WrittenExpectation extends Omit<Expectation, 'at' | 'from' | 'to' | 'path'> {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Members of events, besides `at`, that hold an instant. */
export const INSTANTS_OF_EVENTS: readonly string[] = ['eventTimestamp', 'receivedAt', 'issuedAt', 'expiresAt'];

/** An event or expectation with its place. Nothing is sure of it but what `member` finds. */
export interface Entry {
  readonly value: unknown;
  readonly pointer: string;
}

/** The entries of a list; none when it is no list. */
export function entriesOf(document: unknown, key: string): readonly Entry[] {
  const list = member(document, key);
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({ value, pointer: `/${key}/${index}` }));
}
