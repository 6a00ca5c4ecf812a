/**
 * Eight weeks of visits for the demo town, up to the week that comes: asked for, made and confirmed through the
 * same use cases that people use, on a clock that is set back. Everything follows from the seed and the moment
 * at which the town was founded, so a filling that was cut off is finished by doing it again.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { type IdMaker, type MemberId, idMaker } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt, ServiceCode } from '@time-bank/contracts/request';
import {
  type Instant,
  ageOn,
  boundsOfWeek,
  civilDateOf,
  isoWeekOf,
  msOf,
  plusMinutes,
} from '@time-bank/contracts/time';
import { acceptRequest } from '@time-bank/desk/accept-request';
import { cancelRequest } from '@time-bank/desk/cancel-request';
import { checkIn } from '@time-bank/desk/check-in';
import { checkOut } from '@time-bank/desk/check-out';
import { confirmVisit } from '@time-bank/desk/confirm-visit';
import type { Ports } from '@time-bank/desk/ports';
import { postRequest } from '@time-bank/desk/post-request';
import { redeemHours } from '@time-bank/desk/redeem-hours';
import { type Actor, holds } from '@time-bank/identity/actor';
import { type Subject, grant } from '@time-bank/identity/grant';
import { type Draw, drawFrom } from './draw.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
/** So many weeks lie behind the town when it is filled. */
export const WEEKS_BACK = 8;
const AT_ONCE = 8;

/** How one visit ends. */
type End = 'settled' | 'pending_confirm' | 'accepted' | 'published' | 'cancelled';

/** One visit of the history, planned down to the minute before anything is written. */
interface PlannedVisit {
  elder: Member;
  coordinator: Member;
  volunteer: Member;
  /** Who goes along where two go; nobody where no other lives near. */
  companion?: Member;
  serviceCode: ServiceCode;
  startAt: Instant;
  minutes: number;
  postedAt: Instant;
  acceptedAt: Instant;
  inAt: Instant;
  outAt: Instant;
  confirmedAt: Instant;
  end: End;
  /** Paid with the receiver's own hours. */
  redeemed: boolean;
  ids: IdMaker;
}

/** How likely an elder has a visit in a week, by how they live. Chosen so that about half are visited. */
const likelihood: Record<NonNullable<Member['livingSituation']>, number> = {
  alone: 0.62,
  left_behind: 0.42,
  empty_nest: 0.35,
  with_family: 0.12,
};

const hours = [9, 10.5, 14, 15.5];

/** Everybody whom the history needs, as the time bank knows them. */
export interface Town {
  elders: readonly Member[];
  volunteers: readonly Member[];
  coordinators: readonly Member[];
}

const does = (member: Member, role: Member['roles'][number]['role']): boolean =>
  member.roles.some((granted) => granted.role === role);

const actorOf = (member: Member): Actor => ({ memberId: member.memberId, roles: member.roles });

const endOf = (draw: Draw, start: Instant, out: Instant, now: Instant): End => {
  const luck = draw.next();
  if (msOf(start) > msOf(now)) return luck < 0.55 ? 'accepted' : 'published';
  if (luck < 0.04) return 'cancelled';
  if (luck < 0.07) return 'published';
  const recent = msOf(plusMinutes(out, DAY)) > msOf(now);
  return recent && luck < 0.5 ? 'pending_confirm' : 'settled';
};

const before = (at: Instant, now: Instant): Instant => (msOf(at) < msOf(now) ? at : plusMinutes(now, -2));

interface Occasion {
  draw: Draw;
  now: Instant;
  seed: number;
}

type Parties = Pick<PlannedVisit, 'elder' | 'coordinator' | 'volunteer' | 'companion' | 'redeemed'>;

const visitOn = ({ draw, now, seed }: Occasion, parties: Parties, startAt: Instant): PlannedVisit => {
  const serviceCode = parties.redeemed || draw.next() < 0.5 ? 'C01' : 'B01';
  const minutes = serviceCode === 'B01' ? draw.pick([30, 45, 60]) : draw.pick([60, 60, 90]);
  const inAt = plusMinutes(startAt, draw.between(-5, 9));
  const outAt = plusMinutes(inAt, minutes + draw.between(-8, 18));
  const postedAt = before(
    plusMinutes(startAt, -draw.between(2 * DAY, 4 * DAY)),
    plusMinutes(now, -draw.between(10, 20 * HOUR)),
  );
  const acceptedAt = before(plusMinutes(postedAt, draw.between(20, 9 * HOUR)), now);
  const confirmedAt = before(plusMinutes(outAt, draw.between(5, 150)), now);
  return {
    ...parties,
    serviceCode,
    startAt,
    minutes,
    postedAt,
    acceptedAt,
    inAt,
    outAt,
    confirmedAt,
    end: endOf(draw, startAt, outAt, now),
    ids: idMaker(() => msOf(postedAt), drawFrom(seed).next),
  };
};

