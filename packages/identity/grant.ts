/**
 * What a person may do. A use case asks for a `Grant` of its own action, and only this file can make one, so a
 * check cannot be forgotten. Rules are one table: action, role, and how the person stands to the subject.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Role } from '@time-bank/contracts/member';
import { type CommunityCode, type RegionCode, countyOf } from '@time-bank/contracts/region';
import { type Outcome, type RefusalCode, done, refused } from '@time-bank/contracts/refusals';
import { type Actor, holds, holdsAnywhere } from './actor.ts';

/** What an action is about; absent parts grant nothing. */
export interface Subject {
  communityCode?: CommunityCode;
  /** The whole region that it is about. */
  region?: RegionCode;
  /** Who receives the help. */
  receiverId?: MemberId;
  /** Whether the receiver can confirm on a telephone of their own. */
  receiverHasPhone?: boolean;
  /** Who has taken the visit. */
  volunteerId?: MemberId;
  /** Whether the request still waits for a volunteer. */
  open?: boolean;
  /** Whose account it is. */
  memberId?: MemberId;
  /** Whose own affair it is: those who give, receive or are bound by it. */
  concerns?: readonly MemberId[];
}

/** How a person stands to a subject. */
type Relation =
  | 'self'
  | 'receiver'
  | 'visiting_volunteer'
  | 'nearby_volunteer'
  | 'coordinator'
  | 'coordinator_for_phoneless'
  | 'region_coordinator'
  | 'signed_in';

const relations: Record<Relation, (actor: Actor, subject: Subject) => boolean> = {
  self: (actor, { memberId }) => memberId === actor.memberId,
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
  region_coordinator: (actor, { region }) => region !== undefined && holds(actor, 'coordinator', region),
  signed_in: () => true,
};

interface Rule {
  /** Who may; any one suffices. */
  may: readonly Relation[];
  /** Nobody else does this at all: the answer to those without the role. */
  role?: Role;
  /** Nobody decides in an affair of their own: the answer to those who would is not_allowed. */
  impartial?: true;
  /** The answer to those who have the role but not over this subject: as if it did not exist. */
  otherwise: RefusalCode;
}

const byStaff = { may: ['coordinator'], role: 'coordinator' } as const;
const ofOthers = { ...byStaff, impartial: true } as const;
const forRegion = { may: ['region_coordinator'], role: 'coordinator' } as const;

const rules = {
  read_me: { may: ['signed_in'], otherwise: 'not_allowed' },
  read_account: { may: ['signed_in'], otherwise: 'not_allowed' },
  read_member_account: { ...byStaff, otherwise: 'unknown_account' },
  find_member: { ...byStaff, otherwise: 'unknown_member' },
  redeem_hours: { may: ['signed_in'], otherwise: 'not_allowed' },
  give_hours: { may: ['self'], otherwise: 'unknown_account' },
  donate_hours: { may: ['self'], otherwise: 'unknown_account' },
  choose_overflow: { may: ['self'], otherwise: 'unknown_account' },
  act_for_member: {
    may: ['coordinator'],
    role: 'coordinator',
    impartial: true,
    otherwise: 'unknown_member',
  },
  bind_family: { may: ['coordinator'], role: 'coordinator', impartial: true, otherwise: 'unknown_member' },
  list_family: { may: ['self', 'coordinator'], otherwise: 'unknown_member' },
  read_pool: { may: ['signed_in'], otherwise: 'not_allowed' },
  propose_correction: { ...ofOthers, otherwise: 'unknown_account' },
  decide_correction: { ...ofOthers, otherwise: 'unknown_transfer' },
  read_correction: { ...byStaff, otherwise: 'unknown_transfer' },
  freeze_account: { ...ofOthers, otherwise: 'unknown_account' },
  unfreeze_account: { ...ofOthers, otherwise: 'unknown_account' },
  close_account: { ...ofOthers, otherwise: 'unknown_account' },
  move_account: { ...ofOthers, otherwise: 'unknown_account' },
  bring_hours: { ...ofOthers, otherwise: 'unknown_account' },
  open_organisation: { ...byStaff, otherwise: 'unknown_region' },
  read_organisation: { ...byStaff, otherwise: 'unknown_account' },
  bank_group_hours: { ...byStaff, otherwise: 'unknown_account' },
  donate_group_hours: { ...byStaff, otherwise: 'unknown_account' },
  enter_purchase: { ...byStaff, otherwise: 'unknown_region' },
  read_purchase: { ...byStaff, otherwise: 'unknown_document' },
  use_purchase: { ...ofOthers, otherwise: 'unknown_request' },
  list_cases: { ...forRegion, otherwise: 'unknown_region' },
  propose_grants: { ...forRegion, otherwise: 'unknown_region' },
  read_grants: { ...forRegion, otherwise: 'unknown_document' },
  decide_grants: { ...forRegion, impartial: true, otherwise: 'unknown_document' },
  read_policy: { may: ['signed_in'], otherwise: 'not_allowed' },
  simulate_policy: { ...forRegion, otherwise: 'unknown_region' },
  propose_policy: { ...forRegion, otherwise: 'unknown_region' },
  approve_policy: { ...forRegion, otherwise: 'unknown_document' },
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
 * Refuses: not_allowed where the person's roles never allow it, or it is an affair of their own; else the answer that a missing subject gets.
 */
export const grant = <A extends Action>(
  actor: Actor,
  action: A,
  subject: Subject = {},
): Outcome<Grant<A>> => {
  const rule: Rule = rules[action];
  if (rule.role !== undefined && !holdsAnywhere(actor, rule.role)) return refused('not_allowed');
  if (rule.impartial === true && subject.concerns?.includes(actor.memberId) === true) {
    return refused('not_allowed');
  }
  if (!rule.may.some((relation) => relations[relation](actor, subject))) return refused(rule.otherwise);
  return done(new Granted(action, actor));
};
