/** The facts a condition may read: the built-in ones and what each must look like. */
import { flag, member, text, texts, word, type Facts, type Read } from '../facts.ts';
import type { FactType } from '../policy.ts';

export type FactValue = boolean | number | string | readonly string[];

const STORAGE = ['memory', 'plain', 'encrypted', 'os', 'hardware'];

/** Built-in facts: type, and the words where only some are words of the language. */
export const BUILT_IN_FACTS: Readonly<Record<string, { readonly type: FactType; readonly words?: readonly string[] }>> =
  {
    connectivity: { type: 'string', words: ['online', 'offline', 'limited'] },
    'clock.state': { type: 'string', words: ['ok', 'unproven_forward', 'unproven_reboot', 'rolled_back', 'untrusted'] },
    'session.authState': {
      type: 'string',
      words: ['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'],
    },
    'session.iss': { type: 'string' },
    'session.sub': { type: 'string' },
    'session.tenant': { type: 'string' },
    'session.acr': { type: 'string' },
    'session.amr': { type: 'string[]' },
    'permissions.roles': { type: 'string[]' },
    'permissions.scopes': { type: 'string[]' },
    'permissions.integrity': { type: 'string', words: ['signed', 'unsigned'] },
    'resource.type': { type: 'string' },
    'resource.id': { type: 'string' },
    'resource.sensitivity': { type: 'string', words: ['public', 'internal', 'confidential', 'restricted'] },
    'device.compliant': { type: 'boolean' },
    'device.storage': { type: 'string', words: STORAGE },
    'device.binding': { type: 'string', words: ['unchanged', 'changed'] },
    'accessToken.verified': { type: 'boolean' },
    'risk.level': { type: 'string', words: ['LOW', 'MEDIUM', 'HIGH'] },
  };

/** A finite number. */
function number(value: unknown): Read<number> {
  if (value === undefined) return undefined;
  return Number.isFinite(value) ? (value as number) : null;
}

function typed(value: unknown, type: FactType, words: readonly string[] | undefined): Read<FactValue> {
  switch (type) {
    case 'boolean':
      return flag(value);
    case 'number':
      return number(value);
    case 'string':
      return words === undefined ? text(value) : word(value, words);
    case 'string[]':
      return texts(value);
  }
}

/** Reads a fact by name: a built-in one, else the custom fact declared with `declared` type. */
export function factReader(name: string, declared: FactType | undefined): (facts: Facts) => Read<FactValue> {
  if (!Object.hasOwn(BUILT_IN_FACTS, name))
    return (facts) => typed(member(member(facts.request, 'facts'), name), declared ?? 'string', undefined);
  const { type, words } = BUILT_IN_FACTS[name] ?? { type: 'string' };
  const keys = name.split('.');
  return (facts) => typed(keys.reduce(member, facts.request), type, words);
}
