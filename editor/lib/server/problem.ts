import type { Refusal } from './refusal.ts';

/** What went wrong, as RFC 9457 problem details word it. */
export interface Problem {
  /** `urn:latchkey:problem:` and the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable, snake_case. */
  readonly code: string;
}

/** The short name of each status that is answered here. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  422: 'Cannot be processed',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** The short name of a status. */
export function titleOf(status: number): string {
  return TITLES[status] ?? 'Refused';
}

/** A refusal as problem details; never kept by a cache. */
export function problemResponse(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): Response {
  const { status, code, message, extra } = refusal;
  const problem: Problem = {
    ...extra,
    type: `urn:latchkey:problem:${code}`,
    title: titleOf(status),
    status,
    detail: message,
    code,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
