/**
 * A visit is confirmed by somebody who has no sign-in here, a daughter far away, with a link that says for which visit.
 * It is good once and for three days, and shows no more than is needed to say yes.
 */
import { waitsForAWord } from '@time-bank/care/life';
import type { RequestFacts } from '@time-bank/care/request';
import type {
  ConfirmLink,
  ConfirmLinkReceipt,
  ConfirmLinkView,
  LinkToken,
  MakeConfirmLink,
} from '@time-bank/contracts/confirming';
import { type MemberId, movementOf } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { instantOf, plusMinutes } from '@time-bank/contracts/time';
import { type LinkFacts, linkToken, readLinkToken } from '@time-bank/identity/confirm-link';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf, refusedById } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import { serviceNames } from './service-names.ts';
import { settleVisit } from './settle-visit.ts';

const GOOD_FOR_MINUTES = 3 * 24 * 60;

/**
 * Makes a link; the same id makes a link of the same use. The grant is over the request.
 * Refuses: id_too_old, id_from_the_future, not_awaiting_confirmation.
 */
export const makeConfirmLink = (
  ports: Pick<Ports, 'clock'> & { keys: TokenKeys },
  permit: Grant<'make_confirm_link'>,
  { request }: RequestFacts,
  { linkId }: MakeConfirmLink,
): Outcome<ConfirmLink> => {
  const now = nowOf(ports);
  const byId = refusedById(linkId, now);
  if (byId !== undefined) return byId;
  if (!waitsForAWord(request.state)) return refused('not_awaiting_confirmation');
  const issuerId = permit.actor.memberId;
  const expiresAt = instantOf(Math.floor(Date.parse(plusMinutes(now, GOOD_FOR_MINUTES)) / 1000) * 1000);
  const token = linkToken(ports.keys, { linkId, requestId: request.requestId, issuerId, expiresAt });
  return done({ token, expiresAt });
};

type Linked = { link: LinkFacts; facts: RequestFacts };

/** What a link is for, and the visit as it stands. Refuses: link_not_accepted. */
const linked = async (
  ports: Pick<Ports, 'clock' | 'careBook'> & { keys: TokenKeys },
  token: LinkToken,
): Promise<Outcome<Linked>> => {
  const link = readLinkToken(ports.keys, token, ports.clock.nowMs());
  const facts = link === undefined ? undefined : await ports.careBook.readRequestNow(link.requestId);
  return link === undefined || facts === undefined ? refused('link_not_accepted') : done({ link, facts });
};

const strangerOf = (person: Member | undefined): ConfirmLinkView['receiver'] => ({
  surname: person === undefined ? '*' : surnameOf(person.name),
  gender: person?.gender ?? 'female',
});

/** What whoever has a link sees. Refuses: link_not_accepted. */
export const lookAtConfirmLink = async (
  ports: Pick<Ports, 'clock' | 'careBook' | 'people' | 'regions' | 'policies'> & { keys: TokenKeys },
  token: LinkToken,
): Promise<Outcome<ConfirmLinkView>> => {
  const seen = await linked(ports, token);
  if (seen.kind === 'refused') return seen;
  const { link, facts } = seen.value;
  const { request, visit } = facts;
  if (!waitsForAWord(request.state) || visit === undefined) return refused('link_not_accepted');
  const ids: MemberId[] = [request.receiverId, visit.volunteerId];
  const [people, community, nameOf] = await Promise.all([
    ports.people.readMembers(ids),
    ports.regions.read(request.communityCode),
    serviceNames(ports, [request]),
  ]);
  return done({
    serviceWords: nameOf(request),
    plannedStartAt: request.plannedStartAt,
    servedMinutes: visit.servedMinutes ?? 0,
    receiver: strangerOf(people.get(request.receiverId)),
    volunteer: strangerOf(people.get(visit.volunteerId)),
    communityName: community?.name ?? '',
    expiresAt: link.expiresAt,
  });
};

/**
 * Confirms the visit, in the name of whoever asked for the link: the same link again answers the same.
 * Refuses: link_not_accepted, unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const confirmByLink = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'> & { keys: TokenKeys },
  token: LinkToken,
): Promise<Outcome<ConfirmLinkReceipt>> => {
  const seen = await linked(ports, token);
  if (seen.kind === 'refused') return seen;
  const { link, facts } = seen.value;
  const transferId = movementOf(link.linkId);
  const order = {
    stepId: transferId,
    fingerprint: fingerprintOf(['confirm_by_link', link.requestId, link.linkId]),
    actorId: link.issuerId,
    channel: 'web',
    at: nowOf(ports),
    requestId: link.requestId,
  } as const;
  const outcome = await settleVisit(ports, order, transferId, facts);
  if (outcome.kind === 'refused') {
    const isOver = ['not_awaiting_confirmation', 'exists_with_different_content'].includes(
      outcome.refusal.code,
    );
    return isOver ? refused('link_not_accepted') : outcome;
  }
  const { state, at } = outcome.value;
  return { kind: outcome.kind, value: { state, at } };
};
