/** Sessions in memory. They stay where the table forgets them some days after their end. */
import type { Session, Sessions } from '@time-bank/desk/ports';
import { memberPartition } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** Sessions in memory, none at first. */
export const memorySessions = (): Sessions => {
  const lists = sortedLists<Session>();
  const find = ({ memberId, sessionId }: Pick<Session, 'memberId' | 'sessionId'>): Session | undefined =>
    lists.find(memberPartition(memberId), sessionId);
  const write = (session: Session): void => {
    lists.put(memberPartition(session.memberId), session.sessionId, kept(session));
  };
  return {
    start: (session) =>
      answer(() => {
        if (find(session) === undefined) write(session);
      }),
    readNow: (memberId, sessionId) => answer(() => find({ memberId, sessionId })),
    listNow: (memberId) =>
      answer(() => lists.read(memberPartition(memberId), { limit: Infinity, newestFirst: true })),
    rotate: (session, fromHash) =>
      answer(() => {
        const before = find(session);
        if (before?.refreshHash !== fromHash || before.endedAt !== undefined) return false;
        write(session);
        return true;
      }),
    end: (memberId, sessionId, { at, reason }) =>
      answer(() => {
        const before = find({ memberId, sessionId });
        if (before === undefined || before.endedAt !== undefined) return false;
        write({ ...before, endedAt: at, endReason: reason });
        return true;
      }),
  };
};
