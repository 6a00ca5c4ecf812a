/** One good message for every route of visits as they are made: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { anAlarm, anEntry, findings } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares visits, alarms and a visit from paper, and writes a message for each route by its operation. */
export const visitMessages = async (town: Town): Promise<Record<string, Written>> => {
  const entered = await anEntry(town);
  const second = await town.aCoordinator();
  const free = { elder: await town.anElder(), volunteer: await town.aVolunteer() };
  /** Of a visit that begins in some minutes: the hours of other messages are not over for it. */
  const soon = () => ({ request: { plannedStartAt: town.soon(5) } });
  const [read, tried, checked, closed] = [
    await anAlarm(town, soon()),
    await anAlarm(town, soon()),
    await anAlarm(town, soon()),
    await anAlarm(town, soon()),
  ];
  const note = { commandId: town.ids.command(), note: '邻居看见她在家' };
  await town.ask(closed.coordinator, 'POST', `${closed.alarm}/check`, note);
  const [reported, aborted, called] = [
    await aVisit(town, 'begun', soon()),
    await aVisit(town, 'begun', soon()),
    await aVisit(town, 'begun', soon()),
  ];
  const { coordinator } = called;
  const commandId = () => town.ids.command();
  return {
    reportVisit: {
      who: reported.volunteer,
      path: `${reported.path}/report`,
      body: { commandId: commandId(), findings, result: 'normal' },
    },
    abortVisit: {
      who: aborted.volunteer,
      path: `${aborted.path}/abort`,
      body: { commandId: commandId(), reason: 'refused', note: '说今天不方便' },
    },
    makeSpokenCode: { who: called.elder, path: `${called.path}/spoken-code`, body: {} },
    recordCallProof: {
      who: coordinator,
      path: `${called.path}/call-proof`,
      body: { commandId: commandId(), visitId: called.visitId, isGood: true },
    },
    listAlarms: { who: coordinator, path: `/api/alarms?community=${HOME}` },
    readAlarm: { who: read.coordinator, path: read.alarm },
    trySecondVisit: {
      who: tried.coordinator,
      path: `${tried.alarm}/second-try`,
      body: { commandId: commandId(), requestId: town.ids.request(), plannedStartAt: town.soon(120) },
    },
    checkAlarm: {
      who: checked.coordinator,
      path: `${checked.alarm}/check`,
      body: { commandId: commandId(), note: '居委会上门看过' },
    },
    closeAlarm: {
      who: closed.coordinator,
      path: `${closed.alarm}/close`,
      body: { commandId: commandId(), found: 'away', note: '去女儿家了' },
    },
    enterVisit: {
      who: coordinator,
      path: '/api/back-entries',
      body: {
        commandId: commandId(),
        elderId: free.elder.memberId,
        volunteerId: free.volunteer.memberId,
        serviceCode: 'C01',
        startedAt: town.soon(-26 * 60),
        servedMinutes: 60,
        evidence: '纸质登记表第12号',
      },
    },
    listEnteredVisits: { who: coordinator, path: `/api/back-entries?community=${HOME}` },
    decideEnteredVisit: {
      who: second,
      path: `/api/back-entries/${entered.caseId}/decide`,
      body: { commandId: commandId(), isApproved: true },
    },
    noteEvent: {
      who: coordinator,
      path: '/api/elder-events',
      body: { commandId: commandId(), elderId: free.elder.memberId, kind: 'fall', at: town.now() },
    },
    declareWeather: {
      who: coordinator,
      path: '/api/weather-alerts',
      body: { commandId: commandId(), region: HOME, from: '2026-11-23', until: '2026-11-24' },
    },
    readRates: { who: coordinator, path: `/api/coverage/rates?community=${HOME}&week=2026-W47` },
  };
};
