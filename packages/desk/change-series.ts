/**
 * A date of a series is moved or left out, the series rests, or it ends. Requests that were posted for such dates are
 * taken back first, each under an id of its own: whoever is cut off between the two sends the same again.
 */
import { type Command, moved, volunteersOf } from '@time-bank/care/request';
import {
  type PostedDate,
  type SeriesChange,
  changeOf,
  planChange,
  requestsTakenBack,
} from '@time-bank/care/series';
import { startOn } from '@time-bank/care/repeat-rule';
import type { RequestId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { RequestState } from '@time-bank/contracts/request';
import type { ChangeSeries, SeriesReceipt } from '@time-bank/contracts/series';
import { type Instant, civilDateOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { derivedCommand, derivedTransfer } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { seriesCommand, stepSeries } from './series-step.ts';
import type { SeriesCase } from './staff-case.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellPeople } from './tell-steps.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'caseBook' | 'policies'>;

/** Where a request goes that is taken back; undefined where it has begun or is over: it is left alone. */
const takenBackTo: Partial<Record<RequestState, RequestState>> = {
  submitted: 'void',
  published: 'cancelled',
  accepted: 'cancelled',
  confirmed: 'cancelled',
};

const stepOf = (
  record: SeriesCase,
  { date, requestId }: PostedDate,
  { commandId, fingerprint, actorId, at }: ReturnType<typeof seriesCommand>,
): Command & { requestId: RequestId } => ({
  stepId: derivedCommand(startOn(date, record.startMinute), ['taken_back', commandId, requestId]),
  fingerprint,
  actorId,
  channel: 'job',
  at,
  requestId,
});

/** Takes the request of a date back; who was to come is told, and what was set aside is free. */
const takeBack = async (
  ports: Work,
  record: SeriesCase,
  posted: PostedDate,
  said: ReturnType<typeof seriesCommand>,
): Promise<void> => {
  const command = stepOf(record, posted, said);
  await carryOut(ports, command, async (facts, found) => {
    const { request } = facts;
    const to = takenBackTo[request.state];
    if (to === undefined) return refused('not_cancellable');
    const transferId = derivedTransfer(request.plannedStartAt, [
      'taken_back',
      said.commandId,
      request.requestId,
    ]);
    const freed = planFree(request, { ...command, transferId, reason: 'request_cancelled' }, found);
    if (freed.kind !== 'done') return freed;
    const { change, receipt } = moved(request, {
      command,
      to,
      reason: 'changed with its series',
      ...(freed.value.releasedMinutes === undefined
        ? {}
        : { facts: { releasedMinutes: freed.value.releasedMinutes } }),
    });
    return together({ changes: [change], receipt }, [
      ...freed.value.changes,
      ...(await strikeDiaries(ports, request, volunteersOf(request))),
      ...tellPeople(command, request, 'visit_cancelled', volunteersOf(request)),
    ]);
  });
};

/** A date is moved no further ahead than anything is posted. Refuses: starts_too_late. */
const isTooLate = async (
  ports: Work,
  record: SeriesCase,
  body: SeriesChange,
  now: Instant,
): Promise<ReturnType<typeof refused> | undefined> => {
  if (body.change !== 'move_date') return undefined;
  const policy = await policyNow(ports, record.communityCode);
  const last = plusMinutes(now, policy.postAheadDaysMax * 24 * 60);
  return msOf(body.to) > msOf(last) ? refused('starts_too_late') : undefined;
};

/**
 * Changes a series. The grant is over its elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, case_closed, starts_in_past,
 * starts_too_late, date_not_in_series, busy_try_again.
 */
export const changeSeries = (
  ports: Work,
  permit: Grant<'change_series'>,
  asRead: SeriesCase,
  body: ChangeSeries,
): Promise<Outcome<SeriesReceipt>> => {
  const command = seriesCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  const change = changeOf(body);
  return stepSeries(ports, asRead, command, async (record) => {
    const planned = planChange(record, command, change);
    if (planned.kind === 'refused') return planned;
    const tooLate = await isTooLate(ports, record, change, command.at);
    if (tooLate !== undefined) return tooLate;
    for (const posted of requestsTakenBack(record, change, civilDateOf(command.at))) {
      await takeBack(ports, record, posted, command);
    }
    // The schedule looks at once at what has changed.
    return done({ ...planned.value, dueAt: command.at });
  });
};
