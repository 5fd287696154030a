/** The facts that conditions may read without declaring them. */
import type { FactType } from './policy.ts';
import {
  AUTH_STATES,
  BINDING,
  CLOCK_STATES,
  CONNECTIVITY,
  INTEGRITY,
  RISK_LEVELS,
  SENSITIVITY,
  STORAGE,
} from './request.ts';

interface BuiltIn {
  readonly type: FactType;
  /** Where only some words are words of the language. */
  readonly words?: readonly string[];
}

const STRING: BuiltIn = { type: 'string' };
const LIST: BuiltIn = { type: 'string[]' };
const BOOLEAN: BuiltIn = { type: 'boolean' };

function oneOf(words: readonly string[]): BuiltIn {
  return { type: 'string', words };
}

export const BUILT_IN_FACTS: Readonly<Record<string, BuiltIn>> = {
  connectivity: oneOf(CONNECTIVITY),
  'clock.state': oneOf(CLOCK_STATES),
  'session.authState': oneOf(AUTH_STATES),
  'session.iss': STRING,
  'session.sub': STRING,
  'session.tenant': STRING,
  'session.acr': STRING,
  'session.amr': LIST,
  'permissions.roles': LIST,
  'permissions.scopes': LIST,
  'permissions.integrity': oneOf(INTEGRITY),
  'resource.type': STRING,
  'resource.id': STRING,
  'resource.sensitivity': oneOf(SENSITIVITY),
  'device.compliant': BOOLEAN,
  'device.storage': oneOf(STORAGE),
  'device.binding': oneOf(BINDING),
  'accessToken.verified': BOOLEAN,
  'risk.level': oneOf(RISK_LEVELS),
};