/** The people who could visit this elder: of the community, else of the county. */
const neighboursOf = (town: Town, member: Member): Member[] => {
  const others = town.volunteers.filter(({ memberId }) => memberId !== member.memberId);
  const near = others.filter(({ communityCode }) => communityCode === member.communityCode);
  return near.length > 0 ? near : others;
};

const coordinatorOf = (town: Town, member: Member): Member | undefined =>
  town.coordinators.find((coordinator) => holds(actorOf(coordinator), 'coordinator', member.communityCode));

/** Plans the whole history. `now`: the moment at which the town was founded. */
export const planHistory = (town: Town, now: Instant, seed: number): PlannedVisit[] => {
  const draw = drawFrom(seed);
  const taken = new Set<string>();
  const visits: PlannedVisit[] = [];
  const usual = new Map<MemberId, Member>();
  const { from: thisMonday } = boundsOfWeek(isoWeekOf(now));
  const add = (elder: Member, monday: Instant, redeemed: boolean): void => {
    const coordinator = coordinatorOf(town, elder);
    const neighbours = neighboursOf(town, elder);
    const face = usual.get(elder.memberId) ?? draw.pick(neighbours);
    usual.set(elder.memberId, face);
    const volunteer = draw.next() < 0.8 ? face : draw.pick(neighbours);
    const startAt = plusMinutes(monday, draw.between(0, 6) * DAY + draw.pick(hours) * HOUR);
    const slot = [volunteer.memberId, startAt].join();
    const gap = Math.abs(msOf(startAt) - msOf(now)) < 3 * HOUR * 60_000;
    if (coordinator === undefined || gap || taken.has(slot)) return;
    taken.add(slot);
    const occasion = { draw, now, seed: seed + visits.length + 1 };
    const [companion] = neighbours.filter(
      (each) => each !== volunteer && each !== elder && !taken.has([each.memberId, startAt].join()),
    );
    const parties = { elder, coordinator, volunteer, ...(companion && { companion }), redeemed };
    visits.push(visitOn(occasion, parties, startAt));
  };
  for (let week = -WEEKS_BACK; week <= 1; week += 1) {
    const monday = plusMinutes(thisMonday, week * 7 * DAY);
    const share = week === 1 ? 0.4 : 1;
    for (const elder of town.elders) {
      if (draw.next() < share * likelihood[elder.livingSituation ?? 'with_family']) add(elder, monday, false);
    }
  }
  const mayRedeem = town.volunteers.filter(({ birthDate }) => ageOn(birthDate, civilDateOf(now)) >= 60);
  for (const helper of mayRedeem.filter((_, index) => index % 5 === 4)) {
    add(helper, plusMinutes(thisMonday, -draw.between(1, 2) * 7 * DAY), true);
  }
  return visits;
};

/** A step that must go through; `skipped` where the books say no for a reason that history can bear. */
const must = (outcome: Outcome<Receipt>, bearable: readonly string[] = []): 'done' | 'skipped' => {
  if (outcome.kind !== 'refused') return 'done';
  if (bearable.includes(outcome.refusal.code)) return 'skipped';
  throw new Error(`the demo's history was refused: ${outcome.refusal.code}`);
};

const permit = <A extends Parameters<typeof grant>[1]>(member: Member, action: A, subject: Subject = {}) => {
  const granted = grant(actorOf(member), action, subject);
  if (granted.kind === 'refused') throw new Error(`the demo's history has no permission to ${action}`);
  return granted.value;
};

type Books = Pick<Ports, 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'>;

const at = (ports: Books, time: Instant): Books & Pick<Ports, 'clock'> => ({
  ...ports,
  clock: { nowMs: () => msOf(time) },
});

const publish = (
  ports: Books,
  visit: PlannedVisit,
  requestId: ReturnType<IdMaker['request']>,
): Promise<Outcome<Receipt>> => {
  const wanted = {
    requestId,
    serviceCode: visit.serviceCode,
    plannedStartAt: visit.startAt,
    plannedMinutes: visit.minutes,
    wishes: { languages: [] },
  };
  const { elder, coordinator } = visit;
  if (visit.redeemed) return redeemHours(at(ports, visit.postedAt), permit(elder, 'redeem_hours'), wanted);
  const subject = { communityCode: elder.communityCode };
  const body = { ...wanted, receiverId: elder.memberId };
  return postRequest(at(ports, visit.postedAt), permit(coordinator, 'post_request', subject), elder, body);
};

