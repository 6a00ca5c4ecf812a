/** What it costs to find the best 20 of a city's 100,000 volunteers for a request: items read, and milliseconds. */
import { instantOf } from '@time-bank/contracts/time';
import type { RequestRecord } from '@time-bank/care/request';
import type { Member } from '@time-bank/contracts/member';
import { listCandidates } from '@time-bank/desk/list-candidates';
import { grant } from '@time-bank/identity/grant';
import { aRequest, dynamoStore, nowOf } from '../../store/store.ts';
import { elderMember, enterPeople, enterRequests, volunteerMember } from './city-store.ts';
import { nearBy } from './near.ts';
import { percentile } from './percentile.ts';
import { readMeter } from './read-meter.ts';
import { makeTown } from './town.ts';

const VOLUNTEERS = 100_000;
const REQUESTS = 300;
const WARM = 30;
/** Of each elder: as many visits as are looked back on, by so many neighbours. */
const PAST_VISITS = 20;
const FACES = 3;
const FACES_WITHIN_KM = 1;
/** Requests are for an hour on Monday, 23 November 2026, as early in the day as the elder can be visited. */
const MONDAY_MS = Date.parse('2026-11-22T16:00:00.000Z');
const DAY_MINUTES = 1440;

/** Over the requests of different elders: a candidate list's items and time. */
export interface CandidateFigures {
  volunteers: number;
  itemsReadP50: number;
  itemsReadP95: number;
  itemsReadMax: number;
  msP50: number;
  msP95: number;
  /** Candidates found, on average: 20 at most. */
  found: number;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

type Store = Awaited<ReturnType<typeof dynamoStore>>;

/** Last year's weekly visits to an elder, in turn by those of the volunteers who live nearest. */
const pastRequests = (
  store: Store,
  { memberId, communityCode }: Member,
  faces: readonly Member[],
): RequestRecord[] =>
  Array.from({ length: PAST_VISITS }, (_, at) => {
    const face = faces[at % Math.max(1, faces.length)];
    return aRequest(store, {
      receiverId: memberId,
      communityCode,
      state: 'settled',
      plannedStartAt: instantOf(MONDAY_MS - (at + 1) * 7 * DAY_MINUTES * 60_000),
      ...(face === undefined ? {} : { volunteerId: face.memberId }),
    });
  });

/** Fills the tables; gives a request of each elder. */
const requestsIn = async (store: Store): Promise<RequestRecord[]> => {
  const { problem } = makeTown('city', { volunteers: VOLUNTEERS, elders: REQUESTS });
  const volunteers = problem.volunteers.map((volunteer) => volunteerMember(store.ids, volunteer));
  const near = nearBy(volunteers);
  const visits = problem.visits.filter(({ visitKey }) => visitKey.endsWith('/1'));
  const homes = visits.map((visit) => ({ visit, elder: elderMember(store.ids, visit) }));
  await enterPeople(store.connection, [...volunteers, ...homes.map(({ elder }) => elder)], nowOf(store));
  const past = homes.flatMap(({ elder }) => {
    const faces = elder.point === undefined ? [] : near(elder.point, FACES_WITHIN_KM).slice(0, FACES);
    return pastRequests(
      store,
      elder,
      faces.map(({ who }) => who),
    );
  });
  await enterRequests(store.connection, past);
  return homes.map(({ visit, elder }) =>
    aRequest(store, {
      receiverId: elder.memberId,
      communityCode: visit.communityCode,
      place: { address: elder.address, ...(visit.point === undefined ? {} : { point: visit.point }) },
      plannedStartAt: instantOf(MONDAY_MS + ((visit.windows[0]?.fromMinute ?? 0) % DAY_MINUTES) * 60_000),
      wishes: { ...visit.wishes, languages: [...visit.wishes.languages] },
    }),
  );
};

/** Asks once, as a coordinator of the community does. */
const ask = async (store: Store, request: RequestRecord): Promise<number> => {
  const { communityCode } = request;
  const roles = [{ role: 'coordinator', region: communityCode }] as const;
  const permit = grant({ memberId: store.ids.member(), roles }, 'list_candidates', { communityCode });
  if (permit.kind === 'refused') throw new Error('a coordinator sees the candidates of their community');
  const ports = { clock: store.clock, ...store.ports };
  const list = await listCandidates(ports, permit.value, request);
  if (list.kind === 'refused') throw new Error(JSON.stringify(list.refusal));
  return list.value.items.length;
};

/** Asks for the candidates of each request in turn, on an engine that holds the whole city. */
export const measureCandidates = async (): Promise<CandidateFigures> => {
  const store = await dynamoStore();
  try {
    const requests = await requestsIn(store);
    const read = readMeter(store.connection.client);
    const measured: { items: number; ms: number; found: number }[] = [];
    for (const request of [...requests.slice(0, WARM), ...requests]) {
      let found = 0;
      const began = performance.now();
      const items = await read(async () => {
        found = await ask(store, request);
      });
      measured.push({ items, ms: performance.now() - began, found });
    }
    const counted = measured.slice(WARM);
    const [items, times] = [counted.map((each) => each.items), counted.map(({ ms }) => ms)];
    return {
      volunteers: VOLUNTEERS,
      itemsReadP50: percentile(items, 0.5),
      itemsReadP95: percentile(items, 0.95),
      itemsReadMax: Math.max(...items),
      msP50: rounded(percentile(times, 0.5)),
      msP95: rounded(percentile(times, 0.95)),
      found: rounded(counted.reduce((sum, { found }) => sum + found, 0) / counted.length),
    };
  } finally {
    await store.stop();
  }
};
