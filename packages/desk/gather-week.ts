/** Reads what a week's plan is made of: whose turn it is, what is open, who is free and may be sent. */
import type { Diary } from '@time-bank/care/diary';
import { wasMade } from '@time-bank/care/life';
import { readinessOf } from '@time-bank/care/readiness';
import type { RequestRecord } from '@time-bank/care/request';
import { services } from '@time-bank/care/service';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member, Point } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { ServiceCode } from '@time-bank/contracts/request';
import {
  type CivilDate,
  type IsoWeek,
  ageOn,
  boundsOfWeek,
  civilDateOf,
  isoWeekOf,
  plusDays,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import { usualModeOf } from '@time-bank/matching/usual-mode';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf } from './carry-out.ts';
import { eldersToVisit, urgencyOfOpen } from './elders-to-visit.ts';
import { kinAmong } from './kin-of.ts';
import { neighbourhoodOf } from './nearby-volunteers.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { coverageRows } from './read-coverage.ts';
import { areApart } from './readiness.ts';
import type { PlanFacts, VolunteerToSend } from './week-problem-of.ts';

/** What is read for a plan. */
export type PlanReads = Pick<
  Ports,
  'clock' | 'careBook' | 'people' | 'policies' | 'weekBook' | 'personFiles' | 'journal'
>;

/** A face is known that has come in the last weeks. */
const WEEKS_REMEMBERED = 8;
/** A community is visited from around it: so many of the nearest volunteers are looked at. */
const VOLUNTEERS_MAX = 500;
/** Open requests of a community's week: far fewer than this. */
const OPEN_MAX = 500;
/** So many minutes nobody of full strength reaches in a week of visits. */
const UNLIMITED_MINUTES = 7 * 24 * 60;

const middleOf = (points: readonly Point[]): Point | undefined => {
  if (points.length === 0) return undefined;
  const sum = points.reduce(
    (total, { latitude, longitude }) => ({
      latitude: total.latitude + latitude,
      longitude: total.longitude + longitude,
    }),
    { latitude: 0, longitude: 0 },
  );
  return { latitude: sum.latitude / points.length, longitude: sum.longitude / points.length };
};

/** How often each volunteer came to each elder in the last weeks. */
const knownFaces = async (
  ports: PlanReads,
  communityCode: CommunityCode,
  week: IsoWeek,
): Promise<Map<MemberId, Map<MemberId, number>>> => {
  const { from } = boundsOfWeek(week);
  const weeks = Array.from({ length: WEEKS_REMEMBERED }, (_, index) =>
    isoWeekOf(plusMinutes(from, -(index + 1) * 7 * 24 * 60)),
  );
  const rows = (
    await Promise.all(weeks.map((each) => ports.weekBook.listOfCommunity(each, communityCode)))
  ).flat();
  const known = new Map<MemberId, Map<MemberId, number>>();
  for (const { elderId, volunteerId, state } of rows) {
    if (volunteerId === undefined || !wasMade(state)) continue;
    const times = known.get(elderId) ?? new Map<MemberId, number>();
    known.set(elderId, times.set(volunteerId, (times.get(volunteerId) ?? 0) + 1));
  }
  return known;
};

const daysOf = (week: IsoWeek): CivilDate[] => {
  const monday = civilDateOf(boundsOfWeek(week).from);
  return [0, 1, 2, 3, 4, 5, 6].map((days) => plusDays(monday, days));
};

/** What a volunteer may be sent to on a day, whoever it is for. */
const servicesOn = (policy: Policy, member: Member, day: CivilDate): ServiceCode[] =>
  ServiceCode.options.filter((code) => {
    const service = services[code];
    const visit = { service, day, weekMinutes: service.defaultMinutes, isApart: false };
    return service.madeBy === 'volunteer' && readinessOf(policy, member, visit).length === 0;
  });

/**
 * Which services a volunteer's papers allow on the first day that is left of the week, and from when on they do not
 * any more: a paper that runs out in the middle of the week stops them there.
 */
const readyFor = (
  policy: Policy,
  member: Member,
  days: readonly CivilDate[],
): Pick<VolunteerToSend, 'services' | 'readyUntil'> => {
  const [first] = days;
  const codes = first === undefined ? [] : servicesOn(policy, member, first);
  const until = days.find((day) => servicesOn(policy, member, day).length < codes.length);
  return { services: new Set(codes), ...(until === undefined ? {} : { readyUntil: startOfDay(until) }) };
};

