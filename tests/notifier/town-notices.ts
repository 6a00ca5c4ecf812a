/** A town with a notifier whose ways out a test watches and breaks. */
import { tell } from '@time-bank/care/notice';
import type { Notice } from '@time-bank/care/notice';
import type { Member } from '@time-bank/contracts/member';
import type { NoticeChannel } from '@time-bank/contracts/notices';
import { changeNoticesLeaf } from '@time-bank/desk/change-notice-settings';
import { deliverNotices } from '@time-bank/desk/deliver-notices';
import type { NoticesLeaf } from '@time-bank/desk/person-leaf';
import { type NoticeMessage, NotReachable, type NoticeSenders } from '@time-bank/desk/notice-senders';
import { Unavailable } from '@time-bank/desk/ports';
import { type Town, aRequest, startTown } from '../town.ts';

/** What went out: to whom, by which way. */
export interface Gone {
  channel: NoticeChannel;
  to: string;
  message: NoticeMessage & { link?: unknown };
}

/** Ways out that write down what goes out, and fail as they are told. */
export const watchedWays = () => {
  const gone: Gone[] = [];
  const state = { down: new Set<NoticeChannel>(), refuses: new Set<string>() };
  const way =
    (channel: NoticeChannel) =>
    (to: string, message: NoticeMessage): Promise<void> => {
      if (state.down.has(channel)) return Promise.reject(new Unavailable('down'));
      if (state.refuses.has(to)) return Promise.reject(new NotReachable('no'));
      gone.push({ channel, to, message });
      return Promise.resolve();
    };
  const senders: NoticeSenders = {
    sms: (message) => way('sms')(message.phone, message),
    email: (message) => way('email')(message.address, message),
    push: (message) => way('push')(message.subscription.endpoint, message),
  };
  /** How often the same went to the same person by the same way; more than once is a fault. */
  const repeated = () => {
    const ids = gone.map(({ message }) => message.messageId);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
  };
  return { gone, state, senders, repeated };
};

/** A town, its ways out, and what a test does with them. */
export const startNoticeTown = async () => {
  const town: Town = await startTown();
  const ways = watchedWays();
  const kept = new Set<string>();
  const broken: string[] = [];
  const deliver = (
    change: { senders?: NoticeSenders; gone?: Set<string>; ports?: Partial<Town['ports']> } = {},
  ) =>
    deliverNotices(
      { ...town.ports, ...change.ports },
      {
        senders: change.senders ?? ways.senders,
        gone: change.gone ?? kept,
        broke: (noticeId, error) => broken.push(`${noticeId} ${String(error)}`),
        pause: () => Promise.resolve(),
      },
    );
  /** Tells people of something about a request, as a step of it would. */
  const put = async (to: Notice['to'], change: Partial<Notice> = {}): Promise<Notice> => {
    const elder = await town.anElder();
    const coordinator = await town.aCoordinator();
    const request = aRequest(town, elder);
    const posted = await town.ask(coordinator, 'POST', '/api/requests', request);
    if (posted.status !== 201) throw new Error(JSON.stringify(posted.body));
    const told = tell(town.ids.command(), {
      kind: 'visit_cancelled',
      to,
      about: { requestId: request.requestId },
      at: town.now(),
      ...change,
    });
    const commit = await town.ports.journal.commit([told]);
    if (commit.kind !== 'done') throw new Error(JSON.stringify(commit));
    return told.notice;
  };
  const settings = (who: Member, change: Partial<NoticesLeaf>) =>
    changeNoticesLeaf(town.ports, who.memberId, (leaf) => ({ ...leaf, ...change }));
  const inboxOf = async (who: Member) => (await town.ports.inbox.list(who.memberId, { limit: 100 })).items;
  const sentTo = (to: string | undefined) => ways.gone.filter((each) => each.to === to);
  return { town, ways, deliver, put, settings, inboxOf, sentTo, broken };
};

export type NoticeTown = Awaited<ReturnType<typeof startNoticeTown>>;
