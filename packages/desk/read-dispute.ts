/** Disputes as both sides and the staff see them. */
import { disputeOf } from '@time-bank/care/dispute';
import type { RequestFacts } from '@time-bank/care/request';
import type { DisputeList, DisputeView } from '@time-bank/contracts/confirming';
import { CommandId } from '@time-bank/contracts/ids';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { RegionCode } from '@time-bank/contracts/region';
import { type Instant, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { viewsOf } from './request-view.ts';
import type { DisputeRecord } from './staff-case.ts';

const DISPUTES_A_PAGE = 25;
/** What stands in the place of words that somebody wrote, for those who must not know whom they are about. */
const MASKED = '***';

const viewOf = (record: DisputeRecord, now: Instant, isMasked: boolean): DisputeView => {
  const { answer, appeal, credits, state, dueAt } = record;
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
  const words = (text: string): string => (isMasked ? MASKED : text);
  return {
    caseId: record.caseId,
    requestId: record.requestId,
    communityCode: record.communityCode,
    state,
    level: record.level,
    kind: record.complaint,
    by: record.by,
    words: words(record.words),
    openedAt: record.openedAt,
    dueBy: dueAt,
    isOverdue: (state === 'open' || state === 'appealed') && msOf(dueAt) < msOf(now),
    disputedMinutes: sum(credits.map(({ minutes }) => minutes)),
    frozenMinutes: sum(credits.map(({ frozen }) => frozen?.minutes ?? 0)),
    ...(answer === undefined ? {} : { answer: { ...answer, words: words(answer.words) } }),
    ...(appeal === undefined ? {} : { appeal: { ...appeal, words: words(appeal.words) } }),
    decisions: record.decisions.map(({ level, outcome, reason, at }) => ({
      level,
      outcome,
      reason: words(reason),
      at,
    })),
  };
};

/** The dispute about a visit, open or decided; undefined where nobody has disputed it. */
export const disputeAbout = async (
  ports: Pick<Ports, 'caseBook'>,
  { request }: RequestFacts,
): Promise<DisputeRecord | undefined> => {
  const caseId = CommandId.safeParse(disputeOf(request));
  return caseId.success ? ports.caseBook.readNow('dispute', caseId.data) : undefined;
};

/** One dispute with its visit. The grant is over the request. */
export const readDispute = async (
  ports: Pick<Ports, 'clock' | 'people' | 'regions' | 'policies'>,
  permit: Grant<'read_dispute'>,
  { facts, record }: { facts: RequestFacts; record: DisputeRecord },
): Promise<Outcome<DisputeView>> => {
  const [request] = permit.isMasked ? [] : await viewsOf(ports, permit, [facts]);
  const view = viewOf(record, nowOf(ports), permit.isMasked);
  return done({ ...view, ...(request === undefined ? {} : { request }) });
};

/** The open disputes of a community or a county, 25 a page, the soonest due first. Throws InvalidCursor. */
export const listDisputes = async (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'list_disputes'>,
  region: RegionCode,
  cursor?: string,
): Promise<Outcome<DisputeList>> => {
  const { items, ...rest } = await ports.caseBook.listOpen('dispute', region, {
    limit: DISPUTES_A_PAGE,
    cursor,
  });
  const now = nowOf(ports);
  return done({ items: items.map((record) => viewOf(record, now, permit.isMasked)), ...rest });
};
