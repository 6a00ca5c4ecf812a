/** What is to be told, in memory. */
import type { Outbox, WaitingNotice } from '@time-bank/desk/ports';
import { startSort } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type CareMemory, OUTBOX } from './memory-care.ts';

const sortOf = ({ notice, dueAt }: WaitingNotice): string => startSort(dueAt, notice.noticeId);

/** The outbox over a memory of care. */
export const memoryOutbox = ({ notices, outbox }: CareMemory): Outbox => {
  /** Moves what stands where it was seen; false where it is no longer there. */
  const move = (seen: WaitingNotice, to: WaitingNotice | undefined): boolean => {
    if (outbox.find(OUTBOX, sortOf(seen)) === undefined) return false;
    outbox.remove(OUTBOX, sortOf(seen));
    if (to !== undefined) {
      const { notice, dueAt, tries } = to;
      outbox.put(OUTBOX, sortOf(to), { noticeId: notice.noticeId, dueAt, tries });
    }
    return true;
  };
  return {
    listDue: (now, limit) =>
      answer(() =>
        outbox.read(OUTBOX, { before: now, limit }).flatMap(({ noticeId, tries, dueAt }) => {
          const notice = notices.get(noticeId);
          return notice === undefined ? [] : [{ notice, dueAt, tries }];
        }),
      ),
    claim: (seen, until) =>
      answer(() => {
        const claimed = { ...seen, dueAt: until, tries: seen.tries + 1 };
        return move(seen, claimed) ? claimed : undefined;
      }),
    putBack: (claimed, at) => answer(() => move(claimed, { ...claimed, dueAt: at })),
    end: (claimed) => answer(() => move(claimed, undefined)),
  };
};
