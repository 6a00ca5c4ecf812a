/** One's own sign-ins and devices, as their owner may see them. */
import { done, type Outcome } from '@time-bank/contracts/refusals';
import type { DeviceRow, SessionList, SessionRow } from '@time-bank/contracts/session';
import { type Instant, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { earlier } from '@time-bank/identity/session-limits';
import { nowOf } from './carry-out.ts';
import type { DeviceLeaf } from './person-leaf.ts';
import type { Ports, Session } from './ports.ts';

const sessionRow = (session: Session, ownId: string | undefined): SessionRow => ({
  sessionId: session.sessionId,
  factor: session.factor,
  ...(session.device === undefined ? {} : { device: session.device }),
  startedAt: session.startedAt,
  lastUsedAt: session.lastUsedAt,
  endsAt: earlier(session.endsAt, session.idleEndsAt),
  isThisOne: session.sessionId === ownId,
});

/** A device as its owner sees it. */
export const deviceRow = (leaf: DeviceLeaf, now: Instant, ownKey: string | undefined): DeviceRow => ({
  deviceId: leaf.fileId,
  ...(leaf.device === undefined ? {} : { device: leaf.device }),
  firstSeenAt: leaf.firstSeenAt,
  spendsFrom: leaf.spendsFrom,
  maySpend: msOf(leaf.spendsFrom) <= msOf(now),
  isThisOne: leaf.thumbprint === ownKey,
});

/** Sign-ins that are open, newest first, and devices that were not removed, oldest first. */
export const listSessions = async (
  ports: Pick<Ports, 'clock' | 'sessions' | 'personFiles'>,
  permit: Grant<'manage_sign_in'>,
): Promise<Outcome<SessionList>> => {
  const { memberId, signIn } = permit.actor;
  const now = nowOf(ports);
  const [sessions, devices] = await Promise.all([
    ports.sessions.listNow(memberId),
    ports.personFiles.listNow('device', memberId),
  ]);
  return done({
    sessions: sessions
      .map((session) => ({ session, row: sessionRow(session, signIn?.sessionId) }))
      .filter(({ session, row }) => session.endedAt === undefined && msOf(row.endsAt) > msOf(now))
      .map(({ row }) => row),
    devices: devices
      .filter(({ removedAt }) => removedAt === undefined)
      .sort((one, other) => msOf(one.firstSeenAt) - msOf(other.firstSeenAt))
      .map((leaf) => deviceRow(leaf, now, signIn?.deviceKey)),
  });
};
