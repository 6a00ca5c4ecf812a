/**
 * A request as one person may see it. Name, telephone and address of the receiver are shown to the receiver, to
 * the coordinator, and to the volunteer from acceptance until the request is closed; to everybody else the
 * receiver is a family name in a community. Source: README "Who sees what".
 */
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { MaskedPerson, Member, Point, ReachablePerson } from '@time-bank/contracts/member';
import { surnameOf } from '@time-bank/contracts/member';
import type { RequestState, RequestView } from '@time-bank/contracts/request';
import { type Actor, holds } from '@time-bank/identity/actor';
import { kilometresBetween } from '@time-bank/matching/distance';
import type { Ports } from './ports.ts';

/** States in which the volunteer needs to find the door. */
const underWay: readonly RequestState[] = ['accepted', 'in_service', 'pending_confirm'];

/** How the person asking stands to a request. */
export const standingOf = (actor: Actor, request: RequestRecord): RequestView['mine'] => {
  if (request.receiverId === actor.memberId) return 'receiver';
  if (request.volunteerId === actor.memberId) return 'volunteer';
  return holds(actor, 'coordinator', request.communityCode) ? 'coordinator' : 'none';
};

/** A person as those may see them who need to reach them. */
export const reachablePerson = (member: Member): ReachablePerson => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  gender: member.gender,
  name: member.name,
  ...(member.phone === undefined ? {} : { phone: member.phone }),
});

const masked = (request: RequestRecord): MaskedPerson => ({
  memberId: request.receiverId,
  ...request.receiver,
});

const distanceFrom = (home: Point | undefined, request: RequestRecord): number | undefined => {
  if (home === undefined || request.place.point === undefined) return undefined;
  return Math.round(kilometresBetween(home, request.place.point) * 10) / 10;
};

interface Sight {
  actor: Actor;
  people: ReadonlyMap<MemberId, Member>;
  communityNames: ReadonlyMap<string, string>;
}

const visitPart = (facts: RequestFacts, people: Sight['people']): Pick<RequestView, 'visit'> => {
  const { visit } = facts;
  if (visit === undefined) return {};
  const volunteer = people.get(visit.volunteerId);
  if (volunteer === undefined) return {};
  const { visitId, acceptedAt, checkedInAt, checkedOutAt, servedMinutes, creditedMinutes } = visit;
  return {
    visit: {
      visitId,
      volunteer: reachablePerson(volunteer),
      acceptedAt,
      ...(checkedInAt === undefined ? {} : { checkedInAt }),
      ...(checkedOutAt === undefined ? {} : { checkedOutAt }),
      ...(servedMinutes === undefined ? {} : { servedMinutes }),
      ...(creditedMinutes === undefined ? {} : { creditedMinutes }),
    },
  };
};

const viewOf = (facts: RequestFacts, sight: Sight): RequestView => {
  const { request } = facts;
  const mine = standingOf(sight.actor, request);
  const seesPeople =
    mine === 'receiver' ||
    mine === 'coordinator' ||
    (mine === 'volunteer' && underWay.includes(request.state));
  const receiver = seesPeople ? sight.people.get(request.receiverId) : undefined;
  // Only for whoever goes there, or might.
  const goes = mine === 'none' || mine === 'volunteer';
  const distanceKm = goes ? distanceFrom(sight.people.get(sight.actor.memberId)?.point, request) : undefined;
  return {
    requestId: request.requestId,
    serviceCode: request.serviceCode,
    state: request.state,
    communityCode: request.communityCode,
    communityName: sight.communityNames.get(request.communityCode) ?? '',
    plannedStartAt: request.plannedStartAt,
    plannedMinutes: request.plannedMinutes,
    wishes: request.wishes,
    receiver: receiver === undefined ? masked(request) : reachablePerson(receiver),
    paidWithHours: request.hold !== undefined,
    mine,
    ...(seesPeople ? { address: request.place.address } : {}),
    ...(seesPeople && request.note !== undefined ? { note: request.note } : {}),
    ...(receiver?.phone === undefined ? {} : { receiverPhone: receiver.phone }),
    ...(distanceKm === undefined ? {} : { distanceKm }),
    ...(mine === 'none' ? {} : visitPart(facts, sight.people)),
  };
};

/** Makes views of requests for one person, reading each person and each region once. */
export const viewsOf = async (
  ports: Pick<Ports, 'people' | 'regions'>,
  actor: Actor,
  facts: readonly RequestFacts[],
): Promise<RequestView[]> => {
  const ids = new Set<MemberId>([actor.memberId]);
  const communities = new Set<string>();
  for (const { request, visit } of facts) {
    communities.add(request.communityCode);
    if (standingOf(actor, request) === 'none') continue;
    ids.add(request.receiverId);
    if (visit !== undefined) ids.add(visit.volunteerId);
  }
  const [people, regions] = await Promise.all([
    ports.people.readMembers([...ids]),
    Promise.all([...communities].map((code) => ports.regions.read(code))),
  ]);
  const communityNames = new Map(
    regions.flatMap((region) => (region === undefined ? [] : [[region.code, region.name]])),
  );
  return facts.map((each) => viewOf(each, { actor, people, communityNames }));
};
