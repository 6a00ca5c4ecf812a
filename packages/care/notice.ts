/**
 * A word that people are to get, decided with the step that causes it and written in the same transaction: it cannot be
 * lost, and the step cannot be told without having happened. Delivering it is somebody else's work.
 */
import type { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import type { NoticeKind } from '@time-bank/contracts/notice';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Instant } from '@time-bank/contracts/time';

/** Who gets it: people, or whoever looks after a community. */
export type NoticeTo = { people: readonly MemberId[] } | { deskOf: CommunityCode };

/**
 * A notice. `noticeId` follows from its cause, so the same cause is told once. `about`: the request or the case;
 * `figures`: whole numbers that its words need (minutes, counts, the wave).
 */
export interface Notice {
  noticeId: string;
  kind: NoticeKind;
  to: NoticeTo;
  about: { requestId: RequestId } | { caseId: CommandId } | { personId: MemberId };
  figures?: Readonly<Record<string, number>>;
  at: Instant;
  /** Not before then; at once where it is left out. */
  notBefore?: Instant;
  /** Nobody needs it any more from then on. */
  until?: Instant;
}

/** A notice to be put into the outbox, once. */
export interface NoticeChange {
  change: 'put_notice';
  notice: Notice;
}

/**
 * Tells people of a step. The id is made of the step's id and the kind: a step tells a kind once.
 * `stepId`: the command's or the step's id.
 */
export const tell = (stepId: string, notice: Omit<Notice, 'noticeId'>): NoticeChange => ({
  change: 'put_notice',
  notice: { noticeId: `${stepId}.${notice.kind}`, ...notice },
});
