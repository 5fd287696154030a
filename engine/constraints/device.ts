/** `device`: the device is managed as asked, keeps secrets well enough, and is still the same one. */
import type { ReasonCode } from '../decision.ts';
import { flag, word, type Facts } from '../facts.ts';
import type { Device } from '../policy.ts';
import type { StorageLevel } from '../request.ts';
import { unread, worse, type Leaf } from './check.ts';
import type { Written } from './written.ts';

const STORAGE: readonly StorageLevel[] = ['memory', 'plain', 'encrypted', 'os', 'hardware'];
const BINDING = ['unchanged', 'changed'] as const;

export function normalizeDevice({ kind, compliant, storageAtLeast, binding }: Written<Device>, path: string): Device {
  return {
    kind,
    path,
    ...(compliant === undefined ? {} : { compliant }),
    ...(storageAtLeast === undefined ? {} : { storageAtLeast }),
    ...(binding === undefined ? {} : { binding }),
  };
}

function testCompliant({ device }: Facts): ReasonCode | undefined {
  const compliant = flag(device ? device.compliant : device);
  if (compliant === undefined || compliant === null) return unread(compliant);
  return compliant ? undefined : 'device_not_compliant';
}

function testStorage({ device }: Facts, least: StorageLevel): ReasonCode | undefined {
  const storage = word(device ? device.storage : device, STORAGE);
  if (storage === undefined || storage === null) return unread(storage);
  // What is only in memory persists nothing that could be stolen.
  return storage === 'memory' || STORAGE.indexOf(storage) >= STORAGE.indexOf(least)
    ? undefined
    : 'storage_insufficient';
}

function testBinding({ device }: Facts): ReasonCode | undefined {
  const binding = word(device ? device.binding : device, BINDING);
  if (binding === undefined || binding === null) return unread(binding);
  return binding === 'unchanged' ? undefined : 'reauth_required';
}

export function compileDevice({ path, compliant, storageAtLeast, binding }: Device): Leaf {
  return {
    kind: 'device',
    path,
    test(facts) {
      let code = compliant === undefined ? undefined : testCompliant(facts);
      if (storageAtLeast !== undefined) code = worse(code, testStorage(facts, storageAtLeast));
      return binding === undefined ? code : worse(code, testBinding(facts));
    },
    measure(facts, code) {
      if (code === 'reauth_required')
        return { detail: 'deviceBinding', actual: facts.device?.binding, limit: 'unchanged' };
      if (storageAtLeast !== undefined && code !== 'device_not_compliant')
        return { actual: facts.device?.storage, limit: storageAtLeast };
      return compliant === undefined
        ? { actual: facts.device?.binding, limit: 'unchanged' }
        : { actual: facts.device?.compliant, limit: true };
    },
  };
}