const sendable = (
  policy: Policy,
  member: Member,
  {
    days,
    elders,
    kin,
    booked,
  }: {
    days: readonly CivilDate[];
    elders: readonly Member[];
    kin: ReadonlyMap<MemberId, ReadonlySet<MemberId>>;
    booked: VolunteerToSend['booked'];
  },
): VolunteerToSend => {
  const age = ageOn(member.birthDate, days[0] ?? '');
  return {
    member,
    mode: usualModeOf(age),
    ...readyFor(policy, member, days),
    booked,
    weekMinutesMax: age >= policy.loadLimitAgeYears ? policy.loadLimitWeekMinutesMax : UNLIMITED_MINUTES,
    apart: new Set(
      elders
        .filter(
          (elder) =>
            elder.memberId === member.memberId ||
            areApart(elder, member) ||
            kin.get(elder.memberId)?.has(member.memberId) === true,
        )
        .map(({ memberId }) => memberId),
    ),
  };
};

/** The volunteers around a community, and what they have taken on. */
const volunteersAround = async (
  ports: PlanReads,
  {
    policy,
    communityCode,
    elders,
    days,
  }: {
    policy: Policy;
    communityCode: CommunityCode;
    elders: readonly Member[];
    days: readonly CivilDate[];
  },
): Promise<VolunteerToSend[]> => {
  const point = middleOf(elders.flatMap((elder) => elder.point ?? []));
  const neighbours = neighbourhoodOf(ports, {
    communityCode,
    ...(point === undefined ? {} : { point }),
    reachKm: policy.visitReachKilometresMax,
    turnAt: communityCode,
  });
  const ids = await neighbours.more(VOLUNTEERS_MAX);
  const elderIds = elders.map(({ memberId }) => memberId);
  const [members, diaries, kin] = await Promise.all([
    ports.people.readMembers(ids),
    ids.length === 0 ? new Map<MemberId, Diary>() : ports.careBook.readDiaries(ids),
    kinAmong(ports, elderIds, ids),
  ]);
  return [...members.values()]
    .filter(({ roles }) => roles.some(({ role }) => role === 'volunteer'))
    .map((member) =>
      sendable(policy, member, { days, elders, kin, booked: diaries.get(member.memberId)?.entries ?? [] }),
    );
};

/** What is still open this week: its hour stands, a volunteer is wanted. */
const openOf = async (
  ports: PlanReads,
  communityCode: CommunityCode,
  week: IsoWeek,
): Promise<RequestRecord[]> => {
  const { from, to } = boundsOfWeek(week);
  const page = await ports.careBook.listOfCommunity(communityCode, { limit: OPEN_MAX, from });
  return page.items
    .map(({ request }) => request)
    .filter(({ state, plannedStartAt }) => state === 'published' && plannedStartAt < to);
};

/** Everything a plan of a community's week is made of. */
export const gatherWeek = async (
  ports: PlanReads,
  communityCode: CommunityCode,
  week: IsoWeek,
): Promise<PlanFacts> => {
  const now = nowOf(ports);
  const policy = await policyNow(ports, communityCode);
  const [residents, rows, known, open] = await Promise.all([
    ports.people.listResidents(communityCode),
    coverageRows(ports, communityCode, week),
    knownFaces(ports, communityCode, week),
    openOf(ports, communityCode, week),
  ]);
  const members = new Map(residents.map((member) => [member.memberId, member]));
  const elders = eldersToVisit(rows, members);
  const ids = [...elders.map(({ member }) => member.memberId), ...open.map(({ receiverId }) => receiverId)];
  const wanted = new Set(ids);
  const today = civilDateOf(now);
  const days = daysOf(week).filter((day) => day >= today);
  const volunteers = await volunteersAround(ports, {
    policy,
    communityCode,
    elders: residents.filter(({ memberId }) => wanted.has(memberId)),
    days,
  });
  const rowOf = new Map(rows.map((row) => [row.elderId, row]));
  return {
    policy,
    week,
    now,
    elders,
    open: open.map((request) => ({
      request,
      receiver: members.get(request.receiverId),
      tier: urgencyOfOpen(rowOf.get(request.receiverId), request),
    })),
    volunteers,
    known,
  };
};
