/** What a coordinator sees of a fault: the row of the board, the lists of the desk, and what the desk is told in words. */
import { ConfirmationList } from '@time-bank/contracts/confirming';
import { CoverageWeek } from '@time-bank/contracts/coverage';
import type { Member } from '@time-bank/contracts/member';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { InboxPage, ToTellPage } from '@time-bank/contracts/notices';
import { RequestView } from '@time-bank/contracts/request';
import { runSchedule } from '@time-bank/planner/run';
import { type NoticeTown, startNoticeTown } from '../notifier/town-notices.ts';
import type { Town } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';

/** A town with its schedules and its notifier, which run when a test says so. */
export const startFaultyTown = async () => {
  const at = await startNoticeTown();
  const { town } = at;
  /** What the schedule does now, and then the notifier. */
  const theSchedulesRun = async (): Promise<void> => {
    await runSchedule(town.ports);
    await at.deliver();
  };
  /** Lets `minutes` pass, with the schedules in between, each `every` minutes. */
  const live = async (minutes: number, every: number): Promise<void> => {
    for (let passed = 0; passed < minutes; passed += every) {
      town.pass(every);
      await theSchedulesRun();
    }
  };
  return { ...at, theSchedulesRun, live };
};

export type FaultyTown = Awaited<ReturnType<typeof startFaultyTown>>;

/** Somebody's inbox, newest first: the kind, and the short words in Chinese. */
export const inboxOf = async (town: Town, who: Member): Promise<{ kind: NoticeKind; says: string }[]> => {
  const answer = await town.ask(who, 'GET', '/api/inbox');
  return InboxPage.parse(answer.body).items.map(({ kind, short }) => ({ kind, says: short['zh-Hans'] }));
};

/** The kinds of what somebody's telephone has rung for, oldest first. */
export const rungFor = ({ sentTo }: NoticeTown, who: Member): NoticeKind[] =>
  sentTo(who.phone)
    .filter(({ channel }) => channel === 'sms')
    .map(({ message }) => message.kind);

/** An elder's row on the board of a week, once the stream's consumer has shown there what was written. */
export const boardRow = async (town: Town, coordinator: Member, elder: Member, week?: string) => {
  const { items } = await town.ports.careBook.listReceived(elder.memberId, { limit: 50 });
  for (const { request } of items) await town.project(request.requestId);
  const ofWeek = week === undefined ? '' : `&week=${week}`;
  const answer = await town.ask(
    coordinator,
    'GET',
    `/api/coverage?community=${elder.communityCode}${ofWeek}`,
  );
  const { rows } = CoverageWeek.parse(answer.body);
  const row = rows.find(({ elderId }) => elderId === elder.memberId);
  if (row === undefined) throw new Error('the board does not show this elder');
  return row;
};

/** A request as the desk sees it. */
export const seenBy = async (town: Town, coordinator: Member, path: string): Promise<RequestView> =>
  RequestView.parse((await town.ask(coordinator, 'GET', path)).body);

/** A visit's row among those that wait for a word, or for a call of the hotline. */
export const waitingRow = async (
  town: Town,
  coordinator: Member,
  { requestId, kind }: { requestId: string; kind: 'waiting' | 'call_back' },
) => {
  const path = `/api/confirmations?community=${coordinator.communityCode}&kind=${kind}`;
  const { items } = ConfirmationList.parse((await town.ask(coordinator, 'GET', path)).body);
  return items.find(({ request }) => request.requestId === requestId);
};

/** Whom the desk has to tell by other means, of whom no message gets through. */
export const toTell = async (town: Town, coordinator: Member, who: Member): Promise<NoticeKind[]> => {
  const path = `/api/notices/to-tell?communityCode=${who.communityCode}`;
  const { items } = ToTellPage.parse((await town.ask(coordinator, 'GET', path)).body);
  return items.filter(({ memberId }) => memberId === who.memberId).map(({ kind }) => kind);
};

/** What is on somebody's account. */
export const balanceOf = async (town: Town, who: Member): Promise<number> =>
  (await town.ask(who, 'GET', '/api/account')).body.availableMinutes as number;

/** How many notices of a kind were ever written of a request: an outbox that doubles them shows here. */
export const writtenOf = async (town: Town, requestId: string, kind: NoticeKind): Promise<number> =>
  Object.entries(await everythingIn(town)).filter(
    ([key, item]) =>
      key.includes(' NOTICE#') &&
      item['about']?.M?.['requestId']?.S === requestId &&
      item['kind']?.S === kind,
  ).length;
