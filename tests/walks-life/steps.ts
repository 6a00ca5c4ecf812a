/** Requests as far along as a test wants them, beside the visit itself. */
import type { Member } from '@time-bank/contracts/member';
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { type Answer, HOME, type Town, aRequest } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';

/** Sends a command with an id of its own. */
export const order = (
  town: Town,
  who: Member,
  path: string,
  body: Record<string, unknown> = {},
): Promise<Answer> => town.ask(who, 'POST', path, { commandId: town.ids.command(), ...body });

/** The body with which an elder asks for an hour's company tomorrow, without hours. */
export const anAsk = (town: Town, change: Record<string, unknown> = {}) => ({
  requestId: town.ids.request(),
  serviceCode: 'C01',
  plannedStartAt: town.soon(24 * 60),
  plannedMinutes: 60,
  wishes: { languages: [] },
  ...change,
});

const must = (answer: Answer, what: string): void => {
  if (answer.status >= 300) throw new Error(`${what}: ${JSON.stringify(answer.body)}`);
};

/** What an elder asked for, a draft or handed in. */
export const anAskedFor = async (town: Town, change: Record<string, unknown> = {}) => {
  const elder = await town.anElder();
  const body = anAsk(town, change);
  must(await town.ask(elder, 'POST', '/api/submissions', body), 'asked');
  return { elder, body, requestId: body.requestId, path: `/api/requests/${body.requestId}` };
};

/** A visit for two, posted: to an elder with a severe loss of ability who lives alone. */
export const aVisitForTwo = async (town: Town, change: Record<string, unknown> = {}) => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder({ abilityLevel: 3 })];
  const body = aRequest(town, elder, change);
  must(await town.ask(coordinator, 'POST', '/api/requests', body), 'posted');
  return { coordinator, elder, body, requestId: body.requestId, path: `/api/requests/${body.requestId}` };
};

/** A visit that nobody took, closed by the schedule. */
export const anUnfilled = async (town: Town, change: Record<string, unknown> = {}) => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const body = aRequest(town, elder, change);
  must(await town.ask(coordinator, 'POST', '/api/requests', body), 'posted');
  town.setClock(body.plannedStartAt);
  town.pass(16);
  await closeUnfilled(town.ports);
  return { coordinator, elder, body, requestId: body.requestId, path: `/api/requests/${body.requestId}` };
};

/** Hours of paid service that a fund has bought for HOME; gives the number of their document. */
export const aPurchase = async (town: Town): Promise<string> => {
  const document = `FP-${town.ids.command().slice(-10)}`;
  const bought = { document, provider: '康乐护理', totalMinutes: 6_000, communityCode: HOME };
  must(await town.ask(await town.aCoordinator(), 'POST', '/api/purchases', bought), 'bought');
  return document;
};

/** What was to be told of a request so far, by kind. */
export const toldOf = async (town: Town, requestId: string): Promise<string[]> =>
  Object.entries(await everythingIn(town)).flatMap(([key, item]) => {
    const isAbout = key.includes(' NOTICE#') && item['about']?.M?.['requestId']?.S === requestId;
    return isAbout ? [item['kind']?.S ?? ''] : [];
  });
