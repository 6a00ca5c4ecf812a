/** Calls for help as far along as a test wants them, and devices that call. */
import { deviceSignature } from '@time-bank/api/device-signature';
import type { EmergencyView } from '@time-bank/contracts/emergency';
import type { Member } from '@time-bank/contracts/member';
import { instantOf } from '@time-bank/contracts/time';
import { DEVICE_MAKER, HOME, type Town } from '../town.ts';

/** A number on a device that no other test has. */
let devices = 0;
const aSerial = (): string => {
  devices += 1;
  return `AK-${String(devices).padStart(6, '0')}`;
};

/** The elder presses the button; gives the case. */
export const aCall = async (town: Town, elder?: Member, words?: string) => {
  const caller = elder ?? (await town.anElder());
  const answer = await town.ask(caller, 'POST', '/api/emergencies', {
    commandId: town.ids.command(),
    ...(words === undefined ? {} : { words }),
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const caseId: string = answer.body.caseId;
  return { caseId, path: `/api/emergencies/${caseId}`, elder: caller };
};

/** Staff do the next thing about a call. */
export const act = (
  town: Town,
  who: Member,
  path: string,
  said: { act: string; to?: string; words?: string },
) => town.ask(who, 'POST', `${path}/steps`, { commandId: town.ids.command(), ...said });

/** The call as staff see it. */
export const seen = async (town: Town, who: Member, path: string): Promise<EmergencyView> =>
  (await town.ask(who, 'GET', path)).body as EmergencyView;

/** An elder with a device. */
export const aDeviceOf = async (town: Town, elder: Member) => {
  const serial = aSerial();
  const coordinator = await town.aCoordinator();
  const answer = await town.ask(coordinator, 'POST', '/api/alarm-devices', {
    commandId: town.ids.command(),
    elderId: elder.memberId,
    provider: DEVICE_MAKER.provider,
    serial,
    model: '随身呼',
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { serial, coordinator, caseId: answer.body.caseId as string };
};

/** The headers of a signed message. */
export const signedHeaders = (
  town: Town,
  message: string,
  { secret = DEVICE_MAKER.secret, secondsAgo = 0, provider = DEVICE_MAKER.provider } = {},
): Record<string, string> => {
  const timestamp = String(Math.floor(Date.parse(town.now()) / 1000) - secondsAgo);
  return {
    'X-Device-Provider': provider,
    'X-Device-Timestamp': timestamp,
    'X-Device-Signature': deviceSignature(secret, timestamp, message),
  };
};

/** A device's provider sends what it has noticed. */
export const deviceSends = (
  town: Town,
  event: { eventId: string; serial: string; kind?: string },
  how: Parameters<typeof signedHeaders>[2] = {},
) => {
  const message = JSON.stringify({ kind: 'button', ...event });
  return town.ask(undefined, 'POST', '/api/device-events', message, signedHeaders(town, message, how));
};

/** Everything that waits to be told, by its kind, to whom. */
export const toldSince = async (town: Town, caseId: string) => {
  const due = await town.ports.outbox.listDue(instantOf(Date.parse(town.now()) + 1000), 5000);
  return due
    .map(({ notice }) => notice)
    .filter(({ about }) => 'caseId' in about && about.caseId === caseId)
    .map(({ kind, to, figures }) => ({ kind, to, ...(figures === undefined ? {} : { figures }) }));
};

/** Somebody who holds a role over a region. */
export const ofRole = (
  town: Town,
  role: 'hotline' | 'township' | 'county' | 'care_commissioner' | 'counter' | 'social_worker',
  region: string = HOME,
): Promise<Member> => town.aMember({ birthDate: '1985-05-01', roles: [{ role, region }] });
