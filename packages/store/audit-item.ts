/** Events of the audit log as they are stored. Written once; there is no way to write one again. */
import { CallerCheck } from '@time-bank/contracts/helping';
import { EventId, MemberId } from '@time-bank/contracts/ids';
import { RefusalCode } from '@time-bank/contracts/refusals';
import { RegionCode } from '@time-bank/contracts/region';
import { Channel } from '@time-bank/contracts/request';
import { Role } from '@time-bank/contracts/role';
import { Instant, civilDateOf, msOf } from '@time-bank/contracts/time';
import { type AuditEvent, signInEvents } from '@time-bank/desk/audit-event';
import { actions } from '@time-bank/identity/rules';
import * as z from 'zod/mini';
import { type Item, decode, encode } from './item.ts';
import { auditKey, auditedKey, auditedSort } from './keys.ts';
import { BY_REGION, EXPIRY } from './table.ts';

const StoredEvent: z.ZodMiniType<AuditEvent> = z.object({
  eventId: EventId,
  at: Instant,
  actorId: z.exactOptional(MemberId),
  as: z.exactOptional(z.union([Role, z.literal('member')])),
  about: z.exactOptional(MemberId),
  action: z.enum([...actions, ...signInEvents]),
  outcome: z.enum(['done', 'refused']),
  code: z.exactOptional(RefusalCode),
  subject: z.exactOptional(z.string()),
  region: z.exactOptional(RegionCode),
  channel: Channel,
  check: z.exactOptional(CallerCheck),
  recording: z.exactOptional(z.string()),
});

/** Three years: what the service keeps of who looked at whose file at least. Source: README, "What is kept how long". */
const KEPT_DAYS_MIN = 1095;
const DAY_SECONDS = 24 * 60 * 60;

/** An event as an item, in the list of whom it is about and of its day and region; it goes after `keptDays`. */
export const encodeEvent = (event: AuditEvent, keptDays = KEPT_DAYS_MIN): Item =>
  encode(
    {
      ...auditKey(event),
      [BY_REGION.partitionKey]: auditedKey(event.region, civilDateOf(event.at)),
      [BY_REGION.sortKey]: auditedSort(event.at, event.eventId, event.region),
    },
    {
      ...event,
      [EXPIRY]: Math.ceil(msOf(event.at) / 1000) + Math.max(keptDays, KEPT_DAYS_MIN) * DAY_SECONDS,
    },
  );

/** An event as it was stored. Throws where the item is not one: names of actions are kept for years, never renamed. */
export const decodeEvent = (item: Item): AuditEvent => decode(StoredEvent, item);
