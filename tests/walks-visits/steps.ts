/** Alarms and visits from paper, as far along as a test wants them. */
import type { Member } from '@time-bank/contracts/member';
import type { Town } from '../town.ts';
import { aVisit } from '../walks/steps.ts';

/** Everything is fine. */
export const findings = {
  health: 'fine',
  safety: 'fine',
  hygiene: 'fine',
  family: 'fine',
  needs: 'fine',
} as const;
/** Nobody opened the door. */
export const notSeen = {
  health: 'not_seen',
  safety: 'not_seen',
  hygiene: 'not_seen',
  family: 'not_seen',
  needs: 'not_seen',
} as const;

/** A visitor stood before a closed door and has said so. */
export const anAlarm = async (town: Town, change: { request?: Record<string, unknown> } = {}) => {
  const visit = await aVisit(town, 'accepted', change);
  town.setClock(visit.body.plannedStartAt);
  const report = {
    commandId: town.ids.command(),
    findings: notSeen,
    result: 'not_met',
    note: '敲了十分钟门，没有人应',
  };
  const answer = await town.ask(visit.volunteer, 'POST', `${visit.path}/report`, report);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const alarms = await town.ask(visit.coordinator, 'GET', '/api/alarms');
  const items: { requestId: string; caseId: string }[] = alarms.body.items;
  const found = items.find(({ requestId }) => requestId === visit.requestId);
  return { ...visit, report, answer, alarm: `/api/alarms/${String(found?.caseId)}`, shown: found };
};

/** A visit of yesterday that a coordinator enters from a sheet of paper. */
export const anEntry = async (
  town: Town,
  change: Record<string, unknown> & { elder?: Member; volunteer?: Member; coordinator?: Member } = {},
) => {
  const {
    elder = await town.anElder(),
    volunteer = await town.aVolunteer(),
    coordinator = await town.aCoordinator(),
    ...rest
  } = change;
  const caseId = town.ids.command();
  const body = {
    commandId: caseId,
    elderId: elder.memberId,
    volunteerId: volunteer.memberId,
    serviceCode: 'C01',
    startedAt: town.soon(-24 * 60),
    servedMinutes: 60,
    evidence: '纸质登记表第7号，老人签名',
    ...rest,
  };
  const answer = await town.ask(coordinator, 'POST', '/api/back-entries', body);
  return { caseId, elder, volunteer, coordinator, body, answer };
};
