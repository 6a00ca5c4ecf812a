/**
 * The schedule's work on requests that somebody has taken: whatever is due, by where the request stands. Each row is
 * one rule in a file of its own; what it does is safe to do twice, and by two runs at once.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { CommunityCode } from '@time-bank/contracts/region';
import type { RequestState } from '@time-bank/contracts/request';
import { justAfterNow } from './carry-out.ts';
import { dueSubmitted } from './due-submitted.ts';
import { dueTaken } from './due-taken.ts';
import { dueUnfilled } from './due-unfilled.ts';
import { onCallback, onPendingConfirm } from './due-confirm.ts';
import { onDisputed } from './due-disputed.ts';
import { onRectify, onSettled } from './due-settled.ts';
import { dueAborted, dueInService } from './due-visiting.ts';
import { oneByOne } from './one-by-one.ts';
import type { Ports } from './ports.ts';

/** What the rules of the schedule may use. */
export type DueWork = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'policies' | 'caseBook' | 'personFiles'
>;

/** Does what is due on a request. True where something was done. */
export type OnDue = (ports: DueWork, facts: RequestFacts) => Promise<boolean>;

const onDue: Partial<Record<RequestState, OnDue>> = {
  submitted: dueSubmitted,
  accepted: dueTaken,
  in_service: dueInService,
  aborted: dueAborted,
  confirmed: dueTaken,
  pending_confirm: onPendingConfirm,
  callback: onCallback,
  settled: onSettled,
  rated: onSettled,
  rectify: onRectify,
  disputed: onDisputed,
  unfilled: dueUnfilled,
  fallback: dueUnfilled,
};

/** A run does this much in a community; the next run goes on. */
const A_RUN = 200;

/** Does what is due in every community. Gives how many requests were moved or told of. */
export const keepVisits = async (ports: DueWork): Promise<number> => {
  // What is due at this very instant is due; the list ends before its bound.
  const before = justAfterNow(ports);
  return oneByOne(await ports.regions.listCommunities(''), async ({ code }) => {
    const due = await ports.careBook.listDue(CommunityCode.parse(code), { before, limit: A_RUN });
    return oneByOne(due, async (facts) => (await onDue[facts.request.state]?.(ports, facts)) ?? false);
  });
};
