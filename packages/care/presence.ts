/**
 * Being there: a visit begins with the elder's card, a code that they read aloud or a call, and ends when the last who
 * came has left. Service time runs from check-in to check-out on the service's own clock, which knows no time zone; no
 * telephone's clock and nobody's word moves it, and the way there is not service time. Source: README "Visits".
 */
import type { MemberId, VisitId } from '@time-bank/contracts/ids';
import type { Point } from '@time-bank/contracts/member';
import { type Planned, type Refusal, done, refused } from '@time-bank/contracts/refusals';
import { msOf, plusMinutes, wholeMinutesBetween } from '@time-bank/contracts/time';
import type { Proof, ProofKind } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';
import { isTaken } from './life.ts';
import { tell } from './notice.ts';
import { proofOf } from './proof.ts';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type Step,
  type VisitRecord,
  moved,
  partOf,
  volunteersOf,
} from './request.ts';
import { lastCheckInAt, overdueAt } from './visit.ts';

/** How long the schedule waits with its first word about a visit that waits for somebody. */
const FIRST_WORD_MINUTES = 24 * 60;

/** Something that shows presence; what `isGood` is false of was shown and speaks against it. */
export interface ShownProof {
  kind: ProofKind;
  isGood: boolean;
  digest?: string;
}

/**
 * What a volunteer shows. `key`: what opens or closes the visit, right or wrong; at the end it may be left out.
 * `beside`: what is shown as well and stands in nobody's way. `point`: roughly where, if they agreed to say.
 */
export interface Shown {
  volunteerId: MemberId;
  key?: ShownProof;
  beside: readonly ShownProof[];
  point?: Point | undefined;
}

const proofsOf = (shown: Shown, moment: Proof['moment'], at: Proof['at']): Proof[] =>
  [...(shown.key === undefined ? [] : [shown.key]), ...shown.beside].map(({ kind, isGood, digest }) => ({
    ...proofOf(kind, moment, at, isGood),
    ...(digest === undefined ? {} : { digest }),
  }));

/** A step that failed on the code: the try is written down before the refusal is given. */
export interface WrongCode {
  refusal: Refusal;
  changes: CareChange[];
}

type Counted<T> = Planned<T> | { kind: 'wrong_code'; wrong: WrongCode };

const wrongCode = (policy: Policy, facts: RequestFacts, visit: VisitRecord, command: Command): WrongCode => {
  const counted = visit.lastWrongTry === command.fingerprint;
  const wrongCodes = counted ? visit.wrongCodes : visit.wrongCodes + 1;
  const refusal: Refusal = { code: 'visit_code_incorrect', triesLeft: policy.visitCodeTriesMax - wrongCodes };
  if (counted) return { refusal, changes: [] };
  const request = { ...facts.request, version: facts.request.version + 1 };
  return {
    refusal,
    changes: [
      { change: 'move_request', fromVersion: facts.request.version, request },
      { change: 'move_visit', visit: { ...visit, wrongCodes, lastWrongTry: command.fingerprint } },
    ],
  };
};

const isLocked = (policy: Policy, visit: VisitRecord, command: Command): boolean =>
  visit.wrongCodes >= policy.visitCodeTriesMax && visit.lastWrongTry !== command.fingerprint;

const isToCome = ({ state }: VisitRecord): boolean => state === 'joined' || state === 'chosen';

const dueOf = ({ dueAt }: RequestFacts['request']) => (dueAt === undefined ? {} : { dueAt });

/**
 * A volunteer is there. Of two, each begins for themselves; the visit is under way from the first on.
 * Refuses: not_accepted, already_checked_in, too_early_to_check_in, too_late_to_check_in, visit_code_locked,
 * visit_code_incorrect.
 */
export const planCheckIn = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  shown: Shown & { key: ShownProof },
): Counted<Step> => {
  const { request } = facts;
  const visit = partOf(facts, shown.volunteerId);
  if (visit?.checkedInAt !== undefined) return refused('already_checked_in');
  const mayCome = isTaken(request.state) || request.state === 'in_service';
  if (visit === undefined || !mayCome || !isToCome(visit)) return refused('not_accepted');
  const at = msOf(command.at);
  if (at < msOf(plusMinutes(request.plannedStartAt, -policy.checkInEarlyMinutes)))
    return refused('too_early_to_check_in');
  if (at > msOf(lastCheckInAt(policy, request))) return refused('too_late_to_check_in');
  if (isLocked(policy, visit, command)) return refused('visit_code_locked');
  if (!shown.key.isGood) return { kind: 'wrong_code', wrong: wrongCode(policy, facts, visit, command) };
  const { change, receipt } = moved(request, {
    command,
    to: 'in_service',
    facts: { visitId: visit.visitId },
    dueAt: overdueAt(policy, request, command.at),
    ...(shown.point === undefined ? {} : { point: shown.point }),
  });
  const proofs = [...(visit.proofs ?? []), ...proofsOf(shown, 'check_in', command.at)];
  const begun: VisitRecord = { ...visit, state: 'checked_in', checkedInAt: command.at, proofs };
  return done({ changes: [change, { change: 'move_visit', visit: begun }], receipt });
};

