import { fail, type ActionFailure } from '@sveltejs/kit';
import { http } from '$lib/words/http.ts';
import { Refusal } from '../refusal.ts';
import { refusalOf } from './refusal-of.ts';

/** What a form gets back when it is refused: the sentence, its code, and what was typed (never a password). */
export interface FormProblem {
  readonly code: string;
  readonly problem: string;
  readonly typed: Readonly<Record<string, string>>;
}

/** Fields whose content never goes back. */
const SECRET = /password|code|token/i;

/** What was chosen among these. Throws Refusal when it is none of them. */
export function oneOf<T extends string>(value: string, options: readonly T[]): T {
  const chosen = options.find((each) => each === value);
  if (chosen === undefined) throw new Refusal(422, 'not_chosen', http.notChosen);
  return chosen;
}

/** Runs what a form asks for. A refusal comes back to the form; anything else is thrown on. */
export async function answerForm<T>(
  request: Request,
  work: (fields: (name: string) => string) => Promise<T>,
): Promise<T | ActionFailure<FormProblem>> {
  const data = await request.formData();
  const read = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  try {
    return await work(read);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const typed = [...data.keys()].filter((name) => !SECRET.test(name)).map((name) => [name, read(name)] as const);
    return fail(refusal.status, { code: refusal.code, problem: refusal.message, typed: Object.fromEntries(typed) });
  }
}
