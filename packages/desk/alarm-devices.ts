/** Devices that call for help: given to an elder, taken back. A device is found by its provider and its number. */
import type { AlarmDeviceList, AlarmDeviceView, BindAlarmDevice } from '@time-bank/contracts/emergency';
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { maskedOf } from './person-masked.ts';
import type { Ports } from './ports.ts';
import type { AlarmDeviceCase } from './staff-case.ts';

const DEVICES_A_PAGE = 50;

/** The most that is kept of who had a device; what is older goes. */
const HISTORY_MAX = 40;

/** Any instant does: the id of a device has no time of its own. */
const NO_TIME = '2000-01-01T00:00:00.000Z';

/** The id of a device: the same for the same provider and number. */
export const deviceIdOf = ({ provider, serial }: Pick<BindAlarmDevice, 'provider' | 'serial'>): CommandId =>
  derivedCommand(NO_TIME, ['alarm_device', provider, serial]);

const viewsOf = async (
  ports: Pick<Ports, 'people'>,
  devices: readonly AlarmDeviceCase[],
): Promise<AlarmDeviceView[]> => {
  const people = await ports.people.readMembers([...new Set(devices.map(({ elderId }) => elderId))]);
  return devices.map(({ caseId, provider, serial, model, elderId, boundAt, state }) => ({
    caseId,
    provider,
    serial,
    ...(model === undefined ? {} : { model }),
    elder: maskedOf(elderId, people),
    boundAt,
    isBound: state === 'bound',
  }));
};

const viewOf = async (ports: Pick<Ports, 'people'>, device: AlarmDeviceCase): Promise<AlarmDeviceView> => {
  const [view] = await viewsOf(ports, [device]);
  if (view === undefined) throw new Error('a device has a view');
  return view;
};

type DeviceEvent = AlarmDeviceCase['history'][number];

const doneBefore = (
  device: AlarmDeviceCase | undefined,
  event: Pick<DeviceEvent, 'commandId' | 'fingerprint'>,
): 'same' | 'other' | undefined => {
  const before = device?.history.find(({ commandId }) => commandId === event.commandId);
  if (before === undefined) return undefined;
  return before.fingerprint === event.fingerprint ? 'same' : 'other';
};

type Work = Pick<Ports, 'clock' | 'caseBook' | 'people'>;

const eventOf = (
  ports: Work,
  permit: Grant<'bind_alarm_device' | 'end_alarm_device'>,
  said: { commandId: CommandId; elderId: MemberId; state: DeviceEvent['state']; content: unknown },
): DeviceEvent => ({
  commandId: said.commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, said.content]),
  actorId: permit.actor.memberId,
  elderId: said.elderId,
  at: nowOf(ports),
  state: said.state,
});

/** Answers a command that was seen before, or is of another time; undefined where it is new. */
const answeredBefore = async (
  ports: Work,
  device: AlarmDeviceCase | undefined,
  event: DeviceEvent,
): Promise<Outcome<AlarmDeviceView> | undefined> => {
  const before = doneBefore(device, event);
  if (before === 'other') return refused('exists_with_different_content');
  if (before === 'same' && device !== undefined) return replayed(await viewOf(ports, device));
  return refusedByAge(event.commandId, event.at);
};

/**
 * Gives an elder a device. The grant is over the elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, already_bound (somebody has it), busy_try_again.
 */
export const bindAlarmDevice = async (
  ports: Work,
  permit: Grant<'bind_alarm_device'>,
  elder: Pick<Member, 'memberId' | 'communityCode'>,
  body: BindAlarmDevice,
): Promise<Outcome<AlarmDeviceView>> => {
  const { commandId, provider, serial, model, elderId } = body;
  const caseId = deviceIdOf(body);
  const event = eventOf(ports, permit, { commandId, elderId, state: 'bound', content: body });
  const before = await ports.caseBook.readNow('alarm_device', caseId);
  const answered = await answeredBefore(ports, before, event);
  if (answered !== undefined) return answered;
  if (before?.state === 'bound') return refused('already_bound');
  const next: AlarmDeviceCase = {
    kind: 'alarm_device',
    caseId,
    version: (before?.version ?? 0) + 1,
    region: elder.communityCode,
    communityCode: elder.communityCode,
    openedBy: before?.openedBy ?? event.actorId,
    openedAt: before?.openedAt ?? event.at,
    dueAt: event.at,
    fingerprint: event.fingerprint,
    provider,
    serial,
    ...(model === undefined ? {} : { model }),
    elderId,
    boundAt: event.at,
    state: 'bound',
    history: [...(before?.history ?? []), event].slice(-HISTORY_MAX),
  };
  const isWritten = await (before === undefined ? ports.caseBook.put(next) : ports.caseBook.move(next));
  return isWritten ? done(await viewOf(ports, next)) : refused('busy_try_again');
};

/**
 * A device comes back. The grant is over its community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, case_closed (nobody has it), busy_try_again.
 */
export const endAlarmDevice = async (
  ports: Work,
  permit: Grant<'end_alarm_device'>,
  device: AlarmDeviceCase,
  commandId: CommandId,
): Promise<Outcome<AlarmDeviceView>> => {
  const { elderId, caseId } = device;
  const event = eventOf(ports, permit, { commandId, elderId, state: 'ended', content: [caseId, commandId] });
  const answered = await answeredBefore(ports, device, event);
  if (answered !== undefined) return answered;
  if (device.state === 'ended') return refused('case_closed');
  const next: AlarmDeviceCase = {
    ...device,
    version: device.version + 1,
    state: 'ended',
    dueAt: event.at,
    history: [...device.history, event].slice(-HISTORY_MAX),
  };
  return (await ports.caseBook.move(next)) ? done(await viewOf(ports, next)) : refused('busy_try_again');
};

/** The devices of a community that somebody has, 50 a page, those given out longest ago first. Throws InvalidCursor. */
export const listAlarmDevices = async (
  ports: Pick<Ports, 'caseBook' | 'people'>,
  _permit: Grant<'list_alarm_devices'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<AlarmDeviceList>> => {
  const page = await ports.caseBook.listOpen('alarm_device', community, { limit: DEVICES_A_PAGE, cursor });
  const { items, ...rest } = page;
  return done({ items: await viewsOf(ports, items), ...rest });
};
