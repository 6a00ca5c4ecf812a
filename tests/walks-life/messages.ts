/** One good message for every route that moves a request along: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { anAsk, anAskedFor, anUnfilled } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares requests, and writes a message for each route by its operation. */
export const lifeMessages = async (town: Town): Promise<Record<string, Written>> => {
  const unfilled = await anUnfilled(town, { plannedStartAt: town.soon(-4) });
  const coordinator = await town.aCoordinator();
  const [draft, handedIn] = [await anAskedFor(town, { isDraft: true }), await anAskedFor(town)];
  const [taken, kept] = [await aVisit(town, 'accepted'), await aVisit(town, 'accepted')];
  const missed = await aVisit(town, 'accepted', { request: { plannedStartAt: town.now() } });
  const commandId = () => town.ids.command();
  return {
    listServices: { who: coordinator, path: `/api/services?communityCode=${HOME}` },
    askForHelp: { who: draft.elder, path: '/api/submissions', body: anAsk(town) },
    listReviews: { who: coordinator, path: `/api/reviews?community=${HOME}` },
    reviseRequest: {
      who: draft.elder,
      path: `${draft.path}/revise`,
      body: { commandId: commandId(), to: 'submitted', note: '请带老花镜' },
    },
    reviewRequest: {
      who: coordinator,
      path: `${handedIn.path}/review`,
      body: { commandId: commandId(), decision: 'publish' },
    },
    answerPerson: {
      who: kept.elder,
      path: `${kept.path}/person`,
      body: { commandId: commandId(), answer: 'agree' },
    },
    withdrawVisit: {
      who: taken.volunteer,
      path: `${taken.path}/withdraw`,
      body: { commandId: commandId(), reason: '孩子发烧' },
    },
    decideNoShow: {
      who: coordinator,
      path: `${missed.path}/no-show`,
      body: { commandId: commandId(), who: 'volunteer', reason: '电话无人接' },
    },
    decideUnfilled: {
      who: coordinator,
      path: `${unfilled.path}/unfilled`,
      body: { commandId: commandId(), then: 'apologise', reason: '没有合适的人' },
    },
  };
};
