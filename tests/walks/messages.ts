/** One good message for every route: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { type Route, routes } from '@time-bank/contracts/routes';
import { civilDateOf } from '@time-bank/contracts/time';
import { auditMessages } from '../access/messages.ts';
import { HOME, type Town, aRequest } from '../town.ts';
import { emergencyMessages } from '../walks-emergency/messages.ts';
import { confirmingMessages } from '../walks-confirm/messages.ts';
import { nextMorning } from '../walks-confirm/steps.ts';
import { helpingMessages } from '../walks-helping/messages.ts';
import { lifeMessages } from '../walks-life/messages.ts';
import { linkageMessages } from '../walks-linkage/messages.ts';
import { planMessages } from '../walks-plan/messages.ts';
import { mergeMessages } from '../walks-merge/messages.ts';
import { noticesMessages } from '../walks-notices/messages.ts';
import { peopleMessages } from '../walks-people/messages.ts';
import { privacyMessages } from '../walks-privacy/messages.ts';
import { sessionMessages } from '../walks-sessions/messages.ts';
import { signInMessages } from '../walks-sign-in/messages.ts';
import { staffMessages } from '../walks-staff/messages.ts';
import { visitMessages } from '../walks-visits/messages.ts';
import { aGiver, aRedemption, aSaver, aVisit, bind } from './steps.ts';

export interface Message {
  route: Route;
  who?: Member;
  method: 'GET' | 'POST';
  path: string;
  body?: Record<string, unknown>;
  /** What goes with it beside who sends it, at the moment at which it is sent. */
  headers?: () => Record<string, string>;
}

type Written = Pick<Message, 'who' | 'path' | 'body' | 'headers'>;

