import type { ActionResult } from '@sveltejs/kit';

/** Why a form was refused, as a sentence; null when it was not. `unreachable` is for a server that does not answer. */
export function problemOf(result: ActionResult, unreachable: string): string | null {
  if (result.type === 'success' || result.type === 'redirect') return null;
  if (result.type === 'failure') return textOf(result.data?.['problem']) ?? unreachable;
  // What refuses before any action runs answers with problem details, which are no action’s result.
  const told: { readonly status?: number; readonly error?: unknown; readonly detail?: unknown } = result;
  if (told.detail !== undefined) return textOf(told.detail) ?? unreachable;
  const message: unknown =
    typeof told.error === 'object' ? (told.error as { message?: unknown } | null)?.message : null;
  return told.status === undefined ? unreachable : (textOf(message) ?? unreachable);
}

/** The code of a refusal; empty where there is none. */
export function codeOf(result: ActionResult): string {
  return result.type === 'failure' ? (textOf(result.data?.['code']) ?? '') : '';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
