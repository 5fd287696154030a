/** The facts that conditions may read without declaring them. */
import type { FactType } from './policy.ts';

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
