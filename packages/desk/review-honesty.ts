/** Items for review: what a look at many visits has found, and what staff made of it. */
import type { HonestyItem, HonestyList, ReviewItem, ReviewReceipt } from '@time-bank/contracts/confirming';
import { honestyWords } from '@time-bank/contracts/honesty-words';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { RegionCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import { maskedPeople } from './masked-people.ts';
import type { Ports } from './ports.ts';
import type { HonestyRecord } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

const ITEMS_A_PAGE = 25;

const receiptOf = ({ caseId, review }: HonestyRecord): ReviewReceipt => {
  if (review === undefined) throw new Error('an item that was reviewed has its review');
  return { caseId, outcome: review.outcome, at: review.at };
};

/**
 * Says what was made of an item, once. The grant is over its region, and over nobody's own affair.
 * Refuses: unknown_case, exists_with_different_content, id_too_old, id_from_the_future, case_closed, busy_try_again.
 */
export const reviewHonesty = (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'review_honesty'>,
  asRead: HonestyRecord,
  { commandId, outcome, reason }: ReviewItem,
): Promise<Outcome<ReviewReceipt>> => {
  const command = caseCommand(ports, permit, commandId, [asRead.caseId, outcome, reason]);
  return stepCase<HonestyRecord, ReviewReceipt>(asRead, {
    command,
    seen: (record) => {
      if (record.review?.commandId !== commandId) return undefined;
      return record.review.fingerprint === command.fingerprint
        ? replayed(receiptOf(record))
        : refused('exists_with_different_content');
    },
    attempt: async (record) => {
      if (record.state === 'ended') return refused('case_closed');
      const review = { ...command, outcome, reason };
      const next: HonestyRecord = { ...record, version: record.version + 1, state: 'ended', review };
      return (await ports.caseBook.move(next)) ? done(receiptOf(next)) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('honesty', asRead.caseId),
  });
};

/** The open items of a community or a county, 25 a page, the oldest first. Throws InvalidCursor. */
export const listHonesty = async (
  ports: Pick<Ports, 'caseBook' | 'people'>,
  _permit: Grant<'list_honesty'>,
  region: RegionCode,
  cursor?: string,
): Promise<Outcome<HonestyList>> => {
  const { items, ...rest } = await ports.caseBook.listOpen('honesty', region, {
    limit: ITEMS_A_PAGE,
    cursor,
  });
  const masked = await maskedPeople(
    ports,
    items.flatMap(({ finding }) => finding?.subjects ?? []),
  );
  return done({
    items: items.flatMap(({ caseId, region: place, openedAt, finding }): HonestyItem[] =>
      finding === undefined
        ? []
        : [
            {
              ...finding,
              caseId,
              region: place,
              subjects: finding.subjects.map(masked),
              why: honestyWords(finding.kind, finding.figures),
              openedAt,
            },
          ],
    ),
    ...rest,
  });
};