/** A part that is over: what was served on the service's clock, never below zero, whatever two machines think. */
const ended = (visit: VisitRecord, at: Command['at'], proofs: readonly Proof[]): VisitRecord => ({
  ...visit,
  state: 'checked_out',
  checkedOutAt: at,
  servedMinutes:
    visit.checkedInAt === undefined ? 0 : Math.max(0, wholeMinutesBetween(visit.checkedInAt, at)),
  ...(proofs.length === 0 ? {} : { proofs: [...(visit.proofs ?? []), ...proofs] }),
});

/** Parts of people who were to come and did not, once the visit is over. */
const missedParts = (facts: RequestFacts): VisitRecord[] =>
  [facts.visit, facts.second]
    .filter((part) => part !== undefined)
    .filter(isToCome)
    .map((part) => ({ ...part, state: 'no_show' }));

const partChange = (visit: VisitRecord): CareChange => ({ change: 'move_visit', visit });

/**
 * A volunteer leaves. Of two, the visit is over when the last has left; who never came is written down as such.
 * Refuses: not_in_service, visit_code_locked, visit_code_incorrect (where a code is given; without one nobody is kept).
 */
export const planCheckOut = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  shown: Shown,
): Counted<Step> => {
  const { request } = facts;
  const visit = partOf(facts, shown.volunteerId);
  if (request.state !== 'in_service' || visit?.state !== 'checked_in') return refused('not_in_service');
  if (shown.key?.isGood === false) {
    if (isLocked(policy, visit, command)) return refused('visit_code_locked');
    return { kind: 'wrong_code', wrong: wrongCode(policy, facts, visit, command) };
  }
  const left = ended(visit, command.at, proofsOf(shown, 'check_out', command.at));
  const isOther = (part: VisitRecord | undefined): boolean =>
    part !== undefined && part.visitId !== visit.visitId && part.state === 'checked_in';
  const isOneStillThere = isOther(facts.visit) || isOther(facts.second);
  const told = { visitId: visit.visitId, servedMinutes: left.servedMinutes ?? 0 };
  const point = shown.point === undefined ? {} : { point: shown.point };
  if (isOneStillThere) {
    const { change, receipt } = moved(request, {
      command,
      to: 'in_service',
      facts: told,
      ...dueOf(request),
      ...point,
    });
    return done({ changes: [change, partChange(left)], receipt });
  }
  const { change, receipt } = moved(request, {
    command,
    to: 'pending_confirm',
    facts: told,
    dueAt: plusMinutes(command.at, FIRST_WORD_MINUTES),
    ...point,
  });
  const word = tell(command.stepId, {
    kind: 'please_confirm',
    to: { people: [request.receiverId] },
    about: { requestId: request.requestId },
    figures: { servedMinutes: left.servedMinutes ?? 0 },
    at: command.at,
  });
  return done({
    changes: [change, partChange(left), ...missedParts(facts).map(partChange), word],
    receipt,
  });
};

/**
 * A visit is broken off by who is there: what was served until now is kept, and the hotline asks how it was. Everybody
 * who is there leaves. Refuses: not_in_service.
 */
export const planAbort = (
  facts: RequestFacts,
  command: Command,
  { volunteerId, reason }: { volunteerId: MemberId; reason: string },
): Planned<Step> => {
  const { request } = facts;
  const visit = partOf(facts, volunteerId);
  if (request.state !== 'in_service' || visit?.state !== 'checked_in') return refused('not_in_service');
  const there = [facts.visit, facts.second].filter((part) => part?.state === 'checked_in');
  const left = there.flatMap((part) => (part === undefined ? [] : [ended(part, command.at, [])]));
  const own = left.find(({ visitId }) => visitId === visit.visitId);
  const { change, receipt } = moved(
    request,
    {
      command,
      to: 'aborted',
      reason,
      facts: { visitId: visit.visitId, servedMinutes: own?.servedMinutes ?? 0 },
      dueAt: command.at,
    },
    { callbackReasons: ['aborted'] },
  );
  const word = tell(command.stepId, {
    kind: 'call_back_waiting',
    to: { deskOf: request.communityCode },
    about: { requestId: request.requestId },
    at: command.at,
  });
  return done({
    changes: [change, ...left.map(partChange), ...missedParts(facts).map(partChange), word],
    receipt,
  });
};

