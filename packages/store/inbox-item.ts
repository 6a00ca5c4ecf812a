/** Lines of people's inboxes as they are stored: ids and figures, nothing personal; the words are made when they are read. */
import { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { NoticeKind } from '@time-bank/contracts/notice';
import { NoticeChannel } from '@time-bank/contracts/notices';
import { CommunityCode } from '@time-bank/contracts/region';
import { Instant, msOf } from '@time-bank/contracts/time';
import type { InboxItem } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Item, decode, encode } from './item.ts';
import { inboxKey, startSort, toTellKey, unreadKey } from './keys.ts';
import { BY_OPENING, EXPIRY } from './table.ts';

/** After half a year nobody looks for what they were told. */
const KEPT_DAYS = 180;

const StoredLine = z.object({
  memberId: MemberId,
  noticeId: z.string(),
  at: Instant,
  kind: NoticeKind,
  about: z.union([
    z.object({ requestId: RequestId }),
    z.object({ caseId: CommandId }),
    z.object({ personId: MemberId }),
  ]),
  figures: z.exactOptional(z.record(z.string(), z.number())),
  helps: z.exactOptional(MemberId),
  sent: z.partialRecord(NoticeChannel, Instant),
  waitsIn: z.exactOptional(CommunityCode),
  readAt: z.exactOptional(Instant),
});

/** A line as it was stored. Throws where the item is none. */
export const decodeInboxItem = (item: Item): InboxItem => decode(StoredLine, item);

/** In which list an unread line stands: that of the desk where nobody reaches the person, else their own. */
export const inboxListOf = ({ memberId, waitsIn }: Pick<InboxItem, 'memberId' | 'waitsIn'>): string =>
  waitsIn === undefined ? unreadKey(memberId) : toTellKey(waitsIn);

/** A line as an item. */
export const inboxItem = (line: InboxItem): Item => {
  const expiresAtSeconds = Math.ceil(msOf(line.at) / 1000) + KEPT_DAYS * 24 * 60 * 60;
  const isWaiting = line.readAt === undefined;
  return encode(
    {
      ...inboxKey(line),
      ...(isWaiting
        ? {
            [BY_OPENING.partitionKey]: inboxListOf(line),
            [BY_OPENING.sortKey]: startSort(line.at, `${line.noticeId}#${line.memberId}`),
          }
        : {}),
    },
    { ...line, [EXPIRY]: expiresAtSeconds },
  );
};
