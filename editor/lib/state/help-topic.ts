import { REASON_CODES, type ReasonCode } from 'latchkey';
import { DIAGNOSTIC_CODES, helpOf, messageOf, type DiagnosticCode } from 'latchkey/messages';

/** What a help page says of one code. */
export interface HelpTopic {
  readonly code: string;
  readonly kind: 'diagnostic' | 'reason';
  readonly help: string;
  /** What an app shows for a reason; null for problems in documents. */
  readonly message: string | null;
}

/** The topic of a code; null for a word that is none. */
export function helpTopic(code: string): HelpTopic | null {
  if (isReason(code)) return { code, kind: 'reason', help: helpOf(code), message: messageOf({ code, path: '' }) };
  if (isDiagnostic(code)) return { code, kind: 'diagnostic', help: helpOf(code), message: null };
  return null;
}

function isReason(code: string): code is ReasonCode {
  return (REASON_CODES as readonly string[]).includes(code);
}

function isDiagnostic(code: string): code is DiagnosticCode {
  return (DIAGNOSTIC_CODES as readonly string[]).includes(code);
}
