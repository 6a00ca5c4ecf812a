/**
 * Once a night the visits of the last two weeks of each county are looked at together. What is found is put into a list
 * for a person, each thing once; a visit in it that nobody has confirmed yet does not count by itself any more: somebody
 * calls. Nothing else follows from it.
 */
import { stretchOf } from '@time-bank/care/confirm';
import { type HonestyFinding, type SeenVisit, lookAt } from '@time-bank/care/honesty';
import { tell } from '@time-bank/care/notice';
import { type RequestFacts, touched } from '@time-bank/care/request';
import { type CommandId, SYSTEM } from '@time-bank/contracts/ids';
import { CommunityCode, type RegionCode } from '@time-bank/contracts/region';
import {
  type Instant,
  civilDateOf,
  minuteOfDay,
  msOf,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import { kilometresBetween } from '@time-bank/matching/distance';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { officersOf } from './officers-of.ts';
import { policyNow } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import type { HonestyRecord } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'policies' | 'caseBook'>;

/** Visits of the last so many days are looked at. */
const WINDOW_MINUTES = 14 * 24 * 60;
/** In a community at most so many: five hundred elders with a visit a week. */
const VISITS_MAX = 1_000;
const VISITS_A_PAGE = 100;
/** In China, in the small hours: two and after. */
const NIGHT_FROM_MINUTE = 2 * 60;
const NIGHT_TO_MINUTE = 5 * 60;
/** A run looks at this many counties; the others have their turn in the runs that follow. */
const COUNTIES_A_RUN = 3;

/** Each part of a visit that was begun and ended. */
const seenOf = ({ request, visit, second }: RequestFacts): SeenVisit[] =>
  [visit, second].flatMap((part): SeenVisit[] => {
    const stretch = part === undefined ? undefined : stretchOf(part);
    if (part === undefined || stretch === undefined) return [];
    const confirmed = request.history.findLast(({ receipt }) => receipt.state === 'settled');
    const began = request.history.find(
      ({ receipt, actorId }) => receipt.state === 'in_service' && actorId === part.volunteerId,
    );
    return [
      {
        requestId: request.requestId,
        communityCode: request.communityCode,
        volunteerId: part.volunteerId,
        receiverId: request.receiverId,
        postedBy: request.postedBy,
        ...(confirmed === undefined ? {} : { confirmedBy: confirmed.actorId }),
        ...stretch,
        servedMinutes: part.servedMinutes ?? 0,
        creditedMinutes: part.creditedMinutes ?? 0,
        ...(request.place.point === undefined ? {} : { home: request.place.point }),
        ...(began?.point === undefined ? {} : { at: began.point }),
        ...(began?.device === undefined ? {} : { device: began.device }),
        ...(confirmed?.device === undefined ? {} : { confirmedOn: confirmed.device }),
      },
    ];
  });

const visitsOf = async (ports: Work, community: CommunityCode, from: Instant): Promise<RequestFacts[]> => {
  const found: RequestFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.careBook.listOfCommunity(community, { from, limit: VISITS_A_PAGE, cursor });
    found.push(...page.items);
    cursor = page.cursor;
    // What is planned for later was not made yet, and neither is what follows it.
    if (page.items.some(({ request }) => msOf(request.plannedStartAt) > ports.clock.nowMs())) break;
  } while (cursor !== undefined && found.length < VISITS_MAX);
  return found;
};

/** A thing that is there for weeks is asked about once a month; what happened on two visits, once. */
const idOf = ({ kind, subjects, requestIds, until }: HonestyFinding): CommandId => {
  const isOnTwoVisits = kind === 'overlapping' || kind === 'impossible_travel';
  const about = isOnTwoVisits ? [...requestIds].sort() : [...subjects].sort();
  return derivedCommand(startOfDay(`${until.slice(0, 7)}-01`), ['honesty', kind, ...about]);
};

