/** Entry `latchkey/load`: from policy text to a policy, or to everything that stands in its way. */
import type { Result } from './diagnostic.ts';
import type { PolicyDocument } from './document.ts';
import { normalize } from './normalize.ts';
import { parse } from './parse.ts';
import type { Policy } from './policy.ts';
import { validate } from './validate.ts';

export type { Diagnostic, DiagnosticCode, PolicyDiagnosticCode, Result, Severity } from './diagnostic.ts';
export type {
  CapabilityDocument,
  NotesDocument,
  PolicyDocument,
  StateRuleDocument,
  TierDocument,
  WarnDocument,
  WipeDocument,
  WipeTriggerDocument,
  WrittenDuration,
} from './document.ts';
export { pointerKeys, pointerTo } from './json-pointer.ts';
export { locate, locateDiagnostic } from './locate.ts';
export { normalize } from './normalize.ts';
export type { Place } from './positions.ts';
export { requestFromJson } from './request-json.ts';
export { formatDuration, parseDuration } from './time/duration.ts';

/** A policy document as written and as the engine takes it. */
export interface Loaded {
  readonly document: PolicyDocument;
  readonly policy: Policy;
}

/**
 * Reads a policy document from text or from the bytes of a file (UTF-8, at most 1 MiB). Gives all problems at once,
 * sorted by position. Never throws.
 */
export function load(source: string | Uint8Array): Result<Loaded> {
  const parsed = parse(source);
  const diagnostics = validate(parsed);
  if (parsed.root === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    return { ok: false, diagnostics };
  const document = parsed.root.value as PolicyDocument;
  return { ok: true, value: { document, policy: normalize(document) }, warnings: diagnostics };
}
