/** The words that go with the steps of a request's life: who hears of what. */
import { type NoticeChange, tell } from '@time-bank/care/notice';
import type { Command, RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { NoticeKind } from '@time-bank/contracts/notice';

/** Under which id it is told, and when; a word without a step has one that follows from its cause. */
type Step = { stepId: string } & Pick<Command, 'at'>;

/** Tells people of a step of a request; nothing where there is nobody to tell. */
export const tellPeople = (
  step: Step,
  { requestId }: Pick<RequestRecord, 'requestId'>,
  kind: NoticeKind,
  people: readonly MemberId[],
): NoticeChange[] =>
  people.length === 0 ? [] : [tell(step.stepId, { kind, to: { people }, about: { requestId }, at: step.at })];

/** Tells whoever looks after the place of a request. */
export const tellDesk = (
  step: Step,
  { requestId, communityCode }: Pick<RequestRecord, 'requestId' | 'communityCode'>,
  kind: NoticeKind,
): NoticeChange =>
  tell(step.stepId, { kind, to: { deskOf: communityCode }, about: { requestId }, at: step.at });
