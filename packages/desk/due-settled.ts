/**
 * The schedule's rules for a visit whose hours are booked: both sides are asked how it was; a work order that is late is
 * told upwards; and after the days in which something can be said, the request is closed.
 */
import { closesAt } from '@time-bank/care/rating';
import { type NoticeChange, tell } from '@time-bank/care/notice';
import { moved, type RequestFacts, type RequestRecord, touched, volunteersOf } from '@time-bank/care/request';
import { countyOf } from '@time-bank/contracts/region';
import { msOf, plusMinutes } from '@time-bank/contracts/time';
import { carryOut, nowOf } from './carry-out.ts';
import { elderSide } from './elder-side.ts';
import type { DueWork, OnDue } from './keep-visits.ts';
import { officersOf } from './officers-of.ts';
import { policyOfRecord } from './policy-of.ts';
import { workOrderId } from './rate-visit.ts';
import { serviceStep } from './service-step.ts';
import { tellPeople } from './tell-steps.ts';

const A_DAY_MINUTES = 24 * 60;

const close = async (ports: DueWork, facts: RequestFacts): Promise<boolean> => {
  const order = serviceStep(ports, facts.request, 'close');
  const outcome = await carryOut(
    ports,
    order,
    ({ request }) => {
      // Somebody has said something since it was looked at: the next run looks again.
      if (request.version !== facts.request.version)
        return { kind: 'refused', refusal: { code: 'busy_try_again' } };
      const { change, receipt } = moved(request, { command: order, to: 'closed' });
      return { kind: 'done', value: { changes: [change], receipt } };
    },
    facts,
  );
  return outcome.kind === 'done';
};

const invitations = async (ports: DueWork, request: RequestRecord): Promise<NoticeChange[]> => {
  const { requestId, receiverId, ratings = [] } = request;
  const has = (by: 'receiver' | 'volunteer'): boolean => ratings.some((rating) => rating.by === by);
  const at = nowOf(ports);
  const about = { requestId };
  return [
    ...(has('receiver')
      ? []
      : [
          tell(requestId, {
            kind: 'please_rate',
            to: { people: await elderSide(ports, receiverId) },
            about,
            at,
          }),
        ]),
    // A provider is asked nothing: there is nobody to tell.
    ...(has('volunteer')
      ? []
      : tellPeople({ stepId: requestId, at }, request, 'please_rate_visit', volunteersOf(request))),
  ];
};

/** Booked: the sides are asked once; then it waits for what they say, and is closed. */
export const onSettled: OnDue = async (ports, facts) => {
  const { request } = facts;
  const policy = await policyOfRecord(ports, request);
  const ends = policy.kind === 'refused' ? undefined : closesAt(policy.value, request);
  if (ends === undefined) return false;
  if (msOf(ends) <= msOf(nowOf(ports))) return close(ports, facts);
  const wasAsked =
    (request.told ?? 0) > 0 || request.history.some(({ receipt }) => receipt.state === 'disputed');
  const words = wasAsked ? [] : await invitations(ports, request);
  return (await ports.journal.commit([touched(request, { told: 1, dueAt: ends }), ...words])).kind === 'done';
};

/** Put right or not: what is late is told to the county every day; what nobody says anything to any more is closed. */
export const onRectify: OnDue = async (ports, facts) => {
  const { request } = facts;
  const now = nowOf(ports);
  const orders = await Promise.all(
    (['receiver', 'volunteer'] as const).map((by) =>
      ports.caseBook.readNow('rectify', workOrderId(request, by)),
    ),
  );
  const open = orders.filter((order) => order !== undefined).filter(({ state }) => state !== 'ended');
  if (open.length === 0) return close(ports, facts);
  const late = open.filter(({ dueAt }) => msOf(dueAt) <= msOf(now));
  const ahead = open.map(({ dueAt }) => msOf(dueAt)).filter((ms) => ms > msOf(now));
  const tomorrow = plusMinutes(now, A_DAY_MINUTES);
  const dueAt = late.length > 0 ? tomorrow : new Date(Math.min(...ahead)).toISOString();
  const { communityCode, version } = request;
  const county = late.length === 0 ? [] : await officersOf(ports, 'county', countyOf(communityCode));
  const words = late.flatMap(({ caseId, level }) => {
    const word = { kind: 'rectify_overdue', about: { caseId }, figures: { level }, at: now } as const;
    return [
      tell(`${caseId}.${String(version)}`, { ...word, to: { deskOf: communityCode } }),
      ...(county.length === 0
        ? []
        : [tell(`${caseId}.${String(version)}.county`, { ...word, to: { people: county } })]),
    ];
  });
  return (await ports.journal.commit([touched(request, { dueAt }), ...words])).kind === 'done';
};