/** Prepares people and visits, and writes a message for the routes of the list, by operation. */
const messagesByOperation = async (town: Town): Promise<Readonly<Record<string, Written>>> => {
  // First of all: its visits take hours, and a code is good for some minutes.
  const staff = await staffMessages(town);
  // By night two would have to go.
  nextMorning(town);
  const afterVisits = await confirmingMessages(town);
  const [coordinator, elder, saver] = [await town.aCoordinator(), await town.anElder(), await aSaver(town)];
  const { giver, mother } = await aGiver(town);
  const child = await town.aVolunteer();
  await bind(town, giver, child, 'child');
  const ended = await aVisit(town, 'ended');
  const begun = await aVisit(town, 'begun');
  // Before anything that waits for its hour: it takes more than half of one.
  const visits = await visitMessages(town);
  const accepted = await aVisit(town, 'accepted');
  town.setClock(accepted.body.plannedStartAt);
  const posted = await aVisit(town, 'posted', { coordinator });
  const open = await aVisit(town, 'posted', { coordinator });
  const volunteer = await town.aVolunteer();
  const commandId = () => town.ids.command();
  const decider = await town.aCoordinator('341302');
  const validFrom = civilDateOf(town.soon(10 * 24 * 60));
  const proposal = {
    proposalId: commandId(),
    region: '341302',
    validFrom,
    // One day less than what was decided last: what changes nothing is no proposal.
    values: { holdDaysMax: 29 - (await town.ports.policies.readBookNow()).changes.length },
    reason: '试行',
  };
  const proposed = await town.ask(decider, 'POST', '/api/policies', proposal);
  if (proposed.status !== 201) throw new Error(JSON.stringify(proposed.body));
  await town.seal(saver);
  const messages: Record<string, Written> = {
    ...staff,
    ...afterVisits,
    ...(await auditMessages(town)),
    ...(await linkageMessages(town)),
    ...(await emergencyMessages(town)),
    ...(await lifeMessages(town)),
    ...visits,
    ...(await planMessages(town)),
    ...(await peopleMessages(town)),
    ...(await mergeMessages(town)),
    ...(await privacyMessages(town)),
    ...(await noticesMessages(town)),
    ...(await sessionMessages(town)),
    ...(await helpingMessages(town)),
    // Last of all: a code is good for some minutes.
    ...(await signInMessages(town)),
    readHealth: { path: '/api/health' },
    readMe: { who: elder, path: '/api/me' },
    listCommunities: { who: coordinator, path: '/api/communities' },
    listElders: { who: coordinator, path: `/api/elders?community=${HOME}` },
    findMember: { who: coordinator, path: '/api/members/find', body: { phone: elder.phone!.slice(3) } },
    postRequest: {
      who: coordinator,
      path: '/api/requests',
      body: aRequest(town, elder, { note: '三楼', place: { address: '社区活动室' } }),
    },
    redeemHours: { who: saver, path: '/api/redemptions', body: aRedemption(town) },
    listRequests: { who: volunteer, path: '/api/requests?scope=open' },
    readRequest: { who: volunteer, path: open.path },
    listCandidates: { who: coordinator, path: `${open.path}/candidates` },
    askVolunteers: { who: coordinator, path: `${posted.path}/ask`, body: { commandId: commandId() } },
    cancelRequest: {
      who: coordinator,
      path: `${posted.path}/cancel`,
      body: { commandId: commandId(), reason: '住院' },
    },
    acceptRequest: { who: volunteer, path: `${open.path}/accept`, body: { visitId: town.ids.visit() } },
    checkIn: {
      who: accepted.volunteer,
      path: `${accepted.path}/check-in`,
      body: { commandId: commandId(), code: accepted.elder.visitCode },
    },
    checkOut: { who: begun.volunteer, path: `${begun.path}/check-out`, body: { commandId: commandId() } },
    confirmVisit: {
      who: ended.elder,
      path: `${ended.path}/confirm`,
      body: { transferId: town.ids.transfer() },
    },
    readBalance: { who: saver, path: '/api/account' },
    listEntries: { who: saver, path: '/api/account/entries' },
    giveHours: {
      who: giver,
      path: '/api/gifts',
      body: { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 15 },
    },
    donateHours: {
      who: giver,
      path: '/api/donations',
      body: { transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 15 },
    },
    chooseOverflow: {
      who: giver,
      path: '/api/account/overflow',
      body: { transferId: town.ids.transfer(), overflowTo: 'pool:341302' },
    },
    readPool: { who: elder, path: '/api/pools/pool:341302001' },
    listFamily: { who: coordinator, path: `/api/family?memberId=${giver.memberId}` },
    bindFamily: {
      who: coordinator,
      path: '/api/family-ties',
      body: {
        transferId: town.ids.transfer(),
        giverId: giver.memberId,
        receiverId: elder.memberId,
        relation: 'parent',
        proof: '户口簿',
        document: 'HK-2026-0117',
      },
    },
    endFamily: {
      who: coordinator,
      path: '/api/family-ties/end',
      body: {
        transferId: town.ids.transfer(),
        giverId: giver.memberId,
        receiverId: child.memberId,
        reason: '登记有误',
      },
    },
    readProof: { who: saver, path: '/api/account/proof' },
    readCheckpoint: { path: '/api/checkpoint' },
    readPolicy: { who: elder, path: '/api/policies?region=341302' },
    simulatePolicy: {
      who: decider,
      path: '/api/policies/simulations',
      body: { region: '341302', validFrom, values: { holdDaysMax: 20 } },
    },
    proposePolicy: {
      who: decider,
      path: '/api/policies',
      body: {
        proposalId: commandId(),
        region: '341302',
        validFrom,
        values: { holdDaysMax: 20 },
        reason: '试行',
      },
    },
    approvePolicy: {
      who: await town.aCoordinator('341302'),
      path: '/api/policies/approvals',
      body: { proposalId: proposal.proposalId },
    },
    readCoverage: { who: coordinator, path: `/api/coverage?community=${HOME}&week=2026-W47` },
  };
  return messages;
};

const messageOf = (route: Route, written: Written): Message => ({
  route,
  method: route.method === 'get' ? 'GET' : 'POST',
  ...written,
});

/** The messages that are written, by operation: a route may have none. */
export const writtenMessages = async (town: Town): Promise<ReadonlyMap<string, Message>> => {
  const messages = await messagesByOperation(town);
  return new Map(
    routes.flatMap((route) => {
      const written = messages[route.operationId];
      return written === undefined ? [] : [[route.operationId, messageOf(route, written)]];
    }),
  );
};

/** A message for every route of the list. Throws where one is missing. */
export const aMessageForEach = async (town: Town): Promise<Message[]> => {
  const messages = await writtenMessages(town);
  return routes.map(({ operationId }) => {
    const message = messages.get(operationId);
    if (message === undefined) throw new Error(`write a message for ${operationId}`);
    return message;
  });
};
