/** Requests in JSON files: date-times where the request has instants. */
import { parseRfc3339 } from './time/rfc3339.ts';

/** The members of a request that are instants, by the object they stand in; `stepUps` is a list of such objects. */
const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  clock: ['provenNow'],
  session: ['establishedAt', 'lastConfirmedAt', 'authTime', 'lastActivityAt'],
  accessToken: ['issuedAt', 'expiresAt'],
  refreshToken: ['idleExpiresAt', 'absoluteExpiresAt'],
  permissions: ['fetchedAt'],
  stepUps: ['at'],
  device: ['unlockedAt'],
  policy: ['issuedAt', 'expiresAt'],
};

/**
 * A copy of a request from JSON in which full RFC 3339 date-times are epoch ms wherever a request has an instant.
 * Everything else, text that is no date-time included, stays as it is: judging it is for `decide`.
 */
export function requestFromJson(value: unknown): unknown {
  if (!isObject(value)) return value;
  const request = withInstants(value, ['now']);
  for (const [key, instants] of Object.entries(INSTANTS)) {
    if (!Object.hasOwn(request, key)) continue;
    const part = request[key];
    if (Array.isArray(part) && key === 'stepUps') request[key] = part.map((proof) => withInstantsIn(proof, instants));
    else request[key] = withInstantsIn(part, instants);
  }
  return request;
}

function withInstantsIn(value: unknown, keys: readonly string[]): unknown {
  return isObject(value) ? withInstants(value, keys) : value;
}

function withInstants(value: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  const copy = { ...value };
  for (const key of keys) {
    const written = Object.hasOwn(copy, key) ? copy[key] : undefined;
    if (typeof written === 'string') copy[key] = parseRfc3339(written) ?? written;
  }
  return copy;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
