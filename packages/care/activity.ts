/** A group activity and the names on its list: places are limited, whoever is too late waits, whoever leaves makes room. */
import type {
  ActivityPart,
  ActivityReceipt,
  ActivityState,
  GroupService,
  Standing,
} from '@time-bank/contracts/activity';
import type { AccountId, CommandId, MemberId, TransferId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type Instant, msOf } from '@time-bank/contracts/time';

/** A name on the list, in the order in which they were put down. `minutes` once it was ticked. */
export interface NameDown {
  memberId: MemberId;
  part: ActivityPart;
  standing: 'in' | 'waiting';
  by: MemberId;
  at: Instant;
  isMinor: boolean;
  minutes?: number;
}

/** One thing that happened; written once. */
export interface ActivityEvent {
  commandId: CommandId;
  fingerprint: string;
  step: 'opened' | 'joined' | 'left' | 'ticked' | 'closed' | 'cancelled';
  actorId: MemberId;
  at: Instant;
  receipt: ActivityReceipt;
}

/** What is kept of an activity. `banked`: the line under which its volunteers' minutes stand, once it is closed. */
export interface ActivityFacts {
  organisationId: AccountId;
  organisationName: string;
  serviceCode: GroupService;
  title: string;
  startAt: Instant;
  plannedMinutes: number;
  place: string;
  note?: string;
  volunteerPlaces: number;
  guestPlaces: number;
  state: ActivityState;
  names: NameDown[];
  banked?: { transferId: TransferId; totalMinutes: number };
  reason?: string;
  history: ActivityEvent[];
}

/** Who does a step, under which command, when. */
export type ActivityCommand = Pick<ActivityEvent, 'commandId' | 'fingerprint' | 'actorId' | 'at'>;

/** Names on one list, those that wait included. */
const NAMES_MAX = 300;
/** The most that happens on one list: as many joined and left as there can be names, and what the desk does. */
const STEPS_MAX = 800;

/** The once-only check. Undefined where the step is new. Refuses: exists_with_different_content. */
export const activityStepDone = (
  history: readonly ActivityEvent[],
  command: Pick<ActivityCommand, 'commandId' | 'fingerprint'>,
): Outcome<ActivityReceipt> | undefined => {
  const event = history.find(({ commandId }) => commandId === command.commandId);
  if (event === undefined) return undefined;
  return event.fingerprint === command.fingerprint
    ? replayed(event.receipt)
    : refused('exists_with_different_content');
};

const placesFor = (facts: ActivityFacts, part: ActivityPart): number =>
  part === 'volunteer' ? facts.volunteerPlaces : facts.guestPlaces;

/** How many places are left for a part. */
export const placesLeft = (facts: ActivityFacts, part: ActivityPart): number =>
  placesFor(facts, part) - facts.names.filter((name) => name.part === part && name.standing === 'in').length;

const stepped = <F extends ActivityFacts>(
  facts: F,
  caseId: CommandId,
  { command, step, standing }: { command: ActivityCommand; step: ActivityEvent['step']; standing?: Standing },
  also: Partial<ActivityFacts> = {},
): F => {
  const state = also.state ?? facts.state;
  const receipt: ActivityReceipt = {
    caseId,
    state,
    at: command.at,
    ...(standing === undefined ? {} : { standing }),
    ...(also.banked === undefined ? {} : { bankedMinutes: also.banked.totalMinutes }),
  };
  return { ...facts, ...also, state, history: [...facts.history, { ...command, step, receipt }] };
};

/**
 * Puts a name down: in where a place is left, else waiting. Who stands there already in the same part stays as they are.
 * Refuses: case_closed, activity_full (the list is as long as a list can be, or there are no places for that part).
 */
export const planJoin = <F extends ActivityFacts & { caseId: CommandId }>(
  facts: F,
  command: ActivityCommand,
  name: Pick<NameDown, 'memberId' | 'part' | 'isMinor'>,
): Planned<F> => {
  if (facts.state !== 'open' || facts.history.length >= STEPS_MAX) return refused('case_closed');
  const there = facts.names.find(({ memberId }) => memberId === name.memberId);
  if (there?.part === name.part) {
    return done(stepped(facts, facts.caseId, { command, step: 'joined', standing: there.standing }));
  }
  if (placesFor(facts, name.part) === 0 || facts.names.length >= NAMES_MAX) return refused('activity_full');
  const standing = placesLeft(facts, name.part) > 0 ? 'in' : 'waiting';
  const names = [
    ...facts.names.filter(({ memberId }) => memberId !== name.memberId),
    { ...name, standing, by: command.actorId, at: command.at } satisfies NameDown,
  ];
  const next = stepped(facts, facts.caseId, { command, step: 'joined', standing }, { names });
  return done({ ...next, names: movedUp(next).names });
};

