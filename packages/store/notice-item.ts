/** Notices as they are stored: ids and figures, nothing personal. In the outbox while they are to go out. */
import type { Notice } from '@time-bank/care/notice';
import { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { NoticeKind } from '@time-bank/contracts/notice';
import { CommunityCode } from '@time-bank/contracts/region';
import { Instant } from '@time-bank/contracts/time';
import * as z from 'zod/mini';
import { type Item, decode, encode } from './item.ts';
import { noticeKey, outboxKey, outboxShardOf, startSort } from './keys.ts';
import { BY_OPENING } from './table.ts';

const StoredNotice = z.object({
  noticeId: z.string(),
  kind: NoticeKind,
  to: z.union([z.object({ people: z.array(MemberId) }), z.object({ deskOf: CommunityCode })]),
  about: z.union([
    z.object({ requestId: RequestId }),
    z.object({ caseId: CommandId }),
    z.object({ personId: MemberId }),
  ]),
  figures: z.exactOptional(z.record(z.string(), z.number())),
  at: Instant,
  notBefore: z.exactOptional(Instant),
  until: z.exactOptional(Instant),
});

/** A notice as it was stored. Throws where the item is none. */
export const decodeNotice = (item: Item): Notice => decode(StoredNotice, item);

/** A notice in the outbox. */
export const noticeItem = (notice: Notice): Item =>
  encode(
    {
      ...noticeKey(notice.noticeId),
      [BY_OPENING.partitionKey]: outboxKey(outboxShardOf(notice.noticeId)),
      [BY_OPENING.sortKey]: startSort(notice.notBefore ?? notice.at, notice.noticeId),
    },
    notice,
  );
