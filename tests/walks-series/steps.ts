/** Series and activities as far along as a test wants them. */
import type { Member } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import type { SeriesView } from '@time-bank/contracts/series';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import { HOME, type Town } from '../town.ts';

/** Company every Tuesday at nine, for an hour, which the community pays. */
export const weekly = (town: Town, elder: Member, change: Record<string, unknown> = {}) => ({
  caseId: town.ids.command(),
  receiverId: elder.memberId,
  serviceCode: 'C01',
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  from: civilDateOf(town.now()),
  startMinute: 540,
  plannedMinutes: 60,
  wishes: { languages: [] },
  paidBy: 'community',
  ...change,
});

/** A series that a coordinator has begun. */
export const aSeries = async (town: Town, elder?: Member, change: Record<string, unknown> = {}) => {
  const receiver = elder ?? (await town.anElder());
  const coordinator = await town.aCoordinator();
  const body = weekly(town, receiver, change);
  const answer = await town.ask(coordinator, 'POST', '/api/series', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const path = `/api/series/${body.caseId}`;
  const seen = async (): Promise<SeriesView> => (await town.ask(coordinator, 'GET', path)).body as SeriesView;
  const change_ = (said: Record<string, unknown>, who: Member = coordinator) =>
    town.ask(who, 'POST', `${path}/changes`, { commandId: town.ids.command(), ...said });
  return { body, path, coordinator, elder: receiver, seen, change: change_, caseId: body.caseId };
};

/** The requests of an elder: when they are planned, and how they stand. */
export const requestsOf = async (town: Town, coordinator: Member, elder: Member) => {
  const list = await town.ask(coordinator, 'GET', `/api/requests?scope=received&memberId=${elder.memberId}`);
  const items = list.body.items as { requestId: string; plannedStartAt: string; state: string }[];
  return items
    .map(({ requestId, plannedStartAt, state }) => ({ requestId, plannedStartAt, state }))
    .sort((one, other) => (one.plannedStartAt < other.plannedStartAt ? -1 : 1));
};

/** What waits to be told about a case: kind and to whom. */
export const toldOf = async (town: Town, caseId: string) => {
  const due = await town.ports.outbox.listDue(instantOf(Date.parse(town.now()) + 1000), 5000);
  return due
    .map(({ notice }) => notice)
    .filter(({ about }) => 'caseId' in about && about.caseId === caseId)
    .map(({ kind, to }) => ({ kind, to }));
};

/** Somebody who holds a role over the home community. */
export const ofRole = (town: Town, role: Role, region: string = HOME): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role, region }] });

/** An organisation that holds activities. */
export const anOrganisation = async (town: Town) => {
  const accountId = `acc_${town.ids.command().slice(4)}`;
  const coordinator = await town.aCoordinator();
  const answer = await town.ask(coordinator, 'POST', '/api/organisations', {
    accountId,
    name: '和平里老年协会',
    communityCode: HOME,
    kind: 'elders_association',
  });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return { accountId, coordinator };
};

/** An afternoon of singing with a few places, two days from now. */
export const anActivity = async (town: Town, change: Record<string, unknown> = {}) => {
  const { accountId, coordinator } = await anOrganisation(town);
  const body = {
    caseId: town.ids.command(),
    organisationId: accountId,
    communityCode: HOME,
    serviceCode: 'F01',
    title: '合唱下午',
    startAt: town.soon(2 * 24 * 60),
    plannedMinutes: 90,
    place: '社区活动室',
    volunteerPlaces: 2,
    guestPlaces: 2,
    ...change,
  };
  const holder = await ofRole(town, 'organisation');
  const answer = await town.ask(holder, 'POST', '/api/activities', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const path = `/api/activities/${body.caseId}`;
  const join = (who: Member, part: 'volunteer' | 'guest', more: Record<string, unknown> = {}) =>
    town.ask(who, 'POST', `${path}/names`, { commandId: town.ids.command(), part, ...more });
  const leave = (who: Member) => town.ask(who, 'POST', `${path}/leave`, { commandId: town.ids.command() });
  return { body, path, accountId, coordinator, holder, join, leave, caseId: body.caseId };
};
