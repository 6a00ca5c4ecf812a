/** Staff, or a helper for their elder, ask for a companionship visit to an elder. The community pays. */
import { type Command, planPublish } from '@time-bank/care/request';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { PostRequest, Receipt, RedeemHours } from '@time-bank/contracts/request';
import { type Instant, instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Policy } from '@time-bank/policy/policy';
import { publish, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** A start that was five minutes ago when the form was sent is still meant. */
const PAST_GRACE_MINUTES = 5;

/** Refuses: starts_in_past, starts_too_late. */
export const checkStart = (policy: Policy, plannedStartAt: Instant, now: Instant): Outcome<undefined> => {
  if (msOf(plannedStartAt) < msOf(plusMinutes(now, -PAST_GRACE_MINUTES))) return refused('starts_in_past');
  const last = plusMinutes(now, policy.postAheadDaysMax * 24 * 60);
  return msOf(plannedStartAt) > msOf(last) ? refused('starts_too_late') : done(undefined);
};

type Wanted = Omit<Parameters<typeof planPublish>[1], 'postedBy'>;

/** What a request takes from its form and its receiver. */
export const wantedOf = (body: PostRequest | RedeemHours, receiver: Member, policy: Policy): Wanted => ({
  requestId: body.requestId,
  serviceCode: body.serviceCode,
  receiverId: receiver.memberId,
  receiver: { surname: surnameOf(receiver.name), gender: receiver.gender },
  communityCode: receiver.communityCode,
  plannedStartAt: instantOf(msOf(body.plannedStartAt)),
  plannedMinutes: body.plannedMinutes,
  place: body.place ?? {
    address: receiver.address,
    ...(receiver.point === undefined ? {} : { point: receiver.point }),
  },
  wishes: body.wishes,
  ...(body.note === undefined || body.note === '' ? {} : { note: body.note }),
  policyVersion: policy.version,
});

/**
 * Posts the request. The grant is over the receiver's community, or over the card that asks for it.
 * Refuses: exists_with_different_content, starts_in_past, starts_too_late, not_receiving_care, busy_try_again.
 */
export const postRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'post_request' | 'order_for_elder' | 'dispatch_linkage'>,
  receiver: Member,
  body: PostRequest,
): Promise<Outcome<Receipt>> => {
  const command: Command = commandOf(ports, permit, body.requestId, body, body.forWhom);
  return publish(ports, { ...command, requestId: body.requestId }, async () => {
    const policy = await policyNow(ports, receiver.communityCode);
    const start = checkStart(policy, body.plannedStartAt, command.at);
    if (start.kind === 'refused') return start;
    if (!receiver.roles.some(({ role }) => role === 'resident')) return refused('not_receiving_care');
    return together(
      planPublish(command, { ...wantedOf(body, receiver, policy), postedBy: permit.actor.memberId }),
      [],
    );
  });
};
