/** One good message for every route about one's own data: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';

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

/** Prepares a wish, and writes a message for each route by its operation. */
export const privacyMessages = async (town: Town): Promise<Record<string, Written>> => {
  const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
  const wish = await aWish(town, elder);
  return {
    listConsents: { who: elder, path: '/api/me/consents' },
    giveConsent: {
      who: elder,
      path: '/api/me/consents',
      body: { consentId: town.ids.file(), purpose: 'photo', version: '2026-11', isGiven: true },
    },
    readOwnCopy: { who: elder, path: '/api/me/copy' },
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
