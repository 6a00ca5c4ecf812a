/** What a coordinator's board costs: a community of 300 elders, each with a visit this week and in the three before. */
import type { MemberId } from '@time-bank/contracts/ids';
import { instantOf, isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import { keepWeek } from '@time-bank/desk/keep-week';
import { readCoverage } from '@time-bank/desk/read-coverage';
import { grant } from '@time-bank/identity/grant';
import { meter } from '../../store/meter.ts';
import { HOME, aRequest, dynamoStore, nowOf } from '../../store/store.ts';
import { consumed } from '../consumed.ts';
import { elderMember } from './city-store.ts';
import { percentile } from './percentile.ts';
import { makeTown } from './town.ts';

const ELDERS = 300;
const READS = 60;
const WARM = 10;
const WEEKS_BACK = 3;
const WEEK_MINUTES = 7 * 24 * 60;

/** Of one reading of the board. `rcu`, `roundTrips`: by the engine's own account. */
export interface BoardFigures {
  elders: number;
  rcu: number;
  roundTrips: number;
  msP50: number;
  msP95: number;
}

type Store = Awaited<ReturnType<typeof dynamoStore>>;

/** A weekly visit: made in the weeks before, still to come in this one. */
const keepVisit = (store: Store, receiverId: MemberId, weeksAgo: number): Promise<void> =>
  keepWeek(
    store.ports,
    aRequest(store, {
      receiverId,
      plannedStartAt: plusMinutes(nowOf(store), 60 - weeksAgo * WEEK_MINUTES),
      ...(weeksAgo === 0 ? {} : { state: 'settled', volunteerId: store.ids.member() }),
    }),
  );

/** The elders of the small town, all moved into one community, with their visits. */
const fill = async (store: Store): Promise<void> => {
  const visits = makeTown('small').problem.visits.filter(({ visitKey }) => visitKey.endsWith('/1'));
  const elders = visits.slice(0, ELDERS).map((visit) => ({
    ...elderMember(store.ids, visit),
    communityCode: HOME,
    roles: [{ role: 'resident' as const, region: HOME }],
  }));
  for (const member of elders) {
    const { memberId } = member;
    const person = { naturalKey: memberId, fingerprint: memberId, member, at: nowOf(store) };
    await store.ports.people.addMember(person);
    await Promise.all(
      Array.from({ length: WEEKS_BACK + 1 }, (_, weeksAgo) => keepVisit(store, memberId, weeksAgo)),
    );
  }
};

/** Reads the board over and over. */
export const measureBoard = async (): Promise<BoardFigures> => {
  const store = await dynamoStore();
  try {
    await fill(store);
    const roles = [{ role: 'coordinator', region: HOME }] as const;
    const about = { communityCode: HOME };
    const permit = grant({ memberId: store.ids.member(), roles }, 'read_coverage', about);
    if (permit.kind === 'refused') throw new Error('a coordinator sees the board of their community');
    const ports = { clock: store.clock, ...store.ports };
    const read = async (): Promise<void> => {
      const board = await readCoverage(ports, permit.value, HOME, isoWeekOf(instantOf(store.clock.nowMs())));
      if (board.kind === 'refused' || board.value.rows.length !== ELDERS) {
        throw new Error('the board shows every elder');
      }
    };
    const measure = meter(store.connection.client);
    const { rcu, roundTrips } = consumed(await measure(read));
    const times: number[] = [];
    for (let reads = 0; reads < WARM + READS; reads += 1) {
      const began = performance.now();
      await read();
      times.push(performance.now() - began);
    }
    const counted = times.slice(WARM);
    const [msP50, msP95] = [percentile(counted, 0.5), percentile(counted, 0.95)].map(
      (ms) => Math.round(ms * 10) / 10,
    );
    return { elders: ELDERS, rcu, roundTrips, msP50: msP50 ?? 0, msP95: msP95 ?? 0 };
  } finally {
    await store.stop();
  }
};
