/**
 * The life of a request as one table: from which state it may go where. A step that is not in it is not made; who may
 * take which step stands with the step. A visit that is accepted may begin without a word of agreement: who opens the
 * door agrees. Who did not come, was not there, or was proven wrong stays so: a second try is a request of its own
 * that says which one it follows. What was taken back (`reversed`) is an end of its own and is not closed: what is closed
 * counts as made. Source: domain 5.2.
 */
import type { RequestState } from '@time-bank/contracts/request';

/** Where each state leads; nothing where it is an end. */
export const leadsTo: Readonly<Record<RequestState, readonly RequestState[]>> = {
  draft: ['submitted', 'void'],
  void: [],
  submitted: ['published', 'rejected', 'fallback', 'void'],
  rejected: ['draft', 'submitted', 'void'],
  published: ['accepted', 'unfilled', 'cancelled'],
  accepted: [
    'confirmed',
    'published',
    'in_service',
    'no_show_volunteer',
    'no_show_elder',
    'cancelled',
    'cancelled_by_volunteer',
    'cancelled_by_service',
  ],
  confirmed: [
    'published',
    'in_service',
    'no_show_volunteer',
    'no_show_elder',
    'cancelled',
    'cancelled_by_volunteer',
    'cancelled_by_service',
  ],
  in_service: ['pending_confirm', 'aborted', 'callback', 'cancelled'],
  aborted: ['callback'],
  pending_confirm: ['settled', 'callback', 'disputed'],
  callback: ['settled', 'disputed'],
  settled: ['rated', 'disputed', 'closed'],
  rated: ['rectify', 'disputed', 'closed'],
  rectify: ['rated', 'disputed', 'closed'],
  disputed: ['settled', 'reversed'],
  reversed: [],
  unfilled: ['published', 'fallback', 'cancelled_by_service'],
  fallback: ['settled', 'cancelled_by_service'],
  no_show_volunteer: [],
  no_show_elder: [],
  cancelled: [],
  cancelled_by_volunteer: [],
  cancelled_by_service: [],
  closed: [],
};

/** True where a request in `from` may go to `to`. */
export const mayLeadTo = (from: RequestState, to: RequestState): boolean => leadsTo[from].includes(to);

/** True where nothing follows any more. */
export const isEnd = (state: RequestState): boolean => leadsTo[state].length === 0;

/** Somebody still waits for it: handed in, looked for, to come, to be confirmed, in dispute; what is credited waits for a rating at most. */
export const isUnderWay = (state: RequestState): boolean =>
  !isEnd(state) && !['draft', 'rejected', 'settled', 'rated'].includes(state);

/** A volunteer has it and is to come. */
export const isTaken = (state: RequestState): boolean => state === 'accepted' || state === 'confirmed';

/** The visit took place: it was ended by a check-out, or somebody entered it afterwards, and nobody has said that it did not. */
export const wasMade = (state: RequestState): boolean =>
  state === 'pending_confirm' ||
  state === 'callback' ||
  state === 'settled' ||
  state === 'rated' ||
  state === 'rectify' ||
  state === 'disputed' ||
  state === 'closed';

/** It takes up its volunteer's time. */
export const takesTime = (state: RequestState): boolean =>
  isTaken(state) || state === 'in_service' || state === 'aborted' || wasMade(state);

/** It was made, and somebody has to say so. */
export const waitsForAWord = (state: RequestState): boolean =>
  state === 'pending_confirm' || state === 'callback';

/** Somebody is looked for, or on the way, or has just been. */
export const isOnItsWay = (state: RequestState): boolean =>
  state === 'submitted' || state === 'published' || needsTheDoor(state);

/** The volunteer needs to find the door, or whoever lives behind it. */
export const needsTheDoor = (state: RequestState): boolean =>
  isTaken(state) || state === 'in_service' || state === 'aborted' || waitsForAWord(state);
