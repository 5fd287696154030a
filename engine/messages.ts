/** Entry `latchkey/messages`: words for reasons and diagnostics. */
import { REASON_CODES, type Reason, type ReasonCode, type ReasonDetail } from './decision.ts';
import { DIAGNOSTIC_HELP } from './diagnostic-help.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import { REASON_TEXTS } from './reason-texts.ts';

export type { Reason, ReasonCode, ReasonDetail } from './decision.ts';
export type { DiagnosticCode } from './diagnostic.ts';

/** An app's own words. A key with a detail (`reauth_required.authTime`) goes before one without. */
export type Catalogue = Readonly<
  Partial<Record<ReasonCode | `${ReasonCode}.${ReasonDetail}`, string | ((reason: Reason) => string)>>
>;

/** Every code that a document or an input can give. */
export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = Object.keys(DIAGNOSTIC_HELP) as DiagnosticCode[];

/** What to tell the person: the catalogue's words where it has some, else the English ones. */
export function messageOf(reason: Reason, catalogue: Catalogue = {}): string {
  const { code, detail } = reason;
  const keys = detail === undefined ? [code] : ([`${code}.${detail}`, code] as const);
  for (const key of keys) {
    const own = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    if (own !== undefined) return typeof own === 'string' ? own : own(reason);
  }
  return REASON_TEXTS[code].message;
}

/** What a code means and what to do about it. `unknown_capability`, which is both kinds, is explained as a reason. */
export function helpOf(code: DiagnosticCode | ReasonCode): string {
  return isReason(code) ? REASON_TEXTS[code].help : DIAGNOSTIC_HELP[code];
}

function isReason(code: DiagnosticCode | ReasonCode): code is ReasonCode {
  return (REASON_CODES as readonly string[]).includes(code);
}
