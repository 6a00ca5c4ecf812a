/** Safety alarms as those see them who look after the place. */
import { SECOND_TRY_MINUTES } from '@time-bank/care/alarm';
import type { AlarmList, AlarmView } from '@time-bank/contracts/alarm';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import type { AlarmRecord } from './staff-case.ts';

const A_PAGE = 50;

/** By when somebody was to have gone there again; the case's own date moves on with every reminder. */
const dueOf = ({ openedAt }: AlarmRecord): Instant => plusMinutes(openedAt, SECOND_TRY_MINUTES);

const viewOf = (
  record: AlarmRecord,
  elder: Member,
  { isMasked, now }: { isMasked: boolean; now: Instant },
): AlarmView => ({
  caseId: record.caseId,
  alarm: record.alarm,
  communityCode: record.communityCode,
  elder: { memberId: elder.memberId, surname: surnameOf(elder.name), gender: elder.gender },
  ...(isMasked ? {} : { elderName: elder.name }),
  ...(isMasked || elder.phone === undefined ? {} : { phone: elder.phone }),
  ...(record.requestId === undefined ? {} : { requestId: record.requestId }),
  openedAt: record.openedAt,
  dueAt: dueOf(record),
  isOverdue: record.state === 'open' && msOf(dueOf(record)) <= msOf(now),
  state: record.state,
  acts: record.acts.map(({ fingerprint: _fingerprint, ...act }) => act),
});

/** One alarm. Refuses: unknown_case where whom it is about is gone. */
export const readAlarm = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  permit: Grant<'list_alarms'>,
  record: AlarmRecord,
): Promise<Outcome<AlarmView>> => {
  const elder = await ports.people.readMember(record.elderId);
  if (elder === undefined) return refused('unknown_case');
  return done(viewOf(record, elder, { isMasked: permit.isMasked, now: nowOf(ports) }));
};

/** The open alarms of a community, soonest due first. */
export const listAlarms = async (
  ports: Pick<Ports, 'clock' | 'people' | 'caseBook'>,
  permit: Grant<'list_alarms'>,
  communityCode: CommunityCode,
  cursor?: string,
): Promise<Outcome<AlarmList>> => {
  const { items, ...rest } = await ports.caseBook.listOpen('alarm', communityCode, { limit: A_PAGE, cursor });
  const people: ReadonlyMap<MemberId, Member> = await ports.people.readMembers(
    items.map(({ elderId }) => elderId),
  );
  const about = { isMasked: permit.isMasked, now: nowOf(ports) };
  return done({
    ...rest,
    items: items.flatMap((record) => {
      const elder = people.get(record.elderId);
      return elder === undefined ? [] : [viewOf(record, elder, about)];
    }),
  });
};
