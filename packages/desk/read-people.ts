/** Reading people: oneself, and a community's elders. */
import { type ElderRow, type Me, type Member, maskedName } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode, Region } from '@time-bank/contracts/region';
import { type Instant, ageOn, civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { communitiesWithin } from './list-requests.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { mayRedeem } from './redeem-hours.ts';

/** Oneself. Refuses: not_signed_in where the person is gone. */
export const readMe = async (
  ports: Pick<Ports, 'clock' | 'people' | 'regions' | 'policies'>,
  permit: Grant<'read_me'>,
): Promise<Outcome<Me>> => {
  const member = await ports.people.readMember(permit.actor.memberId);
  if (member === undefined) return refused('not_signed_in');
  const [region, policy] = await Promise.all([
    ports.regions.read(member.communityCode),
    policyNow(ports, member.communityCode),
  ]);
  return done({
    member,
    communityName: region?.name ?? '',
    mayRedeem: mayRedeem(policy, member, instantOf(ports.clock.nowMs())),
  });
};

/** The communities that somebody on the staff looks after, by code. */
export const listCommunities = async (
  ports: Pick<Ports, 'regions'>,
  permit: Grant<'list_communities'>,
): Promise<Outcome<{ items: Region[] }>> => {
  const codes = await communitiesWithin(ports, permit.reaches);
  const regions = await Promise.all(codes.map((code) => ports.regions.read(code)));
  return done({ items: regions.filter((region) => region !== undefined) });
};

/** An elder as a row of a list; whoever must not know whom they see gets a family name and no address. */
export const elderRow = (member: Member, now: Instant, { isMasked } = { isMasked: false }): ElderRow => ({
  memberId: member.memberId,
  name: isMasked ? maskedName(member.name) : member.name,
  gender: member.gender,
  age: ageOn(member.birthDate, civilDateOf(now)),
  communityCode: member.communityCode,
  address: isMasked ? '' : member.address,
  hasPhone: member.phone !== undefined,
  ...(member.livingSituation === undefined ? {} : { livingSituation: member.livingSituation }),
  ...(member.abilityLevel === undefined ? {} : { abilityLevel: member.abilityLevel }),
});

/** The elders of a community: those who live alone first, then by age. */
export const listElders = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  permit: Grant<'list_elders'>,
  communityCode: CommunityCode,
): Promise<Outcome<{ items: ElderRow[] }>> => {
  const now = instantOf(ports.clock.nowMs());
  const residents = await ports.people.listResidents(communityCode);
  const items = residents
    .map((member) => elderRow(member, now, permit))
    .sort(
      (a, b) =>
        Number(b.livingSituation === 'alone') - Number(a.livingSituation === 'alone') ||
        b.age - a.age ||
        (a.memberId < b.memberId ? -1 : 1),
    );
  return done({ items });
};
