/** Whom a decision would touch, before anybody has to decide it. */
import { AccountId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { SimulatePolicy, SimulationView } from '@time-bank/contracts/policy';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { CommunityCode, type RegionCode, countyOf, liesWithin } from '@time-bank/contracts/region';
import { type CivilDate, type Instant, ageOn, startOfDay } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { type AccountHead, heldOf, isOver, spendableOf, yearTally } from '@time-bank/ledger/account';
import { type SimulationSubject, simulateChange } from '@time-bank/policy/simulate';
import { nowOf } from './carry-out.ts';
import { tagsOn } from './elder-file.ts';
import type { Ports } from './ports.ts';
import { draftChange } from './publish-policy.ts';

/** A county's people are looked at within one request; of a larger region those that come first. */
const PEOPLE_MAX = 10_000;
/** As many accounts as one read gives. */
const BATCH = 100;

type Books = Pick<Ports, 'journal' | 'people' | 'regions'>;

/** Those who live in a region: who receives care and who gives it, community by community. */
const peopleOf = async (ports: Books, region: RegionCode): Promise<{ people: Member[]; isAll: boolean }> => {
  const people = new Map<string, Member>();
  const asked = new Set<RegionCode>();
  const add = (members: readonly Member[]): void => {
    for (const member of members) {
      if (liesWithin(member.communityCode, region)) people.set(member.memberId, member);
    }
  };
  for (const { code } of await ports.regions.listCommunities(region)) {
    if (people.size > PEOPLE_MAX) break;
    const community = CommunityCode.parse(code);
    const county = countyOf(community);
    if (!asked.has(county)) add(await ports.people.listVolunteers(county));
    asked.add(county);
    add(await ports.people.listResidents(community));
  }
  return { people: [...people.values()].slice(0, PEOPLE_MAX), isAll: people.size <= PEOPLE_MAX };
};

const subjectOf = (member: Member, head: AccountHead, day: CivilDate, at: Instant): SimulationSubject => ({
  accountId: head.accountId,
  region: member.communityCode,
  ageYears: ageOn(member.birthDate, day),
  livingSituation: member.livingSituation,
  abilityLevel: member.abilityLevel,
  tags: tagsOn(member, day),
  spendableMinutes: spendableOf(head, at),
  heldMinutes: heldOf(head, at),
  hasOpenHolds: Object.values(head.holds).some(({ lapsesAt }) => !isOver(lapsesAt, at)),
  giftedThisYearMinutes: head.tallies[yearTally(day)] ?? 0,
});

/** The people with their accounts as they stand. Who has no account is left out. */
const subjectsOf = async (
  ports: Books,
  people: readonly Member[],
  day: CivilDate,
  at: Instant,
): Promise<SimulationSubject[]> => {
  const subjects: SimulationSubject[] = [];
  for (let start = 0; start < people.length; start += BATCH) {
    const batch = people.slice(start, start + BATCH);
    const heads = await ports.journal.readAccountsNow(batch.map(({ memberId }) => accountOf(memberId)));
    for (const member of batch) {
      const head = heads.get(accountOf(member.memberId));
      if (head !== undefined) subjects.push(subjectOf(member, head, day, at));
    }
  }
  return subjects;
};

/**
 * Tells which accounts of a region a decision would touch on its first day, as they stand now. Nothing is
 * written. The grant is over the region.
 * Refuses: invalid_fields, with the problem's code under the name of the value.
 */
export const simulatePolicy = async (
  ports: Books & Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<'simulate_policy'>,
  body: SimulatePolicy,
): Promise<Outcome<SimulationView>> => {
  const book = await ports.policies.readBookNow();
  const draft = draftChange(ports, book, { ...body, author: permit.actor.memberId, reason: 'to be seen' });
  if (draft.kind === 'refused') return draft;
  const { validFrom } = draft.value;
  const now = nowOf(ports);
  const firstMoment = startOfDay(validFrom);
  const { people, isAll } = await peopleOf(ports, body.region);
  const at = firstMoment > now ? firstMoment : now;
  const subjects = await subjectsOf(ports, people, validFrom, at);
  const { subjectCount, touchedCount, rows } = simulateChange(book, draft.value, subjects);
  return done({
    subjectCount,
    touchedCount,
    isComplete: isAll,
    rows: rows.map(({ key, accountIds, ...row }) => ({
      ...row,
      name: key,
      accountIds: accountIds.map((id) => AccountId.parse(id)),
    })),
  });
};
