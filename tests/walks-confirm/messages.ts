/** One good message for every route of what comes after a visit. */
import { WorkOrderList } from '@time-bank/contracts/confirming';
import { type CommandId, SYSTEM } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town, aRequest } from '../town.ts';
import { aCountyOfficer, aHotline, monthNow } from './steps.ts';

interface Written {
  who?: Member;
  path: string;
  body?: Record<string, unknown>;
}

const asked = async (...[town, ...order]: [Town, ...Parameters<Town['ask']>]) => {
  const answer = await town.ask(...order);
  if (answer.status >= 300) throw new Error(`${order[2]}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** Visits of the same half hour, each of people of its own, that have just ended. */
const endedVisits = async (town: Town, coordinator: Member, count: number) => {
  const visits = [];
  for (let made = 0; made < count; made += 1) {
    const [elder, volunteer] = [await town.anElder(), await town.aVolunteer()];
    const body = aRequest(town, elder, { plannedStartAt: town.soon(5), plannedMinutes: 30 });
    const path = `/api/requests/${body.requestId}`;
    await asked(town, coordinator, 'POST', '/api/requests', body);
    await asked(town, volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    visits.push({ elder, volunteer, path, requestId: body.requestId });
  }
  town.pass(5);
  for (const { elder, volunteer, path } of visits) {
    const key = { commandId: town.ids.command(), code: elder.visitCode };
    await asked(town, volunteer, 'POST', `${path}/check-in`, key);
  }
  town.pass(30);
  for (const { volunteer, path } of visits) {
    await asked(town, volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
  }
  return visits;
};

/** An item for review about two people. */
const anItem = async (town: Town, caseId: CommandId, people: readonly Member[]): Promise<void> => {
  await town.ports.caseBook.put({
    kind: 'honesty',
    caseId,
    version: 1,
    region: HOME,
    openedBy: SYSTEM,
    openedAt: town.now(),
    dueAt: town.now(),
    fingerprint: 'AAAAAAAAAAAA',
    finding: {
      kind: 'ping_pong',
      subjects: people.map(({ memberId }) => memberId),
      requestIds: [],
      figures: { there: 3, back: 3 },
      from: '2026-11-09',
      until: '2026-11-20',
    },
    state: 'open',
  });
};

export const confirmingMessages = async (town: Town): Promise<Readonly<Record<string, Written>>> => {
  const commandId = () => town.ids.command();
  const coordinator = await town.aCoordinator();
  const [toCard, toLink, linked, toCall, toRate, badly, toDispute, disputed, decided, toDecide] =
    await endedVisits(town, coordinator, 10);
  for (const visit of [toRate!, badly!, toDispute!, disputed!, decided!, toDecide!]) {
    await asked(town, visit.elder, 'POST', `${visit.path}/confirm`, { transferId: town.ids.transfer() });
  }
  await asked(town, badly!.elder, 'POST', `${badly!.path}/ratings`, { commandId: commandId(), level: 1 });
  const orders = await asked(town, coordinator, 'GET', `/api/work-orders?community=${HOME}`);
  const order = WorkOrderList.parse(orders.body).items.find((each) => each.requestId === badly!.requestId);
  const open = async ({ elder, path }: NonNullable<typeof disputed>) => {
    const caseId = commandId();
    const complaint = { commandId: caseId, kind: 'wrong_time', words: '时间不对' };
    await asked(town, elder, 'POST', `${path}/disputes`, complaint);
    return caseId;
  };
  await open(disputed!);
  const decision = () => ({ commandId: commandId(), outcome: 'stands', reason: '核实签到记录' });
  const decidedId = await open(decided!);
  await asked(town, coordinator, 'POST', `/api/disputes/${decidedId}/decisions`, decision());
  const toDecideId = await open(toDecide!);
  const link = await asked(town, linked!.elder, 'POST', `${linked!.path}/confirm-link`, {
    linkId: commandId(),
  });
  const token = { token: link.body.token };
  const item = commandId();
  await anItem(town, item, [toRate!.elder, toRate!.volunteer]);
  return {
    confirmByCard: {
      who: await aHotline(town),
      path: `${toCard!.path}/confirm-by-card`,
      body: { transferId: town.ids.transfer(), shown: { code: toCard!.elder.visitCode } },
    },
    makeConfirmLink: {
      who: toLink!.elder,
      path: `${toLink!.path}/confirm-link`,
      body: { linkId: commandId() },
    },
    lookAtConfirmLink: { path: '/api/confirm-links/look', body: token },
    confirmByLink: { path: '/api/confirm-links/confirm', body: token },
    callBack: {
      who: await aHotline(town),
      path: `${toCall!.path}/call-back`,
      body: { commandId: commandId(), outcome: 'no_answer', words: '响铃无人接听' },
    },
    listConfirmations: { who: coordinator, path: `/api/confirmations?community=${HOME}&kind=waiting` },
    rateVisit: {
      who: toRate!.elder,
      path: `${toRate!.path}/ratings`,
      body: { commandId: commandId(), level: 5, words: '很好' },
    },
    listWorkOrders: { who: coordinator, path: `/api/work-orders?community=${HOME}` },
    stepWorkOrder: {
      who: coordinator,
      path: `/api/work-orders/${order!.caseId}/steps`,
      body: { commandId: commandId(), step: 'contacted', words: '已电话道歉' },
    },
    readSatisfaction: {
      who: coordinator,
      path: `/api/satisfaction?community=${HOME}&month=${monthNow(town)}`,
    },
    openDispute: {
      who: toDispute!.elder,
      path: `${toDispute!.path}/disputes`,
      body: { commandId: commandId(), kind: 'did_not_happen', words: '没有来过' },
    },
    readDispute: { who: disputed!.elder, path: `${disputed!.path}/dispute` },
    listDisputes: { who: coordinator, path: `/api/disputes?region=${HOME}` },
    answerDispute: {
      who: disputed!.volunteer,
      path: `${disputed!.path}/dispute/answer`,
      body: { commandId: commandId(), words: '我准时到达' },
    },
    appealDispute: {
      who: decided!.elder,
      path: `${decided!.path}/dispute/appeal`,
      body: { commandId: commandId(), words: '请区里再看' },
    },
    decideDispute: { who: coordinator, path: `/api/disputes/${toDecideId}/decisions`, body: decision() },
    listHonesty: { who: await aCountyOfficer(town), path: `/api/honesty?region=${HOME}` },
    reviewHonesty: {
      who: coordinator,
      path: `/api/honesty/${item}/review`,
      body: { commandId: commandId(), outcome: 'dismissed', reason: '邻居互相照看' },
    },
  };
};
