/** The visits that come: who comes next to an elder, and where a volunteer goes next. */
import { isOnItsWay, isTaken, waitsForAWord } from '@time-bank/care/life';
import { type RequestFacts, type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { type MaskedPerson, type Member, surnameOf } from '@time-bank/contracts/member';
import type { NextVisit, NextVisits } from '@time-bank/contracts/notices';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { type Instant, civilDateOf, startOfDay } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

/** Two visits a day for some weeks; the lists begin with the latest. */
const VISITS_MAX = 50;

type Work = Pick<Ports, 'clock' | 'careBook' | 'people' | 'policies'>;

/** To come, or begun; who has left comes no more, whatever is still to be said of the visit. */
const isToCome = (state: RequestRecord['state']): boolean =>
  (isOnItsWay(state) || state === 'unfilled') && !waitsForAWord(state) && state !== 'aborted';

/** Visits of today, begun ones among them, and later ones, soonest first. */
const comingOf = (facts: readonly RequestFacts[], from: Instant): RequestRecord[] =>
  facts
    .map(({ request }) => request)
    .filter(({ state, plannedStartAt }) => isToCome(state) && plannedStartAt >= from)
    .sort((one, other) => (one.plannedStartAt < other.plannedStartAt ? -1 : 1));

const maskedPerson = (member: Member): MaskedPerson => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  gender: member.gender,
});

const known = (people: ReadonlyMap<MemberId, Member>, ids: readonly MemberId[]): Member[] =>
  ids.flatMap((id) => people.get(id) ?? []);

const visitOf = (
  request: RequestRecord,
  people: ReadonlyMap<MemberId, Member>,
  nameOf: ServiceNames,
): NextVisit => ({
  requestId: request.requestId,
  serviceCode: request.serviceCode,
  serviceWords: nameOf(request),
  state: request.state,
  plannedStartAt: request.plannedStartAt,
  plannedMinutes: request.plannedMinutes,
  volunteers: known(people, volunteersOf(request)).map(maskedPerson),
});

const startOfToday = (ports: Pick<Ports, 'clock'>): Instant => startOfDay(civilDateOf(nowOf(ports)));

/** Who comes to somebody. The grant is over them. */
export const listVisitsTo = async (
  ports: Work,
  _permit: Grant<'list_own_requests'> | Grant<'read_request'>,
  receiverId: MemberId,
): Promise<Outcome<NextVisits>> => {
  const { items } = await ports.careBook.listReceived(receiverId, { limit: VISITS_MAX });
  const coming = comingOf(items, startOfToday(ports));
  const [people, nameOf] = await Promise.all([
    ports.people.readMembers([...new Set(coming.flatMap(volunteersOf))]),
    serviceNames(ports, coming),
  ]);
  return done({ items: coming.map((request) => visitOf(request, people, nameOf)) });
};

/** Where a volunteer goes: with the name and the address, as they have taken these visits. */
export const listVisitsBy = async (
  ports: Work,
  { actor: { memberId } }: Grant<'list_own_requests'>,
): Promise<Outcome<NextVisits>> => {
  const { items } = await ports.careBook.listVisited(memberId, { limit: VISITS_MAX });
  const coming = comingOf(items, startOfToday(ports)).filter((request) =>
    volunteersOf(request).includes(memberId),
  );
  const ids = new Set(coming.flatMap((request) => [request.receiverId, ...volunteersOf(request)]));
  const [people, nameOf] = await Promise.all([
    ports.people.readMembers([...ids]),
    serviceNames(ports, coming),
  ]);
  return done({
    items: coming.map((request) => {
      const name = people.get(request.receiverId)?.name;
      const isShown = name !== undefined && (isTaken(request.state) || request.state === 'in_service');
      const receiver = isShown ? { receiver: { name, address: request.place.address } } : {};
      return { ...visitOf(request, people, nameOf), ...receiver };
    }),
  });
};
