/** A trusted device lets another one of the same person move hours; a device is taken away. */
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { ApproveDevice, DeviceRow, RemoveDevice, SessionsEnded } from '@time-bank/contracts/session';
import { msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { readDevice } from './device.ts';
import { endDeviceSessions } from './end-sessions.ts';
import { deviceRow } from './list-sessions.ts';
import type { Ports } from './ports.ts';

/**
 * Lets a device of the same person move hours from now on. The grant is one that asks for a trusted device; that this
 * one has not been removed meanwhile is looked up. Refuses: device_not_trusted, unknown_file, busy_try_again.
 */
export const approveDevice = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  permit: Grant<'trust_device'>,
  { deviceId }: ApproveDevice,
): Promise<Outcome<DeviceRow>> => {
  const { memberId, signIn } = permit.actor;
  const now = nowOf(ports);
  const [own, other] = await Promise.all([
    signIn?.deviceKey === undefined ? undefined : readDevice(ports, memberId, signIn.deviceKey),
    ports.personFiles.readNow('device', memberId, deviceId),
  ]);
  if (own === undefined || msOf(own.spendsFrom) > msOf(now)) return refused('device_not_trusted');
  if (other === undefined || other.removedAt !== undefined) return refused('unknown_file');
  if (msOf(other.spendsFrom) <= msOf(now)) return done(deviceRow(other, now, signIn?.deviceKey));
  const approved = { ...other, version: other.version + 1, at: now, spendsFrom: now, approvedBy: own.fileId };
  return (await ports.personFiles.move(approved))
    ? done(deviceRow(approved, now, signIn?.deviceKey))
    : refused('busy_try_again');
};

/**
 * Takes a device away: it moves nothing any more, and its sign-ins end. Its leaf stays, so that the key is known.
 * Refuses: unknown_file, exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const removeDevice = async (
  ports: Pick<Ports, 'clock' | 'personFiles' | 'sessions' | 'journal' | 'policies'>,
  permit: Grant<'manage_sign_in'>,
  owner: Pick<Member, 'memberId' | 'communityCode'>,
  { deviceId, commandId }: RemoveDevice,
): Promise<Outcome<SessionsEnded>> => {
  const leaf = await ports.personFiles.readNow('device', owner.memberId, deviceId);
  if (leaf === undefined) return refused('unknown_file');
  if (leaf.removedAt === undefined) {
    const now = nowOf(ports);
    const removed = { ...leaf, version: leaf.version + 1, at: now, removedAt: now };
    if (!(await ports.personFiles.move(removed))) return refused('busy_try_again');
  }
  return endDeviceSessions(ports, permit, owner, { commandId, thumbprint: leaf.thumbprint });
};
