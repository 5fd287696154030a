/** A constraint as the document has it: no path yet, durations as text (or already as ms), defaults absent. */
import type { Milliseconds } from '../request.ts';

type DurationKey = 'limit' | 'maxAge' | 'maxIdle' | 'acceptDeviceUnlock';
type DefaultedKey = 'surviveReboot' | 'onMissing' | 'except';

type Loose<K, V> = K extends DurationKey ? (V extends Milliseconds ? string | Milliseconds : V) : V;

export type Written<C extends { readonly kind: string }> = {
  readonly [K in keyof C as K extends 'path' | DefaultedKey ? never : K]: C['kind'] extends 'quota'
    ? C[K]
    : Loose<K, C[K]>;
} & { readonly [K in keyof C as K extends DefaultedKey ? K : never]?: C[K] };
