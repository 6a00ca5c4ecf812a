/** What stands on record: who looked at a person's file, and the log of a day for those who check it. */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { CallerCheck, RecordingNumber } from './helping.ts';
import { EventId, MemberId } from './ids.ts';
import { Gender } from './member.ts';
import { RefusalCode } from './refusals.ts';
import { RegionCode } from './region.ts';
import { Channel } from './request.ts';
import { Role } from './role.ts';
import { CivilDate, Instant } from './time.ts';

/** In which capacity somebody acted: in a role, or as everybody who has signed in may. */
export const Capacity = z.union([Role, z.literal('member')]);
export type Capacity = z.infer<typeof Capacity>;

/** A stable word for what was done, e.g. `read_elder_file`, `signed_in`. */
export const AuditedAct = z.string().check(z.regex(/^[a-z_]{1,40}$/));

/** What of a person somebody looked at or changed, in words that a page has a sentence for. */
export const FileMatter = z.enum([
  'file',
  'list',
  'hours',
  'requests',
  'helpers',
  'card',
  'sign_in',
  'volunteering',
  'linkage',
  'data',
]);
export type FileMatter = z.infer<typeof FileMatter>;

/** Somebody as a person may see them who asks who looked: the family name. */
export const MaskedReader = z.strictObject({ surname: z.string(), gender: Gender });
export type MaskedReader = z.infer<typeof MaskedReader>;

/** One look at a person's file. `reader` is absent where whoever looked is no longer with the time bank. */
export const FileReading = z.strictObject({
  at: Instant,
  as: z.exactOptional(Capacity),
  reader: z.exactOptional(MaskedReader),
  matter: FileMatter,
  act: AuditedAct,
  channel: Channel,
});
export type FileReading = z.infer<typeof FileReading>;

/** Whose file (one's own where it is left out; a ward's for their guardian), and from where on. */
export const ReadersQuery = z.strictObject({
  memberId: z.exactOptional(MemberId),
  cursor: z.exactOptional(Cursor),
});

/** Who looked, newest first, 25 a page; a page may be shorter. */
export const ReaderPage = z.strictObject({
  items: z.array(FileReading),
  cursor: z.exactOptional(z.string()),
});
export type ReaderPage = z.infer<typeof ReaderPage>;

/** A line of the log: ids and codes only. `about`: whose file; `subject`: the id of the thing. */
export const AuditLine = z.strictObject({
  eventId: EventId,
  at: Instant,
  actorId: z.exactOptional(MemberId),
  as: z.exactOptional(Capacity),
  about: z.exactOptional(MemberId),
  action: AuditedAct,
  outcome: z.enum(['done', 'refused']),
  code: z.exactOptional(RefusalCode),
  subject: z.exactOptional(z.string()),
  region: z.exactOptional(RegionCode),
  channel: Channel,
  check: z.exactOptional(CallerCheck),
  recording: z.exactOptional(RecordingNumber),
});
export type AuditLine = z.infer<typeof AuditLine>;

/**
 * Which day of China, where, and from where on. A county has what was done in it and in everything within it, what is
 * larger only what was done to itself; without a region it is what belongs to none.
 */
export const AuditQuery = z.strictObject({
  day: CivilDate,
  region: z.exactOptional(RegionCode),
  cursor: z.exactOptional(Cursor),
});

/** A day's lines, oldest first, 100 a page. */
export const AuditPage = z.strictObject({
  items: z.array(AuditLine),
  cursor: z.exactOptional(z.string()),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** As a table for a spreadsheet, or one JSON object a line. */
export const AuditFormat = z.enum(['csv', 'jsonl']);
export type AuditFormat = z.infer<typeof AuditFormat>;

/** Which day, where, in which form, and from where on. */
export const AuditExportQuery = z.strictObject({
  ...AuditQuery.shape,
  format: AuditFormat,
});
