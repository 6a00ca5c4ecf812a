/** One good message for every route: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { type Route, routes } from '@time-bank/contracts/routes';
import { HOME, type Town, aRequest } from '../town.ts';
import { aRedemption, aSaver, aVisit } from './steps.ts';

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
  const [coordinator, elder, saver] = [await town.aCoordinator(), await town.anElder(), await aSaver(town)];
  const ended = await aVisit(town, 'ended');
  const begun = await aVisit(town, 'begun');
  const accepted = await aVisit(town, 'accepted');
  const posted = await aVisit(town, 'posted', { coordinator });
  town.setClock(accepted.body.plannedStartAt);
  const open = await aVisit(town, 'posted', { coordinator });
  const volunteer = await town.aVolunteer();
  const asked = await town.ask(undefined, 'POST', '/api/sign-in/codes', { phone: elder.phone });
  const commandId = () => town.ids.command();
  const messages: Record<string, Written> = {
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
    readCoverage: { who: coordinator, path: `/api/coverage?community=${HOME}&week=2026-W47` },
  };
  return routes.map((route) => {
    const written = messages[route.operationId];
    if (written === undefined) throw new Error(`write a message for ${route.operationId}`);
    return { route, method: route.method === 'get' ? 'GET' : 'POST', ...written };
  });
};
