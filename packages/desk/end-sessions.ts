/**
 * Sign-ins end: by their owner, by staff for a telephone that is lost, by a token that came twice, by a recovery or a
 * change of roles. First the sessions end, so that none is renewed; then a line on the member's account raises the
 * version of the sign-ins, and from that instant no token of before moves an hour. Reading ends with the token, ten
 * minutes later at most. Sign-ins that stay open get the new version when they are renewed.
 */
import {
  type ActorId,
  type MemberId,
  SYSTEM,
  type SessionId,
  accountOf,
  movementOf,
} from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { EndMemberSessions, EndSessions, SessionsEnded } from '@time-bank/contracts/session';
import type { Instant } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { planSignInsEnded } from '@time-bank/ledger/mark';
import { sightOf } from '@time-bank/ledger/sight';
import {
  type TransferOrder,
  answeredBefore,
  ledgerFingerprint,
  nowOf,
  refusedById,
  transfer,
} from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { decisionOf, memberOrder } from './member-order.ts';
import { policyNow } from './policy-of.ts';
import type { Ports, Session } from './ports.ts';
import { receiptOf } from './transfer-receipt.ts';

type Owner = Pick<Member, 'memberId' | 'communityCode'>;
type EndReason = NonNullable<Session['endReason']>;
type Work = Pick<Ports, 'clock' | 'sessions' | 'journal' | 'policies'>;

/** Which sign-ins end, and why. */
export interface Ending {
  reason: EndReason;
  isMeant: (session: Session) => boolean;
}

/** All of a person's sign-ins. */
export const everyOne: Ending['isMeant'] = () => true;

type Order = TransferOrder & { mark: Parameters<typeof planSignInsEnded>[0] };

/**
 * Ends the rows of a person's sign-ins and writes no line: for whoever has no account on which hours could move, and
 * as a part of what is done here.
 */
export const endRows = async (
  ports: Pick<Ports, 'clock' | 'sessions'>,
  memberId: MemberId,
  ending: Ending,
): Promise<void> => {
  const at = nowOf(ports);
  const sessions = await ports.sessions.listNow(memberId);
  await Promise.all(
    sessions
      .filter((session) => session.endedAt === undefined && ending.isMeant(session))
      .map(({ sessionId }) => ports.sessions.end(memberId, sessionId, { at, reason: ending.reason })),
  );
};

/** On these nothing moves, whatever the sign-in. */
const nothingMoves = ['unknown_account', 'account_closed'];

const orMoot = (raised: Outcome<{ at: Instant }>, { at }: Order): Outcome<{ at: Instant }> =>
  raised.kind === 'refused' && nothingMoves.includes(raised.refusal.code) ? done({ at }) : raised;

/** Ends the sessions, then raises the version, once for each transfer's id. */
const end = async (
  ports: Work,
  { memberId }: Owner,
  order: Order,
  ending: Ending,
): Promise<Outcome<{ at: Instant }>> => {
  const before = await answeredBefore(ports, order, receiptOf);
  if (before !== undefined) return orMoot(before, order);
  const byId = order.channel === 'job' ? undefined : refusedById(order.home.transferId, order.at);
  if (byId !== undefined) return byId;
  await endRows(ports, memberId, ending);
  const raised = await transfer(
    ports,
    order,
    ({ heads }) => decisionOf(planSignInsEnded(order.mark, sightOf(heads, order.home.accountId))),
    receiptOf,
  );
  return orMoot(raised, order);
};

const commanded = async (
  ports: Work,
  permit: Grant<Action>,
  owner: Owner,
  body: EndSessions | EndMemberSessions,
  ending: Ending & { subject?: string },
): Promise<Outcome<SessionsEnded>> => {
  const { commandId } = body;
  const { subject = '' } = ending;
  const content = { ...body, subject, transferId: movementOf(commandId) };
  const says = 'reason' in body ? { note: body.reason } : {};
  const order = await memberOrder(ports, permit, owner, {
    body: content,
    reason: 'sign_in',
    says,
  });
  const outcome = await end(ports, owner, order, ending);
  if (outcome.kind === 'refused') return outcome;
  const ended = { commandId, at: outcome.value.at };
  return outcome.kind === 'replayed' ? replayed(ended) : done(ended);
};

