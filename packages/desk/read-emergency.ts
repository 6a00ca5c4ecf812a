/** Calls for help as those see them who answer: who it is, where, whom to ring, and the rung on which it truly stands. */
import { type EmergencyEvent, emergencyFigures, nextRungAt, rungAt } from '@time-bank/care/emergency';
import type { EmergencyList, EmergencyStep, EmergencyView } from '@time-bank/contracts/emergency';
import { type MemberId, SYSTEM } from '@time-bank/contracts/ids';
import type { Member, ReachablePerson } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { type CommunityCode, countyOf } from '@time-bank/contracts/region';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Policy } from '@time-bank/policy/policy';
import { nowOf } from './carry-out.ts';
import { type LadderWork, climbLadder } from './keep-emergencies.ts';
import { maskedOf } from './person-masked.ts';
import { policyNow } from './policy-of.ts';
import type { EmergencyCase } from './staff-case.ts';

/** More calls than this at once in one county is another kind of disaster. */
const CALLS_A_PAGE = 100;

type People = ReadonlyMap<MemberId, Member>;

const stepView = (
  { step, at, channel, actorId, rung, to, words }: EmergencyEvent,
  people: People,
): EmergencyStep => ({
  step,
  at,
  channel,
  ...(actorId === SYSTEM ? {} : { by: maskedOf(actorId, people) }),
  ...(rung === undefined ? {} : { rung }),
  ...(to === undefined ? {} : { to }),
  ...(words === undefined ? {} : { words }),
});

const elderOf = (record: EmergencyCase, elder: Member | undefined, people: People): ReachablePerson => ({
  ...maskedOf(record.elderId, people),
  name: elder?.name ?? '*',
  ...(elder?.phone === undefined ? {} : { phone: elder.phone }),
});

/** What is known of where and whom to ring; nothing where the elder's file is gone. */
const placeOf = (elder: Member | undefined): Pick<EmergencyView, 'address' | 'homeNotes' | 'contacts'> => ({
  ...(elder === undefined ? {} : { address: elder.address }),
  ...(elder?.elderFile?.homeNotes === undefined ? {} : { homeNotes: elder.elderFile.homeNotes }),
  contacts: elder?.elderFile?.emergencyContacts ?? [],
});

const viewOf = (record: EmergencyCase, people: People, policy: Policy, now: Instant): EmergencyView => {
  const elder = people.get(record.elderId);
  const next = nextRungAt(record, policy, now);
  const figures = emergencyFigures(record);
  return {
    caseId: record.caseId,
    state: record.state,
    source: record.source,
    elder: elderOf(record, elder, people),
    ...placeOf(elder),
    communityCode: record.communityCode,
    openedAt: record.openedAt,
    secondsOpen: Math.max(0, Math.floor((msOf(now) - msOf(record.openedAt)) / 1000)),
    rung: rungAt(record, policy, now),
    ...(next === undefined ? {} : { nextRungAt: next }),
    calls: record.calls,
    isFlooded: record.isFlooded,
    ...(record.words === undefined ? {} : { words: record.words }),
    ...(record.requestId === undefined ? {} : { requestId: record.requestId }),
    ...figures,
    ...(figures.onSiteMinutes === undefined
      ? { onSiteBy: plusMinutes(record.openedAt, policy.emergencyOnSiteMinutes) }
      : {}),
    steps: record.history.map((event) => stepView(event, people)),
  };
};

const viewsOf = async (ports: LadderWork, asRead: readonly EmergencyCase[]): Promise<EmergencyView[]> => {
  const records = await Promise.all(asRead.map((record) => climbLadder(ports, record)));
  const ids = records.flatMap(({ elderId, history }) => [
    elderId,
    ...history.flatMap(({ actorId }) => (actorId === SYSTEM ? [] : [actorId])),
  ]);
  const people = await ports.people.readMembers([...new Set(ids)]);
  return Promise.all(
    records.map(async (record) =>
      viewOf(record, people, await policyNow(ports, record.communityCode), nowOf(ports)),
    ),
  );
};

/** One call. The grant is over its community, or over the elder. */
export const readEmergency = async (
  ports: LadderWork,
  _permit: Grant<'read_emergency'>,
  record: EmergencyCase,
): Promise<Outcome<EmergencyView>> => {
  const [view] = await viewsOf(ports, [record]);
  if (view === undefined) throw new Error('a call has a view');
  return done(view);
};

/**
 * The calls of a community that are not closed, out of 100 a page of its county: those that wait for an answer first, the
 * oldest on top. Throws InvalidCursor.
 */
export const listEmergencies = async (
  ports: LadderWork,
  _permit: Grant<'list_emergencies'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<EmergencyList>> => {
  const ofCounty = await ports.caseBook.listOpen('emergency', countyOf(community), {
    limit: CALLS_A_PAGE,
    cursor,
  });
  const { items, ...rest } = ofCounty;
  const views = await viewsOf(
    ports,
    items.filter(({ communityCode }) => communityCode === community),
  );
  const order = (view: EmergencyView): string => `${view.state === 'open' ? '0' : '1'}${view.openedAt}`;
  return done({ items: views.sort((one, other) => (order(one) < order(other) ? -1 : 1)), ...rest });
};
