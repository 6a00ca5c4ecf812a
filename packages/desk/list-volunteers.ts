/** Volunteers as those see them who check and send them: where each stands, and what runs out. */
import { readinessOf, runningOutBy, stateOn } from '@time-bank/care/readiness';
import { services } from '@time-bank/care/service';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { type RegionCode, liesWithin } from '@time-bank/contracts/region';
import { type CivilDate, ageOn, civilDateOf, plusDays } from '@time-bank/contracts/time';
import type {
  VolunteerFile,
  VolunteerList,
  VolunteerQuery,
  VolunteerView,
  Volunteering,
} from '@time-bank/contracts/volunteering';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf } from './carry-out.ts';
import { versionOf } from './change-file.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** A month's notice of what runs out. */
const NOTICE_DAYS = 30;
/** As many as a reviewer reads through. */
const LIST_MAX = 200;

/** Somebody with the role and no papers: entered by a list from before papers were kept. */
const without: Volunteering = { state: 'applied', since: '2000-01-01', trainings: [], licences: [] };

interface Looking {
  permit: Grant<Action>;
  policy: Policy;
  today: CivilDate;
}

const viewOf = (member: Member, { permit, policy, today }: Looking): VolunteerView => {
  const { volunteering = without } = member;
  const { pausedUntil } = volunteering;
  const visit = { service: services.B01, day: today, weekMinutes: 0, isApart: false };
  return {
    memberId: member.memberId,
    surname: surnameOf(member.name),
    ...(permit.isMasked ? {} : { name: member.name }),
    age: ageOn(member.birthDate, today),
    communityCode: member.communityCode,
    version: versionOf(member),
    state: stateOn(volunteering, today),
    since: volunteering.since,
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
    notReady: readinessOf(policy, member, visit),
    runningOut: runningOutBy(volunteering, plusDays(today, NOTICE_DAYS)),
  };
};

/** Papers without their numbers, for those who must not know whose they are. */
const masked = ({ guardianConsent: _guardian, ...papers }: Volunteering): Volunteering => ({
  ...papers,
  licences: papers.licences.map(({ number: _number, ...licence }) => licence),
  ...(papers.insurance === undefined ? {} : { insurance: { ...papers.insurance, number: '*' } }),
});

/** A volunteer with all papers. The grant is over them. Refuses: unknown_file. */
export const readVolunteer = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<'read_volunteer_file'>,
  member: Member,
): Promise<Outcome<VolunteerFile>> => {
  const { volunteering } = member;
  if (volunteering === undefined) return refused('unknown_file');
  const policy = await policyNow(ports, member.communityCode);
  const today = civilDateOf(nowOf(ports));
  const papers = permit.isMasked ? masked(volunteering) : volunteering;
  return done({ ...viewOf(member, { permit, policy, today }), papers });
};

/** Those of whom something runs out first; the rest by their ids. */
const bySoonest = (one: VolunteerView, other: VolunteerView): number => {
  const [first = '9999', second = '9999'] = [one.runningOut[0]?.until, other.runningOut[0]?.until];
  if (first !== second) return first < second ? -1 : 1;
  return one.memberId < other.memberId ? -1 : 1;
};

const countyWith = (region: RegionCode): RegionCode => region.slice(0, 6);

/** The volunteers of a county or a part of it, in one state or in any. The grant is over the region. */
export const listVolunteers = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies'>,
  permit: Grant<'list_volunteers'>,
  { region, state }: VolunteerQuery,
): Promise<Outcome<VolunteerList>> => {
  const today = civilDateOf(nowOf(ports));
  const [volunteers, policy] = await Promise.all([
    ports.people.listVolunteers(countyWith(region)),
    policyNow(ports, region),
  ]);
  const views = volunteers
    .filter(({ communityCode }) => liesWithin(communityCode, region))
    .map((member) => viewOf(member, { permit, policy, today }))
    .filter((view) => state === undefined || view.state === state)
    .sort(bySoonest);
  return done({ items: views.slice(0, LIST_MAX), total: views.length });
};
