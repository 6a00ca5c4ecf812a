/** A good message for every route of sign-ins that last and of devices. */
import type { Member } from '@time-bank/contracts/member';
import { deviceAtSignIn, deviceIdOf } from '@time-bank/desk/device';
import { aDevice } from '../device.ts';
import type { Town } from '../town.ts';
import { begin } from './clients.ts';

interface Written {
  who?: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares people with more than one sign-in, and writes a message for each route, by operation. */
export const sessionMessages = async (town: Town): Promise<Record<string, Written>> => {
  const [coordinator, elder, other] = [await town.aCoordinator(), await town.anElder(), await town.anElder()];
  const [renewed, ended] = [await begin(town, elder), await begin(town, elder)];
  const own = { factor: 'passkey', deviceKey: town.deviceOf(elder).thumbprint } as const;
  await deviceAtSignIn(town.ports, elder, own);
  const [waiting, lost] = [aDevice(), aDevice()];
  for (const device of [waiting, lost]) await begin(town, elder, { device });
  const commandId = () => town.ids.command();
  const nameOf = ({ thumbprint }: { thumbprint: string }) => deviceIdOf(elder.memberId, thumbprint);
  return {
    refreshSession: { path: '/api/sessions/refresh', body: { refreshToken: renewed.refreshToken } },
    signOut: { path: '/api/sign-out' },
    listSessions: { who: elder, path: '/api/sessions' },
    endSession: {
      who: elder,
      path: `/api/sessions/${ended.sessionId}/end`,
      body: { commandId: commandId() },
    },
    endOtherSessions: { who: other, path: '/api/sessions/end-others', body: { commandId: commandId() } },
    endMemberSessions: {
      who: coordinator,
      path: `/api/members/${other.memberId}/sessions/end`,
      body: { commandId: commandId(), reason: '手机丢失' },
    },
    approveDevice: { who: elder, path: '/api/devices/approve', body: { deviceId: nameOf(waiting) } },
    removeDevice: {
      who: elder,
      path: '/api/devices/remove',
      body: { commandId: commandId(), deviceId: nameOf(lost) },
    },
  };
};
