/** The staff look at what people asked for: it is published, goes to a provider, or is turned down with a reason. */
import { isForProviders, traitsOf } from '@time-bank/care/catalogue';
import type { RequestFacts } from '@time-bank/care/request';
import { planPublishReviewed, planReject } from '@time-bank/care/review';
import { planFallback } from '@time-bank/care/unfilled';
import { movementOf } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Receipt } from '@time-bank/contracts/request';
import type { ReviewList, ReviewRequest } from '@time-bank/contracts/request-life';
import { msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Fund } from '@time-bank/ledger/change';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { planFree } from './free-hold.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { viewsOf } from './request-view.ts';
import { tellPeople } from './tell-steps.ts';

/** What one look at the list shows. */
const LIST_MAX = 100;
/** What is due in a community at all: far fewer than this. */
const DUE_MAX = 500;

/** What waits for a review in a community, soonest due first. Refuses: unknown_region. */
export const listReviews = async (
  ports: Pick<Ports, 'careBook' | 'people' | 'regions' | 'policies'>,
  permit: Grant<'list_community_requests'>,
  community: CommunityCode,
): Promise<Outcome<ReviewList>> => {
  if ((await ports.regions.read(community)) === undefined) return refused('unknown_region');
  const due = await ports.careBook.listDue(community, { limit: DUE_MAX });
  const waiting = due.filter(({ request }) => request.state === 'submitted').slice(0, LIST_MAX);
  return done({ items: await viewsOf(ports, permit, waiting) });
};

/** Who serves, out of which purchase: what an event says of it. */
export const servedBy = ({ provider, document }: Pick<Fund, 'provider' | 'document'>): string =>
  `${provider} ${document}`;

/** True where a purchase has not enough left for a request, or none was named. */
export const isTooSmall = (
  fund: Pick<Fund, 'leftMinutes'> | undefined,
  { plannedMinutes }: RequestFacts['request'],
): boolean => (fund?.leftMinutes ?? 0) < plannedMinutes;

/** Whether it can be published: a volunteer may make it, and it has not begun. Refuses: starts_in_past, service_not_offered. */
const canBePublished = async (
  ports: Pick<Ports, 'policies'>,
  { request }: RequestFacts,
  now: string,
): Promise<Planned<undefined>> => {
  if (msOf(request.plannedStartAt) < msOf(now)) return refused('starts_in_past');
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return policy;
  return isForProviders(traitsOf(policy.value, request.serviceCode))
    ? refused('service_not_offered')
    : done(undefined);
};

/**
 * The grant is over the request, and over nobody who receives it. `fund`: the purchase that was named, where one was.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, starts_in_past,
 * service_not_offered, wrong_state, unknown_policy_version, unknown_account, purchase_used_up, busy_try_again.
 */
export const reviewRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'review_request'>,
  { facts: asRead, fund }: { facts: RequestFacts; fund?: Fund | undefined },
  body: ReviewRequest,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts, found) => {
      const { request } = facts;
      if (body.decision === 'publish') {
        const step = planPublishReviewed(facts, command);
        if (step.kind === 'refused') return step;
        const can = await canBePublished(ports, facts, command.at);
        return can.kind === 'refused' ? can : together(step.value, []);
      }
      const order = {
        ...command,
        transferId: movementOf(body.commandId),
        reason: 'request_cancelled',
      } as const;
      const freed = planFree(request, order, found);
      if (freed.kind !== 'done') return freed;
      const { changes, releasedMinutes } = freed.value;
      if (body.decision === 'to_provider') {
        const step = planFallback(facts, command, fund === undefined ? '' : servedBy(fund));
        if (step.kind === 'refused') return step;
        return isTooSmall(fund, request) ? refused('purchase_used_up') : together(step.value, changes);
      }
      const step = planReject(facts, command, { reason: body.reason ?? '', releasedMinutes });
      if (step.kind === 'refused') return step;
      const told = tellPeople(command, request, 'request_rejected', [request.receiverId]);
      return together(step.value, [...changes, ...told]);
    },
    asRead,
  );
};
