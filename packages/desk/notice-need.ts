/** Whether anybody still needs to hear of something: what a notice is about may have moved on while it waited. */
import type { Notice } from '@time-bank/care/notice';
import { isTaken, waitsForAWord } from '@time-bank/care/life';
import { reminderOf } from '@time-bank/care/reminders';
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { NoticeKind } from '@time-bank/contracts/notice';
import type { Instant } from '@time-bank/contracts/time';
import type { Ports } from './ports.ts';
import { type StaffCases, isOpen } from './staff-case.ts';

type StillNeeded = (request: RequestRecord, at: Instant, noticeId: string) => boolean;

const whileOpen: StillNeeded = ({ state, plannedStartAt }, at) =>
  state === 'published' && plannedStartAt > at;
const whileTaken: StillNeeded = ({ state, plannedStartAt }, at) => isTaken(state) && plannedStartAt > at;
/** A reminder belongs to a part in the visit: whoever has taken it since then has one of their own. */
const whileTheirs: StillNeeded = ({ visitId, secondVisitId, ...request }, at, noticeId) =>
  whileTaken(request, at, noticeId) &&
  [visitId, secondVisitId].some((part) => part !== undefined && reminderOf(part) === noticeId);
/** Somebody comes: of those who took it one after the other, whoever has it now. */
const whileComing: StillNeeded = ({ state, visitId, secondVisitId }, _at, noticeId) =>
  state !== 'published' &&
  state !== 'cancelled' &&
  [visitId, secondVisitId].some((part) => part !== undefined && noticeId === `${part}.person_found`);
const whileServing: StillNeeded = ({ state }) => state === 'in_service';
const whileUnsaid: StillNeeded = ({ state }) => waitsForAWord(state);

/** Kinds about a request that fall away when it has moved on. All others say what has happened, and it has. */
const whileSo: Partial<Record<NoticeKind, StillNeeded>> = {
  asked: whileOpen,
  organisation_asked: whileOpen,
  unfilled_soon: whileOpen,
  person_found: whileComing,
  // Told late it would unsay that somebody else has been found since.
  person_changed: whileOpen,
  visit_soon: whileTheirs,
  plan_assigned: whileTaken,
  place_changed: whileTaken,
  check_out_forgotten: whileServing,
  check_out_overdue: whileServing,
  please_confirm: whileUnsaid,
  please_confirm_again: whileUnsaid,
  call_back_waiting: ({ state }) => state === 'callback',
  review_waiting: ({ state }) => state === 'submitted',
  unfilled: ({ state }) => state === 'unfilled',
};

/** Of which kind of case a notice speaks that names one. */
const caseKinds: Partial<Record<NoticeKind, keyof StaffCases>> = {
  safety_alarm: 'alarm',
  linkage_task: 'linkage',
  bad_rating: 'rectify',
  rectify_overdue: 'rectify',
  dispute_opened: 'dispute',
  dispute_decided: 'dispute',
  dispute_overdue: 'dispute',
  honesty_item: 'honesty',
  emergency_opened: 'emergency',
  emergency_escalated: 'emergency',
  emergency_over: 'emergency',
  series_stopped: 'series',
  series_date_short: 'series',
  activity_place: 'activity',
  activity_cancelled: 'activity',
};

/** Calls to do something: they fall away when it was done. */
const whileCaseOpen: readonly NoticeKind[] = [
  'safety_alarm',
  'linkage_task',
  'bad_rating',
  'rectify_overdue',
  'dispute_overdue',
  'honesty_item',
  'emergency_opened',
  'emergency_escalated',
];

/** Roles that are about being the one who has it: whoever has given it back is not reminded of it. */
const forItsVolunteer: readonly NoticeKind[] = [
  'visit_soon',
  'plan_assigned',
  'place_changed',
  'check_out_forgotten',
];

/** What a notice is about, as it stands now. */
export interface NoticeSubject {
  request?: RequestRecord;
  isNeeded: boolean;
}

const isCaseNeeded = async (ports: Pick<Ports, 'caseBook'>, { kind, about }: Notice): Promise<boolean> => {
  const caseKind = caseKinds[kind];
  if (!('caseId' in about) || caseKind === undefined) return true;
  const record = await readCase(ports, caseKind, about.caseId);
  if (record === undefined) return false;
  return !whileCaseOpen.includes(kind) || isOpen(record);
};

/** Reads what a notice is about. `isNeeded` is false for one about something that is not there, or has moved on. */
export const subjectOfNotice = async (
  ports: Pick<Ports, 'careBook' | 'caseBook'>,
  notice: Notice,
  at: Instant,
): Promise<NoticeSubject> => {
  if (notice.until !== undefined && notice.until <= at) return { isNeeded: false };
  if (!('requestId' in notice.about)) return { isNeeded: await isCaseNeeded(ports, notice) };
  const [request] = await ports.careBook.readRequests([notice.about.requestId]);
  if (request === undefined) return { isNeeded: false };
  return { request, isNeeded: whileSo[notice.kind]?.(request, at, notice.noticeId) ?? true };
};

/** Whether this one person still needs it: of what is for those who go there, whoever goes there now. */
export const isNeededBy = (
  { kind }: Pick<Notice, 'kind'>,
  { request }: NoticeSubject,
  memberId: MemberId,
): boolean =>
  request === undefined ||
  !forItsVolunteer.includes(kind) ||
  memberId === request.receiverId ||
  volunteersOf(request).includes(memberId);

const readCase = <K extends keyof StaffCases>(
  ports: Pick<Ports, 'caseBook'>,
  kind: K,
  caseId: Parameters<Ports['caseBook']['readNow']>[1],
) => ports.caseBook.readNow(kind, caseId);
