/**
 * Who could make a visit, best first, with reasons in words. The nearest are looked at, and those whom the elder knows:
 * some thirty first, and more where too few of them could come; never a whole county.
 */
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { AboutCandidate, AskedSoFar, Candidate, CandidateList } from '@time-bank/contracts/candidate';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { wordsAgainst, wordsFor } from '@time-bank/contracts/reason-words';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import { ageOn, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { type Ranked, byRank, isFreeThen, rankCandidates, rankOf } from '@time-bank/matching/candidates';
import { reasonsAgainst } from '@time-bank/matching/eligible';
import { nextWaveAt } from '@time-bank/matching/waves';
import { nowOf } from './carry-out.ts';
import {
  type Considered,
  type Opening,
  considerVolunteers,
  isVolunteerThere,
  wantedOf,
} from './consider-volunteers.ts';
import { kinByElder, kinByThemselves } from './kin-of.ts';
import { neighbourhoodOf } from './nearby-volunteers.ts';
import { policyOfRecord, reachOf } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** As many as a coordinator would ring up. */
const CANDIDATES_MAX = 20;
/** How many neighbours are looked at: first, then once more for want of people who are free, then for want of people. */
const LOOKS = [28, 12, 45] as const;
/** Where so many are looked at in vain, more would be, too. */
const CONSIDERED_MAX = 400;

/** What looking for candidates asks of the world. */
export type CandidateBooks = Pick<
  Ports,
  'clock' | 'careBook' | 'people' | 'policies' | 'personFiles' | 'journal'
>;

/** Everybody who was looked at for a visit, and those of them who can be asked, best first. */
export interface Shortlist {
  opening: Opening;
  considered: readonly Considered[];
  ranked: readonly Ranked[];
}

const openingOf = async (ports: CandidateBooks, request: RequestRecord): Promise<Planned<Opening>> => {
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return policy;
  const [receiver, visits, isKin] = await Promise.all([
    ports.people.readMember(request.receiverId),
    ports.careBook.countVisitsTo(request.receiverId),
    kinByElder(ports, request.receiverId),
  ]);
  return done({ at: nowOf(ports), policy: reachOf(policy.value, request), request, receiver, visits, isKin });
};

const rankedOf = (opening: Opening, considered: readonly Considered[]): Ranked[] =>
  rankCandidates(
    opening.policy,
    wantedOf(opening),
    considered.map(({ facts }) => facts),
  );

/** True where looking on would be for little: enough are free then, or enough could come, or enough were looked at. */
const isEnough = (ranked: readonly Ranked[], looks: number, considered: number): boolean => {
  if (considered >= CONSIDERED_MAX) return true;
  const counted = looks === 0 ? ranked.filter(isFreeThen) : ranked;
  return counted.length >= CANDIDATES_MAX;
};

/** Looks at known faces and neighbours until there are enough. */
const lookAround = async (
  ports: CandidateBooks,
  opening: Opening,
  passOver: ReadonlySet<MemberId>,
): Promise<Considered[]> => {
  const { request, receiver, policy, visits } = opening;
  const { communityCode, requestId, place } = request;
  const hood = neighbourhoodOf(ports, {
    communityCode,
    point: place.point ?? receiver?.point,
    reachKm: policy.visitReachKilometresMax,
    turnAt: requestId,
  });
  const others = new Set([...passOver, ...volunteersOf(request)]);
  const known = [...visits.keys()].filter((volunteerId) => !others.has(volunteerId));
  const seen = new Set<MemberId>([...known, ...others]);
  const considered = await considerVolunteers(ports, opening, known);
  for (let looks = 0; ; looks += 1) {
    const count = LOOKS[Math.min(looks, LOOKS.length - 1)] ?? 0;
    const nearest = await hood.more(count);
    const unseen = nearest.filter((volunteerId) => !seen.has(volunteerId));
    for (const volunteerId of unseen) seen.add(volunteerId);
    considered.push(...(await considerVolunteers(ports, opening, unseen)));
    if (nearest.length < count) return considered;
    if (isEnough(rankedOf(opening, considered), looks, considered.length)) return considered;
  }
};

/**
 * The best 20 for a request, as the matching room knows them; others where some are to be passed over.
 * Refuses: request_not_open, unknown_policy_version.
 */
export const shortlistFor = async (
  ports: CandidateBooks,
  request: RequestRecord,
  passOver: ReadonlySet<MemberId> = new Set(),
): Promise<Planned<Shortlist>> => {
  if (request.state !== 'published') return refused('request_not_open');
  const opening = await openingOf(ports, request);
  if (opening.kind === 'refused') return opening;
  const considered = await lookAround(ports, opening.value, passOver);
  const best = rankedOf(opening.value, considered).slice(0, CANDIDATES_MAX);
  const ids = best.map(({ volunteerId }) => volunteerId);
  const kin = await kinByThemselves(ports, request.receiverId, ids);
  const ranked = best.filter(({ volunteerId }) => !kin.has(volunteerId));
  return done({ opening: opening.value, considered, ranked });
};

const personOf = ({ memberId, name, gender, birthDate, phone }: Member, request: RequestRecord) => ({
  volunteerId: memberId,
  name,
  gender,
  age: ageOn(birthDate, civilDateOf(request.plannedStartAt)),
  ...(phone === undefined ? {} : { phone }),
});

const inWords = (reasons: Ranked['reasons']): Candidate['reasons'] =>
  reasons.map((reason) => ({ reason, words: wordsFor(reason) }));

const isOfCounty = async (
  ports: CandidateBooks,
  request: RequestRecord,
  about: MemberId,
): Promise<boolean> => {
  const member = await ports.people.readMember(about);
  return member !== undefined && isVolunteerThere(member, request);
};

/** What is to be said of one volunteer of the county. Refuses: unknown_member. */
const aboutOf = async (
  ports: CandidateBooks,
  { opening, ranked }: Shortlist,
  about: MemberId,
): Promise<Planned<AboutCandidate>> => {
  const { request, policy } = opening;
  const wanted = wantedOf(opening);
  const [kin, [found]] = await Promise.all([
    kinByThemselves(ports, request.receiverId, [about]),
    considerVolunteers(ports, opening, [about], { withEveryDiary: true }),
  ]);
  if (found === undefined) return refused('unknown_member');
  const facts = { ...found.facts, isKin: found.facts.isKin || kin.has(about) };
  const against = reasonsAgainst(policy, wanted, facts);
  const rank = rankOf(policy, wanted, facts);
  const before = ranked.filter((other) => byRank(other, rank) < 0).length;
  return done({
    ...personOf(found.member, request),
    ...(against.length > 0 ? {} : { place: before + 1, score: rank.score }),
    reasons: inWords(rank.reasons),
    against: against.map((reason) => ({ reason, words: wordsAgainst(reason) })),
  });
};

/** Who was asked by now, by name; nothing where nobody was. Who has left since is not named. */
const askedSoFar = async (
  ports: CandidateBooks,
  { policy, request }: Opening,
): Promise<AskedSoFar | undefined> => {
  const { asked } = request;
  if (asked === undefined) return undefined;
  const members = await ports.people.readMembers(asked.to);
  const nextAt = nextWaveAt(policy, asked, request);
  return {
    wave: asked.wave,
    at: asked.at,
    ...(nextAt === undefined ? {} : { nextAt }),
    people: asked.to.flatMap((volunteerId) => {
      const member = members.get(volunteerId);
      return member === undefined ? [] : [{ volunteerId, name: member.name }];
    }),
  };
};

/**
 * The best 20 of those who live nearest and those whom the elder knows, and who was asked by now; with `about`, what is to be said of that one.
 * Refuses: unknown_member (about nobody who volunteers in this county), request_not_open, unknown_policy_version.
 */
export const listCandidates = async (
  ports: CandidateBooks,
  _permit: Grant<'list_candidates'>,
  request: RequestRecord,
  about?: MemberId,
): Promise<Outcome<CandidateList>> => {
  if (about !== undefined && !(await isOfCounty(ports, request, about))) return refused('unknown_member');
  const shortlist = await shortlistFor(ports, request);
  if (shortlist.kind === 'refused') return shortlist;
  const { considered, ranked } = shortlist.value;
  const asked = await askedSoFar(ports, shortlist.value.opening);
  const one = about === undefined ? undefined : await aboutOf(ports, shortlist.value, about);
  if (one?.kind === 'refused') return one;
  const members = new Map(considered.map(({ member }) => [member.memberId, member]));
  const items = ranked.flatMap(({ volunteerId, score, reasons }): Candidate[] => {
    const member = members.get(volunteerId);
    return member === undefined ? [] : [{ ...personOf(member, request), score, reasons: inWords(reasons) }];
  });
  return done({
    items,
    considered: considered.length,
    ...(asked === undefined ? {} : { asked }),
    ...(one === undefined ? {} : { about: one.value }),
  });
};
