/** Safety alarms: nobody opened the door, or a visitor saw danger. Open until somebody says what was found. */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { CommandId, MemberId, RequestId } from './ids.ts';
import { MaskedPerson, Phone } from './member.ts';
import { CommunityCode } from './region.ts';
import { Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** What gave the alarm: an elder who was not met, or danger that a visitor saw. */
export const AlarmKind = z.enum(['not_met', 'danger']);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** What was found in the end. */
export const AlarmFound = z.enum(['well', 'away', 'in_hospital', 'needs_help', 'moved', 'died']);
export type AlarmFound = z.infer<typeof AlarmFound>;

/** A step: it was given, a second visit was asked for, a neighbour or the committee looked, it was closed. */
export const AlarmAct = z.strictObject({
  commandId: CommandId,
  fingerprint: z.string(),
  step: z.enum(['second_try', 'checked', 'closed']),
  by: MemberId,
  at: Instant,
  note: z.exactOptional(z.string()),
  found: z.exactOptional(AlarmFound),
  requestId: z.exactOptional(RequestId),
});
export type AlarmAct = z.infer<typeof AlarmAct>;

/** Asks for a second visit, to begin within a day of the alarm; `requestId` is made by the sender. */
export const SecondTry = z.strictObject({
  commandId: CommandId,
  requestId: RequestId,
  plannedStartAt: Instant,
});
export type SecondTry = z.infer<typeof SecondTry>;

/** A neighbour, the committee or the family looked: who, and what they say; 1 to 200 characters. */
export const CheckAlarm = z.strictObject({ commandId: CommandId, note: text(200) });
export type CheckAlarm = z.infer<typeof CheckAlarm>;

/** Ends an alarm with what was found; 1 to 200 characters. */
export const CloseAlarm = z.strictObject({ commandId: CommandId, found: AlarmFound, note: text(200) });
export type CloseAlarm = z.infer<typeof CloseAlarm>;

/** What a step on an alarm answers, the same for ever. */
export const AlarmReceipt = z.strictObject({
  caseId: CommandId,
  state: z.enum(['open', 'closed']),
  at: Instant,
});
export type AlarmReceipt = z.infer<typeof AlarmReceipt>;

/** An alarm as the staff of the place see it. `dueAt`: by when somebody is to have gone there again. */
export const AlarmView = z.strictObject({
  caseId: CommandId,
  alarm: AlarmKind,
  communityCode: CommunityCode,
  elder: MaskedPerson,
  elderName: z.exactOptional(z.string()),
  phone: z.exactOptional(Phone),
  requestId: z.exactOptional(RequestId),
  openedAt: Instant,
  dueAt: Instant,
  isOverdue: z.boolean(),
  state: z.enum(['open', 'closed']),
  acts: z.array(z.omit(AlarmAct, { fingerprint: true })),
});
export type AlarmView = z.infer<typeof AlarmView>;

/** The open alarms of a community (the first of mine where it is left out). */
export const AlarmQuery = z.strictObject({
  community: z.exactOptional(CommunityCode),
  cursor: z.exactOptional(Cursor),
});
/** A page of alarms, soonest due first. */
export const AlarmList = z.strictObject({
  items: z.array(AlarmView),
  cursor: z.exactOptional(z.string()),
});
export type AlarmList = z.infer<typeof AlarmList>;