/** A visit that was broken off goes to whoever calls. Refuses: not_in_service where it does not wait for that. */
export const planAfterAbort = ({ request }: RequestFacts, command: Command): Planned<Step> => {
  if (request.state !== 'aborted') return refused('not_in_service');
  const { change, receipt } = moved(request, {
    command,
    to: 'callback',
    dueAt: plusMinutes(command.at, FIRST_WORD_MINUTES),
  });
  return done({ changes: [change], receipt });
};

/** Half an hour after the volunteers were reminded, whoever looks after the place is told; then once a day. */
const DESK_AFTER_MINUTES = 30;
const REMINDED_TIMES_MAX = 7;

/** Nobody has checked out: the volunteers hear of it first, then the desk. Undefined once everybody has been told often enough. */
export const planOverdueWord = (
  { request, visit, second }: RequestFacts,
  at: Command['at'],
): { told: number; dueAt: Command['at']; change: CareChange } | undefined => {
  const told = (request.told ?? 0) + 1;
  if (told > REMINDED_TIMES_MAX) return undefined;
  const there = volunteersOf(request).filter((id) =>
    [visit, second].some((part) => part?.volunteerId === id && part.state === 'checked_in'),
  );
  const isFirst = told === 1;
  const change = tell(`${request.requestId}.overdue.${String(told)}`, {
    kind: isFirst ? 'check_out_forgotten' : 'check_out_overdue',
    to: isFirst ? { people: there } : { deskOf: request.communityCode },
    about: { requestId: request.requestId },
    at,
  });
  return { told, change, dueAt: plusMinutes(at, isFirst ? DESK_AFTER_MINUTES : FIRST_WORD_MINUTES) };
};

/**
 * Everybody was told, and nobody has ended it: the hotline asks the elder's side. When it ended nobody knows; what was
 * planned is taken for what was served, and no more. Refuses: not_in_service.
 */
export const planNeverEnded = (facts: RequestFacts, command: Command): Planned<Step> => {
  const { request } = facts;
  if (request.state !== 'in_service') return refused('not_in_service');
  const { change, receipt } = moved(
    request,
    {
      command,
      to: 'callback',
      reason: 'nobody has checked out',
      dueAt: plusMinutes(command.at, FIRST_WORD_MINUTES),
    },
    { callbackReasons: ['not_ended'] },
  );
  const left = [facts.visit, facts.second]
    .filter((part) => part?.state === 'checked_in')
    .flatMap((part): VisitRecord[] =>
      part === undefined ? [] : [{ ...part, state: 'checked_out', servedMinutes: request.plannedMinutes }],
    );
  const word = tell(command.stepId, {
    kind: 'call_back_waiting',
    to: { deskOf: request.communityCode },
    about: { requestId: request.requestId },
    at: command.at,
  });
  return done({ changes: [change, ...[...left, ...missedParts(facts)].map(partChange), word], receipt });
};

/** A call has shown, or has not, that somebody is or was there. Refuses: unknown_visit, not_in_service. */
export const planCallProof = (
  facts: RequestFacts,
  command: Command,
  { visitId, isGood }: { visitId: VisitId; isGood: boolean },
): Planned<Step> => {
  const { request } = facts;
  const visit = [facts.visit, facts.second].find((part) => part?.visitId === visitId);
  if (visit === undefined) return refused('unknown_visit');
  if (!['in_service', 'pending_confirm', 'callback'].includes(request.state))
    return refused('not_in_service');
  const { told } = request;
  const { change, receipt } = moved(
    request,
    { command, to: request.state, facts: { visitId }, ...dueOf(request) },
    told === undefined ? {} : { told },
  );
  const moment = request.state === 'in_service' ? 'check_in' : 'afterwards';
  const proofs = [...(visit.proofs ?? []), proofOf('call_back', moment, command.at, isGood)];
  return done({ changes: [change, partChange({ ...visit, proofs })], receipt });
};