/** Those who wait take places that are free, whoever waited longest first; `up`: who has one now. */
const movedUp = (facts: ActivityFacts): { names: NameDown[]; up: MemberId[] } => {
  const up: MemberId[] = [];
  const left = { volunteer: placesLeft(facts, 'volunteer'), guest: placesLeft(facts, 'guest') };
  const names = facts.names.map((name): NameDown => {
    if (name.standing === 'in' || left[name.part] <= 0) return name;
    left[name.part] -= 1;
    up.push(name.memberId);
    return { ...name, standing: 'in' };
  });
  return { names, up };
};

/** Who got a place between two versions of a list. */
export const gotPlaces = (before: ActivityFacts, after: ActivityFacts): MemberId[] =>
  after.names
    .filter(
      ({ memberId, standing }) =>
        standing === 'in' &&
        before.names.some((name) => name.memberId === memberId && name.standing === 'waiting'),
    )
    .map(({ memberId }) => memberId);

/** Takes a name off; whoever waited longest takes the place. Refuses: wrong_step (no such name), case_closed. */
export const planLeave = <F extends ActivityFacts & { caseId: CommandId }>(
  facts: F,
  command: ActivityCommand,
  memberId: MemberId,
): Planned<F> => {
  if (facts.state !== 'open' || facts.history.length >= STEPS_MAX) return refused('case_closed');
  if (!facts.names.some((name) => name.memberId === memberId)) return refused('wrong_step');
  const names = facts.names.filter((name) => name.memberId !== memberId);
  const next = stepped(facts, facts.caseId, { command, step: 'left', standing: 'out' }, { names });
  return done({ ...next, names: movedUp(next).names });
};

/** Ticks off who came, from the start on. Refuses: wrong_step (not begun, or a name that is not on the list), case_closed. */
export const planTick = <F extends ActivityFacts & { caseId: CommandId }>(
  facts: F,
  command: ActivityCommand,
  came: readonly { memberId: MemberId; minutes: number }[],
): Planned<F> => {
  if (facts.state !== 'open' || facts.history.length >= STEPS_MAX) return refused('case_closed');
  const minutesOf = new Map(came.map(({ memberId, minutes }) => [memberId, minutes]));
  const isKnown = came.every(({ memberId }) => facts.names.some((name) => name.memberId === memberId));
  if (!isKnown || msOf(command.at) < msOf(facts.startAt)) return refused('wrong_step');
  const names = facts.names.map((name): NameDown => {
    const minutes = minutesOf.get(name.memberId);
    return minutes === undefined ? name : { ...name, minutes };
  });
  return done(stepped(facts, facts.caseId, { command, step: 'ticked' }, { names }));
};

/** Who served, and for how long; people who were guests bank nothing. */
export const servedOf = ({ names }: ActivityFacts): { memberId: MemberId; minutes: number }[] =>
  names.flatMap(({ memberId, part, minutes = 0 }) =>
    part === 'volunteer' && minutes > 0 ? [{ memberId, minutes }] : [],
  );

/** Whether it can be closed now. Refuses: wrong_step (not begun, or nobody was ticked off yet), case_closed. */
export const mayClose = (facts: ActivityFacts, now: Instant): Planned<undefined> => {
  if (facts.state !== 'open') return refused('case_closed');
  const isTicked = facts.names.every(({ standing, minutes }) => standing !== 'in' || minutes !== undefined);
  return msOf(now) < msOf(facts.startAt) || !isTicked ? refused('wrong_step') : done(undefined);
};

/** Ends it; `banked` is left out where no volunteer came. Refuses: as mayClose. */
export const planCloseActivity = <F extends ActivityFacts & { caseId: CommandId }>(
  facts: F,
  command: ActivityCommand,
  banked: ActivityFacts['banked'],
): Planned<F> => {
  const may = mayClose(facts, command.at);
  if (may.kind === 'refused') return may;
  return done(
    stepped(
      facts,
      facts.caseId,
      { command, step: 'closed' },
      { state: 'closed', ...(banked === undefined ? {} : { banked }) },
    ),
  );
};

/** Calls it off. Refuses: case_closed. */
export const planCancelActivity = <F extends ActivityFacts & { caseId: CommandId }>(
  facts: F,
  command: ActivityCommand,
  reason: string,
): Planned<F> =>
  facts.state === 'open'
    ? done(stepped(facts, facts.caseId, { command, step: 'cancelled' }, { state: 'cancelled', reason }))
    : refused('case_closed');