/** Whose list it is: a community's; of what is about those who run the visits, or several communities, the county's. */
const regionOf = (
  finding: HonestyFinding,
  county: RegionCode,
  places: ReadonlyMap<string, CommunityCode>,
): RegionCode => {
  const communities = new Set(finding.requestIds.flatMap((id) => places.get(id) ?? []));
  const [only] = communities;
  return finding.kind === 'own_dealings' || communities.size !== 1 || only === undefined ? county : only;
};

const recordOf = (
  finding: HonestyFinding | undefined,
  caseId: CommandId,
  { region, at }: { region: RegionCode; at: Instant },
): HonestyRecord => ({
  kind: 'honesty',
  caseId,
  version: 1,
  region,
  openedBy: SYSTEM,
  openedAt: at,
  dueAt: at,
  fingerprint: fingerprintOf(['honesty', caseId]),
  ...(finding === undefined ? {} : { finding }),
  state: finding === undefined ? 'ended' : 'open',
});

/** Who is told: the desk of a community, or the officers of the county. */
const wordOf = async (ports: Work, { caseId, region, openedAt }: HonestyRecord): Promise<Change[]> => {
  const word = { kind: 'honesty_item', about: { caseId }, at: openedAt } as const;
  const community = CommunityCode.safeParse(region);
  if (community.success) return [tell(caseId, { ...word, to: { deskOf: community.data } })];
  const people = await officersOf(ports, 'county', region);
  return people.length === 0 ? [] : [tell(caseId, { ...word, to: { people } })];
};

/** A visit in a finding that waits for a word is asked about, and does not count by itself. */
const flag = async (ports: Work, { request }: RequestFacts): Promise<void> => {
  const before = request.callbackReasons ?? [];
  if (request.state !== 'pending_confirm' || before.includes('flagged')) return;
  await ports.journal.commit([touched(request, { callbackReasons: [...before, 'flagged'] })]);
};

const lookAtCounty = async (ports: Work, county: RegionCode): Promise<number> => {
  const at = nowOf(ports);
  const from = plusMinutes(at, -WINDOW_MINUTES);
  const facts = new Map<string, RequestFacts>();
  for (const { code } of await ports.regions.listCommunities(county)) {
    for (const each of await visitsOf(ports, CommunityCode.parse(code), from))
      facts.set(each.request.requestId, each);
  }
  const places = new Map([...facts].map(([id, { request }]) => [id, request.communityCode]));
  const policy = await policyNow(ports, county);
  let put = 0;
  for (const finding of lookAt(policy, [...facts.values()].flatMap(seenOf), kilometresBetween)) {
    const record = recordOf(finding, idOf(finding), { region: regionOf(finding, county, places), at });
    const changes: Change[] = [{ change: 'put_case', record }, ...(await wordOf(ports, record))];
    if ((await ports.journal.commit(changes)).kind !== 'done') continue;
    put += 1;
    for (const id of finding.requestIds) {
      const visit = facts.get(id);
      if (visit !== undefined) await flag(ports, visit);
    }
  }
  return put;
};

/**
 * Looks at counties whose night this is and that were not looked at yet; gives how many items were put. The mark of the
 * night is put first, so that two runs at once look once; a look that is cut off is made up for by the next night's,
 * which sees the same two weeks but one day.
 */
export const keepHonesty = async (ports: Work): Promise<number> => {
  const at = nowOf(ports);
  const minute = minuteOfDay(at);
  if (minute < NIGHT_FROM_MINUTE || minute >= NIGHT_TO_MINUTE) return 0;
  let [looked, put] = [0, 0];
  for (const { code } of await ports.regions.listCounties('')) {
    if (looked >= COUNTIES_A_RUN) break;
    const night = derivedCommand(startOfDay(civilDateOf(at)), ['honesty_night', code]);
    if (!(await ports.caseBook.put(recordOf(undefined, night, { region: code, at })))) continue;
    looked += 1;
    put += await lookAtCounty(ports, code);
  }
  return put;
};
