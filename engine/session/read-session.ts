/** Starting a device's memory, and bringing it up to date with the device's clocks. */
import { readClock, type ClockReading, type Reading } from '../clock/index.ts';
import type { DeviceFacts, Milliseconds } from '../request.ts';
import type { DeviceState, Session } from './session.ts';

/** A device with no biometrics keeps this epoch for good. */
const ORDINARY: DeviceFacts = {
  compliant: true,
  storage: 'os',
  binding: 'unchanged',
  biometricEpoch: 'initial',
};

/** A device on which nobody has signed in: online, compliant and of low risk but for what `device` says. */
export function startSession(device: Partial<DeviceState> = {}): Session {
  return {
    device: {
      connectivity: 'online',
      risk: 'LOW',
      custom: {},
      seenJti: [],
      ...device,
      facts: { ...ORDINARY, ...device.facts },
    },
    accounts: [],
    selected: -1,
  };
}

/**
 * Trusted time for the selected account at a reading, and the session with every kept account's record
 * brought up to it. An account whose record is missing or damaged is dropped, as if its storage were lost.
 */
export function readSession(
  session: Session,
  reading: Reading,
  tolerance: Milliseconds,
): { readonly session: Session; readonly clock: ClockReading } {
  const read = session.accounts.map((account) => ({ account, clock: readClock(account.clock, reading, tolerance) }));
  const kept = read.filter(({ clock }) => clock.record !== null);
  const selected = read[session.selected];
  return {
    session: {
      ...session,
      accounts: kept.map(({ account, clock }) => ({ ...account, clock: clock.record })),
      selected: selected === undefined ? -1 : kept.indexOf(selected),
    },
    clock: selected?.clock ?? readClock(null, reading, tolerance),
  };
}
