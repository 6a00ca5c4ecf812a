/** One good message for every route about one's own data: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town, aRequest } from '../town.ts';
import { aPicture } from './pictures.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Somebody asks about their data; gives the path under which staff answer. */
export const aWish = async (town: Town, who: Member, wish: 'correction' | 'erasure' = 'correction') => {
  const wishId = town.ids.file();
  const asked = await town.ask(who, 'POST', '/api/me/data-wishes', { wishId, wish, words: '门牌号写错了' });
  if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
  return { wishId, path: `/api/members/${who.memberId}/data-wishes/${wishId}/answer` };
};

/** Somebody has agreed to their portrait's being shown, or no longer does. */
export const agreeToPortrait = async (town: Town, who: Member, isGiven = true): Promise<void> => {
  const consent = { consentId: town.ids.file(), purpose: 'portrait', version: '2026-11', isGiven };
  const said = await town.ask(who, 'POST', '/api/me/consents', consent);
  if (said.status !== 201) throw new Error(JSON.stringify(said.body));
};

/** A visit that waits for `volunteer`, who has given their portrait; `accept` takes it. */
export const aFacePosted = async (town: Town) => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  await agreeToPortrait(town, volunteer);
  await town.ask(volunteer, 'POST', '/api/me/portrait', { jpeg: aPicture() });
  const request = aRequest(town, elder);
  await town.ask(coordinator, 'POST', '/api/requests', request);
  const { requestId } = request;
  const accept = () =>
    town.ask(volunteer, 'POST', `/api/requests/${requestId}/accept`, { visitId: town.ids.visit() });
  return { coordinator, elder, volunteer, requestId, accept };
};

/** The same, taken. */
const aFace = async (town: Town) => {
  const { accept, ...face } = await aFacePosted(town);
  await accept();
  return face;
};

/** Prepares a wish and a visitor with a face, and writes a message for each route by its operation. */
export const privacyMessages = async (town: Town): Promise<Record<string, Written>> => {
  const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
  const wish = await aWish(town, elder);
  const { volunteer, elder: visited, requestId } = await aFace(town);
  return {
    listConsents: { who: elder, path: '/api/me/consents' },
    giveConsent: {
      who: elder,
      path: '/api/me/consents',
      body: { consentId: town.ids.file(), purpose: 'photo', version: '2026-11', isGiven: true },
    },
    readOwnCopy: { who: elder, path: '/api/me/copy' },
    readOwnPortrait: { who: volunteer, path: '/api/me/portrait' },
    givePortrait: { who: volunteer, path: '/api/me/portrait', body: { jpeg: aPicture({ grain: 2 }) } },
    readPortrait: { who: visited, path: `/api/requests/${requestId}/portrait` },
    listOwnDataWishes: { who: elder, path: '/api/me/data-wishes' },
    askAboutData: {
      who: elder,
      path: '/api/me/data-wishes',
      body: { wishId: town.ids.file(), wish: 'correction', words: '电话换了' },
    },
    listDataWishes: { who: coordinator, path: `/api/data-wishes?region=${HOME}` },
    answerDataWish: {
      who: coordinator,
      path: wish.path,
      body: { commandId: town.ids.command(), decision: 'done', answer: '已改为2单元' },
    },
  };
};
