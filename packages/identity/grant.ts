/**
 * What a person may do. A use case asks for a `Grant` of its own action, and only this file can make one, so a
 * check cannot be forgotten. Rules are one table: action, role, and how the person stands to the subject.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Role } from '@time-bank/contracts/member';
import { type CommunityCode, countyOf } from '@time-bank/contracts/region';
import { type Outcome, type RefusalCode, done, refused } from '@time-bank/contracts/refusals';
import { type Actor, holds, holdsAnywhere } from './actor.ts';

/** What an action is about; absent parts grant nothing. */
export interface Subject {
  communityCode?: CommunityCode;
  /** Who receives the help. */
  receiverId?: MemberId;
  /** Whether the receiver can confirm on a telephone of their own. */
  receiverHasPhone?: boolean;
  /** Who has taken the visit. */
  volunteerId?: MemberId;
  /** Whether the request still waits for a volunteer. */
  open?: boolean;
}

/** How a person stands to a subject. */
type Relation =
  | 'receiver'
  | 'visiting_volunteer'
  | 'nearby_volunteer'
  | 'coordinator'
  | 'coordinator_for_phoneless'
  | 'signed_in';

const relations: Record<Relation, (actor: Actor, subject: Subject) => boolean> = {
  receiver: (actor, { receiverId }) => receiverId === actor.memberId,
  visiting_volunteer: (actor, { volunteerId }) => volunteerId === actor.memberId,
  nearby_volunteer: (actor, { communityCode, open }) =>
    open === true &&
    communityCode !== undefined &&
    actor.roles.some(
      ({ role, region }) => role === 'volunteer' && region.startsWith(countyOf(communityCode)),
    ),
  coordinator: (actor, { communityCode }) =>
    communityCode !== undefined && holds(actor, 'coordinator', communityCode),
  coordinator_for_phoneless: (actor, subject) =>
    subject.receiverHasPhone === false &&
    // Nobody confirms a visit that they made themselves.
    subject.volunteerId !== actor.memberId &&
    relations.coordinator(actor, subject),
  signed_in: () => true,
};

interface Rule {
  /** Who may; any one suffices. */
  may: readonly Relation[];
  /** Nobody else does this at all: the answer to those without the role. */
  role?: Role;
  /** The answer to those who have the role but not over this subject: as if it did not exist. */
  otherwise: RefusalCode;
}

const rules = {
  read_me: { may: ['signed_in'], otherwise: 'not_allowed' },
  read_account: { may: ['signed_in'], otherwise: 'not_allowed' },
  redeem_hours: { may: ['signed_in'], otherwise: 'not_allowed' },
  list_own_requests: { may: ['signed_in'], otherwise: 'not_allowed' },
  list_open_requests: { may: ['signed_in'], role: 'volunteer', otherwise: 'not_allowed' },
  list_communities: { may: ['signed_in'], role: 'coordinator', otherwise: 'not_allowed' },
  list_community_requests: { may: ['signed_in'], role: 'coordinator', otherwise: 'not_allowed' },
  list_elders: { may: ['coordinator'], role: 'coordinator', otherwise: 'unknown_region' },
  read_coverage: { may: ['coordinator'], role: 'coordinator', otherwise: 'unknown_region' },
  post_request: { may: ['coordinator'], role: 'coordinator', otherwise: 'unknown_member' },
  read_request: {
    may: ['receiver', 'visiting_volunteer', 'nearby_volunteer', 'coordinator'],
    otherwise: 'unknown_request',
  },
  list_candidates: { may: ['coordinator'], role: 'coordinator', otherwise: 'unknown_request' },
  cancel_request: { may: ['receiver', 'coordinator'], otherwise: 'unknown_request' },
  accept_request: {
    may: ['nearby_volunteer', 'visiting_volunteer'],
    role: 'volunteer',
    otherwise: 'unknown_request',
  },
  check_in: { may: ['visiting_volunteer'], otherwise: 'unknown_request' },
  check_out: { may: ['visiting_volunteer'], otherwise: 'unknown_request' },
  confirm_visit: { may: ['receiver', 'coordinator_for_phoneless'], otherwise: 'unknown_request' },
} as const satisfies Record<string, Rule>;

/** Everything that can be granted. */
export type Action = keyof typeof rules;

class Granted<A extends Action> {
  readonly #action: A;
  readonly actor: Actor;
  constructor(action: A, actor: Actor) {
    this.#action = action;
    this.actor = actor;
  }
  get action(): A {
    return this.#action;
  }
}

/** The permission of one person to do one thing to one subject, now. */
export type Grant<A extends Action> = Granted<A>;

/**
 * Grants `action` on `subject` to `actor`, or refuses.
 * Refuses: not_allowed where the person's roles never allow it; else the answer that a missing subject gets.
 */
export const grant = <A extends Action>(
  actor: Actor,
  action: A,
  subject: Subject = {},
): Outcome<Grant<A>> => {
  const rule: Rule = rules[action];
  if (rule.role !== undefined && !holdsAnywhere(actor, rule.role)) return refused('not_allowed');
  if (!rule.may.some((relation) => relations[relation](actor, subject))) return refused(rule.otherwise);
  return done(new Granted(action, actor));
};
