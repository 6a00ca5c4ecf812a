/** One good message for every route: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { type Route, routes } from '@time-bank/contracts/routes';
import { civilDateOf } from '@time-bank/contracts/time';
import { HOME, type Town, aRequest } from '../town.ts';
import { staffMessages } from '../walks-staff/messages.ts';
import { aGiver, aRedemption, aSaver, aVisit, bind } from './steps.ts';

export interface Message {
  route: Route;
  who?: Member;
  method: 'GET' | 'POST';
  path: string;
  body?: Record<string, unknown>;
}

type Written = Pick<Message, 'who' | 'path' | 'body'>;

/** Prepares people and visits, and writes a message for every route of the list. */
export const aMessageForEach = async (town: Town): Promise<Message[]> => {
  // First of all: its visits take hours, and a code is good for some minutes.
  const staff = await staffMessages(town);
  const [coordinator, elder, saver] = [await town.aCoordinator(), await town.anElder(), await aSaver(town)];
  const { giver, mother } = await aGiver(town);
  const child = await town.aVolunteer();
  await bind(town, giver, child, 'child');
  const ended = await aVisit(town, 'ended');
  const begun = await aVisit(town, 'begun');
  const accepted = await aVisit(town, 'accepted');
  const posted = await aVisit(town, 'posted', { coordinator });
  town.setClock(accepted.body.plannedStartAt);
  const open = await aVisit(town, 'posted', { coordinator });
  const volunteer = await town.aVolunteer();
  const asked = await town.ask(undefined, 'POST', '/api/sign-in/codes', { phone: elder.phone });
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
    readHealth: { path: '/api/health' },
    askForCode: { path: '/api/sign-in/codes', body: { phone: elder.phone } },
    signIn: {
      path: '/api/sign-in',
      body: { challengeId: asked.body.challengeId, code: town.sent[0]?.code },
    },
    signOut: { path: '/api/sign-out' },
    readMe: { who: elder, path: '/api/me' },
    listCommunities: { who: coordinator, path: '/api/communities' },
    listElders: { who: coordinator, path: `/api/elders?community=${HOME}` },
    findMember: { who: coordinator, path: `/api/members?phone=${elder.phone!.slice(3)}` },
    postRequest: {
      who: coordinator,
      path: '/api/requests',
      body: aRequest(town, elder, { note: '三楼', place: { address: '社区活动室' } }),
    },
    redeemHours: { who: saver, path: '/api/redemptions', body: aRedemption(town) },
    listRequests: { who: volunteer, path: '/api/requests?scope=open' },
    readRequest: { who: volunteer, path: open.path },
    listCandidates: { who: coordinator, path: `${open.path}/candidates` },
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
  return routes.map((route) => {
    const written = messages[route.operationId];
    if (written === undefined) throw new Error(`write a message for ${route.operationId}`);
    return { route, method: route.method === 'get' ? 'GET' : 'POST', ...written };
  });
};
