/** Sessions as they are stored. */
import { MemberId, SessionId } from '@time-bank/contracts/ids';
import { DeviceHint } from '@time-bank/contracts/session';
import { Instant, msOf } from '@time-bank/contracts/time';
import type { Session } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Item, decode, encode } from './item.ts';
import { sessionKey } from './keys.ts';
import { EXPIRY } from './table.ts';

const StoredSession: z.ZodMiniType<Session> = z.object({
  sessionId: SessionId,
  memberId: MemberId,
  factor: z.enum(['code', 'passkey', 'sso', 'wechat']),
  isStaff: z.boolean(),
  deviceKey: z.exactOptional(z.string()),
  device: z.exactOptional(DeviceHint),
  spendsFrom: z.exactOptional(Instant),
  authority: z.int(),
  startedAt: Instant,
  lastUsedAt: Instant,
  idleEndsAt: Instant,
  endsAt: Instant,
  refreshHash: z.string(),
  previousHash: z.exactOptional(z.string()),
  graceEndsAt: z.exactOptional(Instant),
  endedAt: z.exactOptional(Instant),
  endReason: z.exactOptional(
    z.enum(['signed_out', 'ended_by_member', 'ended_by_staff', 'token_reused', 'recovered']),
  ),
});

/** For a week after its end a session can still be shown to its person: "you were signed out on Monday". */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** A session as an item, which goes by itself some days after its end. */
export const encodeSession = (session: Session): Item =>
  encode(
    { ...sessionKey(session.memberId, session.sessionId) },
    { ...session, [EXPIRY]: Math.ceil(msOf(session.endsAt) / 1000) + KEPT_SECONDS },
  );

/** A session as it was stored. Throws where the item is not one. */
export const decodeSession = (item: Item): Session => decode(StoredSession, item);
