/** One good message for every route of calls for help, series and activities. */
import { civilDateOf } from '@time-bank/contracts/time';
import { DEVICE_MAKER, HOME, type Town } from '../town.ts';
import { anActivity, aSeries, weekly } from '../walks-series/steps.ts';
import { aCall, aDeviceOf, act, ofRole, signedHeaders } from './steps.ts';

const ofHelp = async (town: Town) => {
  const commandId = () => town.ids.command();
  const [elder, presser] = [await town.anElder(), await town.anElder()];
  const coordinator = await town.aCoordinator();
  const [toMove, toTakeBack] = [await aCall(town), await aCall(town)];
  await act(town, await ofRole(town, 'hotline'), toMove.path, { act: 'answered' });
  const [device, toEnd] = [await aDeviceOf(town, elder), await aDeviceOf(town, elder)];
  const event = { eventId: 'event-for-the-list', serial: device.serial, kind: 'fall' };
  return {
    callForHelp: {
      who: coordinator,
      path: '/api/emergencies',
      body: { commandId: commandId(), elderId: presser.memberId, words: '邻居来电：摔倒' },
    },
    listEmergencies: { who: coordinator, path: `/api/emergencies?community=${HOME}` },
    readEmergency: { who: coordinator, path: toMove.path },
    moveEmergency: {
      who: coordinator,
      path: `${toMove.path}/steps`,
      body: { commandId: commandId(), act: 'handed_over', to: 'ambulance', words: '120已到' },
    },
    takeBackEmergency: {
      who: toTakeBack.elder,
      path: `${toTakeBack.path}/mistake`,
      body: { commandId: commandId() },
    },
    readHelp: { who: coordinator, path: `/api/help?memberId=${toTakeBack.elder.memberId}` },
    bindAlarmDevice: {
      who: coordinator,
      path: '/api/alarm-devices',
      body: {
        commandId: commandId(),
        elderId: elder.memberId,
        provider: DEVICE_MAKER.provider,
        serial: 'AK-MESSAGE-1',
        model: '随身呼',
      },
    },
    listAlarmDevices: { who: coordinator, path: `/api/alarm-devices?community=${HOME}` },
    endAlarmDevice: {
      who: coordinator,
      path: `/api/alarm-devices/${toEnd.caseId}/end`,
      body: { commandId: commandId() },
    },
    takeDeviceEvent: {
      path: '/api/device-events',
      body: event,
      headers: () => signedHeaders(town, JSON.stringify(event)),
    },
  };
};

const ofSeries = async (town: Town) => {
  const coordinator = await town.aCoordinator();
  const elder = await town.anElder();
  const series = await aSeries(town);
  const { serviceCode, rule, from, startMinute, plannedMinutes } = weekly(town, elder);
  return {
    openSeries: { who: coordinator, path: '/api/series', body: weekly(town, elder, { note: '三楼' }) },
    previewSeries: {
      who: elder,
      path: '/api/series/preview',
      body: { serviceCode, rule, from, startMinute, plannedMinutes },
    },
    listSeries: { who: coordinator, path: `/api/series?community=${HOME}` },
    readSeries: { who: coordinator, path: series.path },
    changeSeries: {
      who: coordinator,
      path: `${series.path}/changes`,
      body: {
        commandId: town.ids.command(),
        change: 'pause',
        from: civilDateOf(town.soon(24 * 60)),
        until: civilDateOf(town.soon(9 * 24 * 60)),
      },
    },
  };
};

const ofActivities = async (town: Town) => {
  const commandId = () => town.ids.command();
  const soon = { startAt: town.soon(0) };
  const [open, begun, over, off] = [
    await anActivity(town),
    await anActivity(town, soon),
    await anActivity(town, soon),
    await anActivity(town),
  ];
  const [guest, leaver] = [await town.anElder(), await town.anElder()];
  await open.join(leaver, 'guest');
  await begun.join(guest, 'guest');
  const volunteer = await town.aVolunteer();
  await over.join(volunteer, 'volunteer');
  const came = [{ memberId: volunteer.memberId, minutes: 60 }];
  await town.ask(over.holder, 'POST', `${over.path}/attendance`, { commandId: commandId(), came });
  return {
    openActivity: {
      who: open.holder,
      path: '/api/activities',
      body: { ...open.body, caseId: commandId(), note: '带水杯' },
    },
    listActivities: { who: guest, path: `/api/activities?community=${HOME}` },
    readActivity: { who: open.holder, path: open.path },
    joinActivity: {
      who: open.coordinator,
      path: `${open.path}/names`,
      body: { commandId: commandId(), part: 'guest', memberId: (await town.anElder()).memberId },
    },
    leaveActivity: {
      who: open.coordinator,
      path: `${open.path}/leave`,
      body: { commandId: commandId(), memberId: leaver.memberId },
    },
    tickActivity: {
      who: begun.holder,
      path: `${begun.path}/attendance`,
      body: { commandId: commandId(), came: [{ memberId: guest.memberId, minutes: 90 }] },
    },
    closeActivity: {
      who: over.coordinator,
      path: `${over.path}/close`,
      body: { commandId: commandId(), transferId: town.ids.transfer() },
    },
    cancelActivity: {
      who: off.holder,
      path: `${off.path}/cancel`,
      body: { commandId: commandId(), reason: '场地停电' },
    },
    listActivityRecords: { who: volunteer, path: '/api/activity-records' },
  };
};

/** Prepares calls, devices, series and activities, and writes the messages, by operation. */
export const emergencyMessages = async (town: Town) => ({
  ...(await ofHelp(town)),
  ...(await ofSeries(town)),
  ...(await ofActivities(town)),
});
