/** A member's client: signed in with a passkey, on a device that may move hours. */
import type { SessionId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { instantOf } from '@time-bank/contracts/time';
import type { Session } from '@time-bank/desk/ports';
import { type TokenKeys, signToken } from '@time-bank/identity/token';
import type { Device } from './device.ts';

const LONG_AGO = '2020-01-01T00:00:00.000Z';
const NEVER = '2099-01-01T00:00:00.000Z';

/** Who has signed in, and by what. `authority`: the version of the member's sign-ins, 0 where it is left out. */
export interface SignedInAs {
  member: Pick<Member, 'memberId' | 'roles'>;
  sessionId: SessionId;
  device: Pick<Device, 'thumbprint'>;
  authority?: number;
}

/** The row of the session: staff's commands ask for it. It ends only where somebody ends it. */
export const rowOf = ({ member, sessionId, device }: SignedInAs, nowMs: number): Session => ({
  sessionId,
  memberId: member.memberId,
  factor: 'passkey',
  isStaff: true,
  deviceKey: device.thumbprint,
  spendsFrom: LONG_AGO,
  authority: 0,
  startedAt: instantOf(nowMs),
  lastUsedAt: instantOf(nowMs),
  idleEndsAt: NEVER,
  endsAt: NEVER,
  refreshHash: sessionId,
});

/** An access token, with all roles of the member. */
export const accessToken = async (
  keys: TokenKeys,
  { member: { memberId, roles }, sessionId, device, authority = 0 }: SignedInAs,
  nowMs: number,
): Promise<string> => {
  const signIn = {
    sessionId,
    authority,
    factor: 'passkey',
    deviceKey: device.thumbprint,
    spendsFrom: LONG_AGO,
  } as const;
  return (await signToken(keys, { memberId, roles, signIn }, nowMs)).token;
};
