/** What happens to the device, whoever is signed in. */
import { defined } from './defined.ts';
import type { DeviceEvent } from './event.ts';
import { afterReboot, afterRestart } from './proofs.ts';
import type { Account, DeviceState, Session } from './session.ts';

/** The session after an event of the device. What the device's clocks do, the readings tell. */
export function onDevice(session: Session, event: DeviceEvent): Session {
  const { device } = session;
  switch (event.type) {
    case 'connectivity-change':
      return withDevice(session, { connectivity: event.to });
    case 'risk-level-change':
      return withDevice(session, { risk: event.level });
    case 'device-compliance-change':
      return withFacts(session, { compliant: event.compliant });
    case 'time-zone-change':
      return withFacts(session, { timeZone: event.to });
    case 'biometric-change':
      return withFacts(session, { biometricEpoch: epochAfter(device.facts.biometricEpoch ?? '') });
    case 'policy-activated':
      return withDevice(session, { policy: defined({ issuedAt: event.issuedAt, expiresAt: event.expiresAt }) });
    case 'facts-change':
      return withDevice(session, { custom: customAfter(device.custom, event.set, event.unset) });
    case 'reboot':
      return forAll(session, afterReboot);
    case 'app-restart':
      return forAll(session, (account) => afterRestart(account, device.facts.storage));
    case 'storage-lost':
      return { ...session, accounts: [], selected: -1 };
    case 'clock-change':
    case 'sleep':
    case 'wake':
    case 'app-foreground':
    case 'app-background':
      return session;
  }
}

function withDevice(session: Session, changes: Partial<DeviceState>): Session {
  return { ...session, device: { ...session.device, ...changes } };
}

function withFacts(session: Session, changes: DeviceState['facts']): Session {
  return withDevice(session, { facts: { ...session.device.facts, ...changes } });
}

function forAll(session: Session, change: (account: Account) => Account): Session {
  return { ...session, accounts: session.accounts.map(change) };
}

/** A name that no earlier epoch of this device had. */
function epochAfter(epoch: string): string {
  const [, name = epoch, count = '0'] = /^(.*)#(\d+)$/s.exec(epoch) ?? [];
  return `${name}#${BigInt(count) + 1n}`;
}

/** A fact both set and taken away is taken away. */
function customAfter(
  custom: DeviceState['custom'],
  set: DeviceState['custom'] = {},
  unset: readonly string[] = [],
): DeviceState['custom'] {
  const told = [...Object.entries(custom), ...Object.entries(set)];
  return Object.fromEntries(told.filter(([name]) => !unset.includes(name)));
}
