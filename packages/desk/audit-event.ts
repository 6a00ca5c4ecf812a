/** One line of the audit log: who did what to whose file, when, where, by which way, and with what end. */
import type { CallerCheck } from '@time-bank/contracts/helping';
import type { EventId, MemberId } from '@time-bank/contracts/ids';
import type { RegionCode } from '@time-bank/contracts/region';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Channel } from '@time-bank/contracts/request';
import type { Instant } from '@time-bank/contracts/time';
import type { Action, Holder } from '@time-bank/identity/rules';

/**
 * What is noted beside granted and refused actions: how people sign in and out, and a list of people that an operator
 * took out. Kept for years: never renamed.
 */
export const signInEvents = [
  'code_asked',
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'refresh_reused',
  'passkey_added',
  'passkey_removed',
  'outside_bound',
  'device_added',
  'people_exported',
] as const;
/** One of them. */
export type SignInEvent = (typeof signInEvents)[number];

/**
 * An event. Ids and codes only: no name, number, address, token or text that somebody wrote. `actorId` is absent
 * where nobody is known yet. `about`: whose file. `subject`: the id of the thing. `as`: in which capacity.
 * `check`, `recording`: how staff made sure who called, and the number of the recording.
 */
export interface AuditEvent {
  eventId: EventId;
  at: Instant;
  actorId?: MemberId;
  as?: Holder;
  about?: MemberId;
  action: Action | SignInEvent;
  outcome: 'done' | 'refused';
  code?: RefusalCode;
  subject?: string;
  region?: RegionCode;
  channel: Channel;
  check?: CallerCheck;
  recording?: string;
}
