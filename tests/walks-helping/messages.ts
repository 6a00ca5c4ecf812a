/** One good message for every route of helpers and cards: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';
import { aBinding, aCard, aDaughter, atCounter, staff, terms } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares bindings and cards, and writes a message for each route by its operation. */
export const helpingMessages = async (town: Town): Promise<Record<string, Written>> => {
  const pair = async () => ({ elder: await town.anElder(), helper: await aDaughter(town) });
  const [coordinator, counter] = [await town.aCoordinator(), await staff(town, 'counter')];
  const fresh = await pair();
  const proposed = await aBinding(town, await pair(), 'proposed');
  const [waiting, bound, ending] = [await pair(), await pair(), await pair()];
  const checked = await aBinding(town, waiting, 'checked');
  await aBinding(town, bound);
  const ended = await aBinding(town, ending);
  const [holder, loser, locked] = [await town.anElder(), await town.anElder(), await town.anElder()];
  const card = await aCard(town, holder);
  await aCard(town, loser);
  const { cardId } = await aCard(town, locked);
  const account = `/api/members/${bound.elder.memberId}/account`;
  return {
    proposeBinding: {
      who: counter,
      path: '/api/bindings',
      body: {
        bindingId: town.ids.file(),
        elderId: fresh.elder.memberId,
        helperId: fresh.helper.memberId,
        terms: terms(),
      },
    },
    listWaitingBindings: { who: coordinator, path: `/api/bindings?community=${HOME}` },
    listBindings: { who: coordinator, path: `/api/members/${bound.elder.memberId}/bindings` },
    checkBinding: { who: coordinator, path: `${proposed.path}/check`, body: { decision: 'accept' } },
    confirmBinding: {
      who: waiting.elder,
      path: `${checked.path}/confirm`,
      body: { by: 'own_phone', decision: 'accept' },
    },
    endBinding: { who: ending.elder, path: `${ended.path}/end`, body: { reason: '不用了' } },
    listHelped: { who: bound.helper, path: '/api/helped' },
    readHelpedBalance: { who: bound.helper, path: account },
    listHelpedEntries: { who: bound.helper, path: `${account}/entries` },
    issueCard: {
      who: counter,
      path: '/api/cards',
      body: { cardId: town.ids.file(), memberId: fresh.elder.memberId, pin: '2468', check: 'id_document' },
    },
    reportCardLost: {
      who: counter,
      path: '/api/cards/lost',
      body: { reportId: town.ids.file(), forWhom: atCounter(loser) },
    },
    readByCard: {
      who: counter,
      path: '/api/cards/balance',
      body: { card: { memberId: holder.memberId, code: card.code, pin: card.pin } },
    },
    listCards: { who: holder, path: `/api/members/${holder.memberId}/cards` },
    unlockCard: {
      who: counter,
      path: `/api/members/${locked.memberId}/cards/${cardId}/unlock`,
      body: { pin: '8642', check: 'id_document' },
    },
  };
};
