/** Series as people see them: in words, with their dates of the coming weeks. */
import { repeatWords } from '@time-bank/care/repeat-words';
import { seriesDates } from '@time-bank/care/series';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { SeriesList, SeriesView } from '@time-bank/contracts/series';
import { type CivilDate, civilDateOf, plusDays } from '@time-bank/contracts/time';
import type { Words } from '@time-bank/contracts/words';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { maskedOf } from './person-masked.ts';
import type { Ports } from './ports.ts';
import { asSeriesBegan, serviceNames } from './service-names.ts';
import type { SeriesCase } from './staff-case.ts';

const SERIES_A_PAGE = 25;
/** Dates are shown this far ahead. */
const SHOWN_DAYS = 56;

const viewOf = (
  record: SeriesCase,
  people: ReadonlyMap<MemberId, Member>,
  { today, serviceWords }: { today: CivilDate; serviceWords: Words },
): SeriesView => {
  const { serviceCode, stopReason } = record;
  return {
    caseId: record.caseId,
    state: record.state,
    receiver: maskedOf(record.elderId, people),
    communityCode: record.communityCode,
    serviceCode,
    serviceWords,
    words: repeatWords({ ...record, service: serviceWords }),
    plannedMinutes: record.plannedMinutes,
    paidBy: record.paidBy,
    from: record.from,
    pauses: record.pauses,
    dates: record.state === 'open' ? seriesDates(record, today, plusDays(today, SHOWN_DAYS)) : [],
    ...(stopReason === undefined ? {} : { stopReason }),
  };
};

const viewsOf = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies'>,
  records: readonly SeriesCase[],
): Promise<SeriesView[]> => {
  const [people, nameOf] = await Promise.all([
    ports.people.readMembers([...new Set(records.map(({ elderId }) => elderId))]),
    serviceNames(ports, records.map(asSeriesBegan)),
  ]);
  const today = civilDateOf(nowOf(ports));
  return records.map((record) =>
    viewOf(record, people, { today, serviceWords: nameOf(asSeriesBegan(record)) }),
  );
};

/** One series. The grant is over its elder. */
export const readSeries = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies'>,
  _permit: Grant<'read_series'>,
  record: SeriesCase,
): Promise<Outcome<SeriesView>> => {
  const [view] = await viewsOf(ports, [record]);
  if (view === undefined) throw new Error('a series has a view');
  return done(view);
};

/** The series of a community that go on, 25 a page. Throws InvalidCursor. */
export const listSeries = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies' | 'caseBook'>,
  _permit: Grant<'list_series'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<SeriesList>> => {
  const page = await ports.caseBook.listOpen('series', community, { limit: SERIES_A_PAGE, cursor });
  const { items, ...rest } = page;
  return done({ items: await viewsOf(ports, items), ...rest });
};
