/** People's inboxes in memory, in the order of the tables. */
import type { Inbox, InboxItem, InboxKey } from '@time-bank/desk/ports';
import { inboxListOf } from './inbox-item.ts';
import { inboxPartition, startSort, toTellKey, unreadKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

const UNREAD_MAX = 100;

const sortOf = ({ at, noticeId }: InboxKey): string => startSort(at, noticeId);
const waitingSort = (key: InboxKey): string => `${sortOf(key)}#${key.memberId}`;

/** Inboxes in memory, empty at first. */
export const memoryInbox = (): Inbox => {
  const lines = sortedLists<InboxItem>();
  const waiting = sortedLists<InboxItem>();
  const find = (key: InboxKey) => lines.find(inboxPartition(key.memberId), sortOf(key));
  const write = (given: InboxItem): void => {
    const before = find(given);
    if (before !== undefined) waiting.remove(inboxListOf(before), waitingSort(before));
    const line = kept(given);
    lines.put(inboxPartition(line.memberId), sortOf(line), line);
    if (line.readAt === undefined) waiting.put(inboxListOf(line), waitingSort(line), line);
  };
  return {
    put: (item) =>
      answer(() => {
        const there = find(item);
        if (there === undefined) write(item);
        return there ?? item;
      }),
    markSent: (key, channel, at) =>
      answer(() => {
        const there = find(key);
        if (there !== undefined) write({ ...there, sent: { ...there.sent, [channel]: at } });
      }),
    waitFor: (key, waitsIn) =>
      answer(() => {
        const there = find(key);
        if (there?.readAt === undefined && there !== undefined) write({ ...there, waitsIn });
      }),
    markRead: (key, readAt) =>
      answer(() => {
        const there = find(key);
        if (there === undefined || there.readAt !== undefined) return false;
        write({ ...there, readAt });
        return true;
      }),
    list: (memberId, { limit, cursor, from }) =>
      answer(() =>
        lines.page(inboxPartition(memberId), {
          newestFirst: true,
          limit,
          cursor,
          ...(from === undefined ? {} : { from }),
        }),
      ),
    countUnread: (memberId) => answer(() => waiting.read(unreadKey(memberId), { limit: UNREAD_MAX }).length),
    listToTell: (communityCode, page) => answer(() => waiting.page(toTellKey(communityCode), page)),
  };
};
