/** `device`: the device is managed as asked, keeps secrets well enough, and is still the same one. */
import type { ReasonCode } from '../decision.ts';
import { deviceOf, type Facts } from '../facts.ts';
import { flag, word, type Owned, type Read } from '../own.ts';
import type { Device } from '../policy.ts';
import { BINDING, STORAGE, type StorageLevel } from '../request.ts';
import { tell, unread, worse, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeDevice({ kind, compliant, storageAtLeast, binding }: Written<Device>, path: string): Device {
  return {
    kind,
    path,
    ...(compliant === undefined ? {} : { compliant }),
    ...(storageAtLeast === undefined ? {} : { storageAtLeast }),
    ...(binding === undefined ? {} : { binding }),
  };
}

interface Part {
  readonly code: ReasonCode;
  read(device: Owned): Read<unknown>;
  good(value: unknown): boolean;
  /** What would have been enough. */
  readonly limit: unknown;
}

function partsOf({ compliant, storageAtLeast, binding }: Device): readonly Part[] {
  const parts: Part[] = [];
  if (compliant)
    parts.push({ code: 'device_not_compliant', read: (device) => flag(device.compliant), good: Boolean, limit: true });
  if (storageAtLeast)
    parts.push({
      code: 'storage_insufficient',
      read: (device) => word(device.storage, STORAGE),
      // What is only in memory persists nothing that could be stolen.
      good: (level) => level === 'memory' || STORAGE.indexOf(level as StorageLevel) >= STORAGE.indexOf(storageAtLeast),
      limit: storageAtLeast,
    });
  if (binding)
    parts.push({
      code: 'reauth_required',
      read: (device) => word(device.binding, BINDING),
      good: (value) => value === binding,
      limit: binding,
    });
  return parts;
}

export function compileDevice(constraint: Device): Rule {
  const parts = partsOf(constraint);
  const read = (part: Part, facts: Facts): Read<unknown> => {
    const device = deviceOf(facts);
    return device && part.read(device);
  };
  return {
    test(facts) {
      let code: ReasonCode | undefined;
      for (const part of parts) {
        const value = read(part, facts);
        if (value === undefined || value === null) code = worse(code, unread(value));
        else if (!part.good(value)) code = worse(code, part.code);
      }
      return code;
    },
    measure(finding, facts, code) {
      const part = parts.find((each) => each.code === code) ?? parts[0];
      tell(finding, part?.limit, part && read(part, facts), code === 'reauth_required' ? 'deviceBinding' : undefined);
    },
  };
}
