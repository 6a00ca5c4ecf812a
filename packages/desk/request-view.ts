/**
 * A request as one person may see it. Name, telephone and address of the receiver are shown to the receiver, to a
 * helper who is bound to them, to the staff who look after them, and to the volunteer from acceptance until the
 * request is closed; to everybody else the receiver is a family name in a community. Source: README "Who sees what".
 */
import {
  type RequestFacts,
  type RequestRecord,
  type VisitRecord,
  partsOf,
  volunteersOf,
} from '@time-bank/care/request';
import { isRefunded } from '@time-bank/care/review';
import type { MemberId } from '@time-bank/contracts/ids';
import type { MaskedPerson, Member, Point, ReachablePerson } from '@time-bank/contracts/member';
import { surnameOf } from '@time-bank/contracts/member';
import { needsTheDoor } from '@time-bank/care/life';
import type { RequestStep, RequestView, VisitView } from '@time-bank/contracts/request';
import type { Actor } from '@time-bank/identity/actor';
import { type Grant, type Via, grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { kilometresBetween } from '@time-bank/matching/distance';
import { actedBy, actorInName } from './acted-by.ts';
import { maskedOf } from './person-masked.ts';
import type { Ports } from './ports.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

/** In which capacity the person asking could read a request of a list. */
const viaOf = (actor: Actor, request: RequestRecord): Via | undefined => {
  const { communityCode, receiverId, state } = request;
  const leave = grant(actor, 'read_request', { communityCode, receiverId, open: state === 'published' });
  return leave.kind === 'refused' ? undefined : leave.value.via;
};

const isOfStaff = (permit: Grant<Action>, request: RequestRecord): boolean => {
  // Whoever has this list looks after all that stands in it.
  if (permit.action === 'list_community_requests') return true;
  const via = permit.action === 'read_request' ? permit.via : viaOf(permit.actor, request);
  return via?.relation === 'own_region' && via.holder !== 'volunteer';
};

/** How the person asking stands to a request; `coordinator`: anybody on the staff whom the table lets read it. */
const standingOf = (permit: Grant<Action>, request: RequestRecord): RequestView['mine'] => {
  if (request.receiverId === permit.actor.memberId) return 'receiver';
  if (volunteersOf(request).includes(permit.actor.memberId)) return 'volunteer';
  if (permit.via.relation === 'bound') return 'helper';
  return isOfStaff(permit, request) ? 'coordinator' : 'none';
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
  permit: Grant<Action>;
  people: ReadonlyMap<MemberId, Member>;
  communityNames: ReadonlyMap<string, string>;
  nameOf: ServiceNames;
}

const partView = (visit: VisitRecord, people: Sight['people']): VisitView | undefined => {
  const volunteer = people.get(visit.volunteerId);
  if (volunteer === undefined) return undefined;
  const { visitId, acceptedAt, checkedInAt, checkedOutAt, servedMinutes, creditedMinutes } = visit;
  return {
    visitId,
    volunteer: reachablePerson(volunteer),
    acceptedAt,
    ...(checkedInAt === undefined ? {} : { checkedInAt }),
    ...(checkedOutAt === undefined ? {} : { checkedOutAt }),
    ...(servedMinutes === undefined ? {} : { servedMinutes }),
    ...(creditedMinutes === undefined ? {} : { creditedMinutes }),
  };
};

/** The parts of those who have it; whoever goes finds their own first. */
const visitParts = (facts: RequestFacts, sight: Sight): Pick<RequestView, 'visit' | 'second'> => {
  const { memberId } = sight.permit.actor;
  const views = partsOf(facts)
    .sort((one, other) => Number(other.volunteerId === memberId) - Number(one.volunteerId === memberId))
    .map((part) => partView(part, sight.people))
    .filter((view) => view !== undefined);
  const [visit, second] = views;
  return { ...(visit === undefined ? {} : { visit }), ...(second === undefined ? {} : { second }) };
};

/** Who goes already where one more is looked for: all that whoever might join is told of them. */
const companionOf = ({ state, volunteerId, persons }: RequestRecord): MemberId | undefined =>
  state === 'published' && persons === 2 ? volunteerId : undefined;

const companionPart = (request: RequestRecord, people: Sight['people']): Pick<RequestView, 'companion'> => {
  const companionId = companionOf(request);
  return companionId === undefined ? {} : { companion: maskedOf(companionId, people) };
};

/** What the elder's file says to whoever is on the way to them, and to nobody who is not. */
const filePart = (receiver: Member | undefined): Pick<RequestView, 'elderWishes' | 'homeNotes'> => {
  const { wishes, homeNotes } = receiver?.elderFile ?? {};
  return {
    ...(wishes === undefined ? {} : { elderWishes: wishes }),
    ...(homeNotes === undefined ? {} : { homeNotes }),
  };
};

/** Who sees by whom a request was moved along. */
const seesSteps: readonly RequestView['mine'][] = ['receiver', 'helper', 'coordinator'];

const stepsOf = ({ history }: RequestRecord, people: Sight['people']): RequestStep[] =>
  history.map((event) => {
    const acted = actorInName(event);
    const actor = acted === undefined ? undefined : people.get(acted.actorId);
    return {
      state: event.receipt.state,
      at: event.at,
      channel: event.channel,
      ...(acted === undefined || actor === undefined ? {} : { by: actedBy(actor, acted.as) }),
    };
  });

/** How it has moved, and why it moved last. */
const stepsPart = (
  request: RequestRecord,
  people: Sight['people'],
): Pick<RequestView, 'steps' | 'reason'> => {
  const reason = request.history.at(-1)?.reason;
  return { steps: stepsOf(request, people), ...(reason === undefined ? {} : { reason }) };
};

const viewOf = (facts: RequestFacts, sight: Sight): RequestView => {
  const { request } = facts;
  const mine = standingOf(sight.permit, request);
  const seesPeople =
    mine === 'receiver' ||
    mine === 'helper' ||
    mine === 'coordinator' ||
    (mine === 'volunteer' && needsTheDoor(request.state));
  const receiver = seesPeople ? sight.people.get(request.receiverId) : undefined;
  // Only for whoever goes there, or might.
  const goes = mine === 'none' || mine === 'volunteer';
  const distanceKm = goes
    ? distanceFrom(sight.people.get(sight.permit.actor.memberId)?.point, request)
    : undefined;
  return {
    requestId: request.requestId,
    serviceCode: request.serviceCode,
    serviceWords: sight.nameOf(request),
    state: request.state,
    communityCode: request.communityCode,
    communityName: sight.communityNames.get(request.communityCode) ?? '',
    plannedStartAt: request.plannedStartAt,
    plannedMinutes: request.plannedMinutes,
    wishes: request.wishes,
    receiver: receiver === undefined ? masked(request) : reachablePerson(receiver),
    paidWithHours: request.hold !== undefined || isRefunded(request),
    mine,
    ...(seesPeople ? { address: request.place.address } : {}),
    ...(seesPeople && request.note !== undefined ? { note: request.note } : {}),
    ...(receiver?.phone === undefined ? {} : { receiverPhone: receiver.phone }),
    ...(mine === 'volunteer' ? filePart(receiver) : {}),
    ...(distanceKm === undefined ? {} : { distanceKm }),
    ...(mine === 'none' ? companionPart(request, sight.people) : visitParts(facts, sight)),
    ...(request.persons === undefined ? {} : { persons: request.persons }),
    ...(request.priority === undefined ? {} : { priority: request.priority }),
    ...(seesSteps.includes(mine) ? stepsPart(request, sight.people) : {}),
  };
};

/** Makes views of requests for one person, reading each person and each region once. */
export const viewsOf = async (
  ports: Pick<Ports, 'people' | 'regions' | 'policies'>,
  permit: Grant<Action>,
  facts: readonly RequestFacts[],
): Promise<RequestView[]> => {
  const ids = new Set<MemberId>([permit.actor.memberId]);
  const communities = new Set<string>();
  for (const each of facts) {
    const { request } = each;
    communities.add(request.communityCode);
    const companionId = companionOf(request);
    if (companionId !== undefined) ids.add(companionId);
    if (standingOf(permit, request) === 'none') continue;
    ids.add(request.receiverId);
    for (const { volunteerId } of partsOf(each)) ids.add(volunteerId);
    for (const event of request.history) {
      const acted = actorInName(event);
      if (acted !== undefined) ids.add(acted.actorId);
    }
  }
  const [people, regions, nameOf] = await Promise.all([
    ports.people.readMembers([...ids]),
    Promise.all([...communities].map((code) => ports.regions.read(code))),
    serviceNames(
      ports,
      facts.map(({ request }) => request),
    ),
  ]);
  const communityNames = new Map(
    regions.flatMap((region) => (region === undefined ? [] : [[region.code, region.name]])),
  );
  return facts.map((each) => viewOf(each, { permit, people, communityNames, nameOf }));
};