/** What is allowed on a visit, by who makes it. */
const subjectOf = ({ elder }: PlannedVisit, volunteer: Member): Subject => ({
  communityCode: elder.communityCode,
  receiverId: elder.memberId,
  receiverHasPhone: elder.phone !== undefined,
  volunteerId: volunteer.memberId,
  open: true,
});

/** Somebody who goes, with the ids of what they do. */
interface Goer {
  volunteer: Member;
  visitId: ReturnType<IdMaker['visit']>;
  inId: ReturnType<IdMaker['command']>;
  outId: ReturnType<IdMaker['command']>;
}

const goerOf = (ids: IdMaker, volunteer: Member): Goer => ({
  volunteer,
  visitId: ids.visit(),
  inId: ids.command(),
  outId: ids.command(),
});

type AsItStands = () => Promise<RequestFacts>;

/** Everybody who is needed takes the visit; `skipped` where one may not. Gives who goes. */
const take = async (
  ports: Books,
  visit: PlannedVisit,
  asItStands: AsItStands,
): Promise<Goer[] | 'skipped'> => {
  const { request } = await asItStands();
  const people = request.persons === 2 ? [visit.volunteer, visit.companion] : [visit.volunteer];
  const goers: Goer[] = [];
  for (const volunteer of people) {
    if (volunteer === undefined) return 'skipped';
    const goer = goerOf(visit.ids, volunteer);
    const taking = permit(volunteer, 'accept_request', subjectOf(visit, volunteer));
    const body = { visitId: goer.visitId };
    const taken = await acceptRequest(at(ports, visit.acceptedAt), taking, await asItStands(), body);
    if (must(taken, ['not_eligible', 'not_ready_to_serve', 'overlapping_visit']) === 'skipped')
      return 'skipped';
    goers.push(goer);
  }
  return goers;
};

const live = async (ports: Books, visit: PlannedVisit): Promise<void> => {
  const { elder, coordinator, ids } = visit;
  const requestId = ids.request();
  const cancelId = ids.command();
  const transferId = ids.transfer();
  const subject = subjectOf(visit, visit.volunteer);
  if (must(await publish(ports, visit, requestId), ['insufficient_hours']) === 'skipped') return;
  if (visit.end === 'published') return;
  const asItStands: AsItStands = async () => {
    const facts = await ports.careBook.readRequestNow(requestId);
    if (facts === undefined) throw new Error('a request of the history is gone');
    return facts;
  };
  if (visit.end === 'cancelled') {
    const who = permit(visit.redeemed ? elder : coordinator, 'cancel_request', subject);
    const body = { commandId: cancelId, reason: '家人来看望' };
    must(await cancelRequest(at(ports, visit.acceptedAt), who, await asItStands(), body));
    return;
  }
  const goers = await take(ports, visit, asItStands);
  if (goers === 'skipped' || visit.end === 'accepted') return;
  for (const { volunteer, inId } of goers) {
    const arriving = permit(volunteer, 'check_in', subjectOf(visit, volunteer));
    const arrival = { commandId: inId, code: elder.visitCode ?? '' };
    must(await checkIn(at(ports, visit.inAt), arriving, await asItStands(), arrival));
  }
  for (const { volunteer, outId } of goers) {
    const leaving = permit(volunteer, 'check_out', subjectOf(visit, volunteer));
    must(await checkOut(at(ports, visit.outAt), leaving, await asItStands(), { commandId: outId }));
  }
  if (visit.end === 'pending_confirm') return;
  const saying = permit(elder.phone === undefined ? coordinator : elder, 'confirm_visit', subject);
  must(await confirmVisit(at(ports, visit.confirmedAt), saying, await asItStands(), { transferId }));
};

/** Writes the history. Doing it again finishes what was left and changes nothing else. Gives the number of visits. */
export const writeHistory = async (ports: Books, town: Town, now: Instant, seed: number): Promise<number> => {
  const visits = planHistory(town, now, seed);
  const inTurn = [...visits].sort(
    (a, b) => Number(a.redeemed) - Number(b.redeemed) || (a.postedAt < b.postedAt ? -1 : 1),
  );
  const next = inTurn.values();
  const work = async (): Promise<void> => {
    for (const visit of next) await live(ports, visit);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return visits.length;
};

/** Sorts members into the town that the history needs. */
export const townOf = (members: readonly Member[]): Town => ({
  elders: members.filter((member) => does(member, 'resident')),
  volunteers: members.filter((member) => does(member, 'volunteer') && !does(member, 'resident')),
  coordinators: members.filter((member) => does(member, 'coordinator')),
});
