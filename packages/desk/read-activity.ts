/** Activities as everybody sees them, as those see them who hold them, and what a person has served at them. */
import { placesLeft } from '@time-bank/care/activity';
import { services } from '@time-bank/care/service';
import type {
  ActivityList,
  ActivityName,
  ActivityRecordList,
  ActivityRecordView,
  ActivitySheet,
  ActivityView,
} from '@time-bank/contracts/activity';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import type { ActivityLeaf } from './person-leaf.ts';
import { maskedOf } from './person-masked.ts';
import type { Ports } from './ports.ts';
import type { ActivityCase } from './staff-case.ts';

const ACTIVITIES_A_PAGE = 25;

const commonOf = (record: ActivityCase): Omit<ActivityView, 'mine'> => ({
  caseId: record.caseId,
  state: record.state,
  organisationId: record.organisationId,
  organisationName: record.organisationName,
  communityCode: record.communityCode,
  serviceCode: record.serviceCode,
  serviceWords: services[record.serviceCode].words,
  title: record.title,
  startAt: record.startAt,
  plannedMinutes: record.plannedMinutes,
  place: record.place,
  ...(record.note === undefined ? {} : { note: record.note }),
  volunteerPlaces: record.volunteerPlaces,
  guestPlaces: record.guestPlaces,
  volunteersLeft: placesLeft(record, 'volunteer'),
  guestsLeft: placesLeft(record, 'guest'),
  waiting: record.names.filter(({ standing }) => standing === 'waiting').length,
});

const viewOf = (record: ActivityCase, memberId: MemberId): ActivityView => {
  const mine = record.names.find((name) => name.memberId === memberId);
  return {
    ...commonOf(record),
    ...(mine === undefined ? {} : { mine: { part: mine.part, standing: mine.standing } }),
  };
};

/** The open activities of a community, 25 a page, the soonest first. Throws InvalidCursor. */
export const listActivities = async (
  ports: Pick<Ports, 'caseBook'>,
  permit: Grant<'list_activities'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<ActivityList>> => {
  const page = await ports.caseBook.listOpen('activity', community, { limit: ACTIVITIES_A_PAGE, cursor });
  const { items, ...rest } = page;
  return done({ items: items.map((record) => viewOf(record, permit.actor.memberId)), ...rest });
};

const nameOf = (name: ActivityCase['names'][number], people: ReadonlyMap<MemberId, Member>): ActivityName => {
  const member = people.get(name.memberId);
  const masked = maskedOf(name.memberId, people);
  const phone = member?.phone === undefined ? {} : { phone: member.phone };
  return {
    person: member === undefined ? masked : { ...masked, name: member.name, ...phone },
    part: name.part,
    standing: name.standing,
    isMinor: name.isMinor,
    ...(name.minutes === undefined ? {} : { minutes: name.minutes }),
  };
};

/** One activity with its list. The grant is over its community. */
export const readActivity = async (
  ports: Pick<Ports, 'people'>,
  _permit: Grant<'read_activity'>,
  record: ActivityCase,
): Promise<Outcome<ActivitySheet>> => {
  const people = await ports.people.readMembers(record.names.map(({ memberId }) => memberId));
  return done({
    ...commonOf(record),
    names: record.names.map((name) => nameOf(name, people)),
    ...(record.banked === undefined ? {} : { bankedMinutes: record.banked.totalMinutes }),
  });
};

/** What somebody has served at one activity. */
export const recordView = ({
  activityId,
  title,
  organisationName,
  serviceCode,
  date,
  minutes,
}: ActivityLeaf): ActivityRecordView => ({
  caseId: activityId,
  title,
  organisationName,
  serviceCode,
  serviceWords: services[serviceCode].words,
  date,
  minutes,
});

/** What I have served at activities, the oldest first. */
export const listActivityRecords = async (
  ports: Pick<Ports, 'personFiles'>,
  permit: Grant<'read_me'>,
): Promise<Outcome<ActivityRecordList>> => {
  const leaves = await ports.personFiles.listNow('activity', permit.actor.memberId);
  const items = leaves.map(recordView);
  return done({ items, totalMinutes: items.reduce((sum, { minutes }) => sum + minutes, 0) });
};