/**
 * Ends one of one's own sign-ins. One that has ended already stays ended.
 * Refuses: unknown_session, exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const endSession = async (
  ports: Work,
  permit: Grant<'manage_sign_in'>,
  owner: Owner,
  { sessionId, ...body }: EndSessions & { sessionId: SessionId },
): Promise<Outcome<SessionsEnded>> => {
  const session = await ports.sessions.readNow(owner.memberId, sessionId);
  if (session === undefined) return refused('unknown_session');
  return commanded(ports, permit, owner, body, {
    reason: 'ended_by_member',
    isMeant: (each) => each.sessionId === sessionId,
    subject: sessionId,
  });
};

/**
 * Ends all of one's own sign-ins but the one that asks for it.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const endOtherSessions = (
  ports: Work,
  permit: Grant<'manage_sign_in'>,
  owner: Owner,
  body: EndSessions,
): Promise<Outcome<SessionsEnded>> =>
  commanded(ports, permit, owner, body, {
    reason: 'ended_by_member',
    isMeant: ({ sessionId }) => sessionId !== permit.actor.signIn?.sessionId,
  });

/**
 * Ends all sign-ins on one device of one's own.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const endDeviceSessions = (
  ports: Work,
  permit: Grant<'manage_sign_in'>,
  owner: Owner,
  { thumbprint, ...body }: EndSessions & { thumbprint: string },
): Promise<Outcome<SessionsEnded>> =>
  commanded(ports, permit, owner, body, {
    reason: 'ended_by_member',
    isMeant: ({ deviceKey }) => deviceKey === thumbprint,
    subject: thumbprint,
  });

/**
 * Staff end all sign-ins of a member. The grant is over the member.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const endMemberSessions = (
  ports: Work,
  permit: Grant<'end_sign_ins'>,
  owner: Owner,
  body: EndMemberSessions,
): Promise<Outcome<SessionsEnded>> =>
  commanded(ports, permit, owner, body, { reason: 'ended_by_staff', isMeant: everyOne });

/** Why sign-ins end as a part of something else; the same cause at the same instant is carried out once. */
export interface Revocation {
  reason: EndReason;
  by: ActorId;
  cause: readonly string[];
  at: Instant;
  isMeant?: Ending['isMeant'];
}

/** Ends sign-ins, all of them where nothing else is said, as a part of a recovery, a change of roles and the like. */
export const revokeSignIns = async (
  ports: Work,
  owner: Owner,
  { reason, by, cause, at, isMeant = everyOne }: Revocation,
): Promise<void> => {
  const accountId = accountOf(owner.memberId);
  const transferId = derivedTransfer(at, ['sign_ins_ended', accountId, ...cause]);
  const fingerprint = fingerprintOf(['sign_ins_ended', accountId, cause]);
  const { version: policyVersion } = await policyNow(ports, owner.communityCode);
  const channel = by === SYSTEM ? 'job' : 'web';
  const facts: MovementFacts = {
    at,
    actorId: by,
    channel,
    region: owner.communityCode,
    policyVersion,
    reason: 'sign_in',
  };
  const order: Order = {
    fingerprint,
    at,
    // The id is the service's own, whoever gave the cause.
    channel: 'job',
    home: { accountId, transferId },
    mark: { facts, transferId, accountId, fingerprint: ledgerFingerprint(fingerprint) },
  };
  await end(ports, owner, order, { reason, isMeant });
};

/** A refresh token came again: somebody else has it, too. Ends its session at once, and notes it. */
export const endReused = async (
  ports: Work & Pick<Ports, 'auditLog' | 'ids'>,
  owner: Owner,
  sessionId: SessionId,
): Promise<void> => {
  const at = nowOf(ports);
  await revokeSignIns(ports, owner, {
    reason: 'token_reused',
    by: SYSTEM,
    cause: [sessionId],
    at,
    isMeant: (session) => session.sessionId === sessionId,
  });
  await ports.auditLog.append({
    eventId: ports.ids.event(),
    at,
    about: owner.memberId,
    action: 'refresh_reused',
    outcome: 'refused',
    code: 'session_ended',
    subject: sessionId,
    region: owner.communityCode,
    channel: 'job',
  });
};

/** Its owner signs out. The device that does so gives its tokens away; nothing of them is good for a renewal. */
export const signOut = async (
  ports: Pick<Ports, 'clock' | 'sessions' | 'auditLog' | 'ids'>,
  memberId: MemberId,
  sessionId: SessionId,
): Promise<void> => {
  const at = nowOf(ports);
  if (!(await ports.sessions.end(memberId, sessionId, { at, reason: 'signed_out' }))) return;
  await ports.auditLog.append({
    eventId: ports.ids.event(),
    at,
    actorId: memberId,
    about: memberId,
    action: 'signed_out',
    outcome: 'done',
    subject: sessionId,
    channel: 'web',
  });
};
