/**
 * What a person may do. A use case asks for a `Grant` of its own action, and only this file can make one, so a
 * check cannot be forgotten. The table is in `rules.ts`; here is how a person stands to a subject.
 */
import type { HelperKind, HelperScope } from '@time-bank/contracts/helping';
import type { AccountId, FileId, MemberId } from '@time-bank/contracts/ids';
import { type CommunityCode, type RegionCode, countyOf, liesWithin } from '@time-bank/contracts/region';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Channel } from '@time-bank/contracts/request';
import { type Actor, holdsAnywhere } from './actor.ts';
import { type Action, type Condition, type Holder, type Relation, type Rule, rules } from './rules.ts';

/** A binding that is in force today, as far as permissions go. */
export interface BindingFacts {
  bindingId: FileId;
  helperId: MemberId;
  kind: HelperKind;
  scopes: readonly HelperScope[];
}

/** What an action is about; absent parts grant nothing. */
export interface Subject {
  communityCode?: CommunityCode;
  /** The whole region that it is about. */
  region?: RegionCode;
  /** Who receives the help. */
  receiverId?: MemberId;
  /** Whether the receiver can confirm on a telephone of their own. */
  receiverHasPhone?: boolean;
  /** Who has taken the visit, and who goes along. */
  volunteerId?: MemberId;
  secondId?: MemberId;
  /** Whether the request still waits for a volunteer. */
  open?: boolean;
  /** Whose account or file it is. */
  memberId?: MemberId;
  /** Which organisation it is. */
  organisationId?: AccountId;
  /** Whose own affair it is: those who give, receive or are bound by it. */
  concerns?: readonly MemberId[];
  /** Bindings to whoever it is about, in force today. */
  bindings?: readonly BindingFacts[];
  /** Whether the region lets those above the county see what is personal. */
  isOpenAboveCounty?: boolean;
}

/** In which capacity something was granted. */
export interface Via {
  holder: Holder;
  relation: Relation;
  bindingId?: FileId;
}

const COUNTY_DIGITS = 6;

/** The regions within which one action may be done to what is not one's own. */
const reachesFor = (actor: Actor, rule: Rule): RegionCode[] => [
  ...new Set(
    actor.roles
      .filter(
        ({ role, region }) =>
          rule.may[role]?.some((relation) => relation === 'own_region' || relation === 'none') === true &&
          (rule.personal !== true || region.length >= COUNTY_DIGITS),
      )
      .map(({ region }) => region),
  ),
];

/**
 * The regions within which `actor` may do `action` to others, over all roles that the rule names; of what is
 * personal, those of a county or smaller.
 */
export const reachesOf = (actor: Actor, action: Action): RegionCode[] => reachesFor(actor, rules[action]);

/** One of those who make the visit. */
const isVisitor = (actor: Actor, { volunteerId, secondId }: Subject): boolean =>
  volunteerId === actor.memberId || secondId === actor.memberId;

const isOwn = (actor: Actor, subject: Subject, { owner }: Rule): boolean => {
  const { memberId, receiverId } = subject;
  if (owner === 'volunteer') return isVisitor(actor, subject);
  if (owner === 'receiver_or_volunteer' && isVisitor(actor, subject)) return true;
  return memberId === actor.memberId || receiverId === actor.memberId;
};

const bindingOf = (actor: Actor, subject: Subject, rule: Rule, kind: Holder): BindingFacts | undefined =>
  subject.bindings?.find(
    (binding) =>
      binding.helperId === actor.memberId &&
      binding.kind === kind &&
      (rule.scope === undefined || binding.kind === 'guardian' || binding.scopes.includes(rule.scope)),
  );

/** The reach within which a role counts: volunteers help in their whole county. */
const reachFor = (holder: Holder, region: RegionCode): RegionCode =>
  holder === 'volunteer' ? region.slice(0, COUNTY_DIGITS) : region;

const inRegion = (actor: Actor, subject: Subject, rule: Rule, holder: Holder): Relation => {
  const place = subject.region ?? subject.communityCode;
  if (place === undefined) return 'none';
  const isHere = actor.roles.some(
    ({ role, region }) =>
      role === holder &&
      liesWithin(place, reachFor(holder, region)) &&
      (rule.personal !== true || region.length >= COUNTY_DIGITS || subject.isOpenAboveCounty === true),
  );
  return isHere ? 'own_region' : 'other_region';
};

const isOpenInCounty = (actor: Actor, { open, communityCode }: Subject): boolean =>
  open === true &&
  communityCode !== undefined &&
  actor.roles.some(({ role, region }) => role === 'volunteer' && region.startsWith(countyOf(communityCode)));

const conditions: Record<Condition, (actor: Actor, subject: Subject) => boolean> = {
  open_in_county: (actor, subject) => isVisitor(actor, subject) || isOpenInCounty(actor, subject),
  // Nobody confirms a visit that they made themselves.
  not_the_visitor: (actor, subject) => !isVisitor(actor, subject),
  for_phoneless: (actor, subject) => subject.receiverHasPhone === false && !isVisitor(actor, subject),
};

const isOwnOrganisation = (actor: Actor, subject: Subject, holder: Holder): boolean =>
  subject.organisationId !== undefined &&
  actor.roles.some(
    ({ role, organisationId }) => role === holder && organisationId === subject.organisationId,
  );

/** How a holder stands to the subject; the strongest relation first. */
const standings = (actor: Actor, subject: Subject, rule: Rule, holder: Holder): Via[] => {
  if (holder === 'family_proxy' || holder === 'guardian') {
    const binding = bindingOf(actor, subject, rule, holder);
    return binding === undefined ? [] : [{ holder, relation: 'bound', bindingId: binding.bindingId }];
  }
  const own: Via[] = [];
  if (isOwn(actor, subject, rule)) own.push({ holder, relation: 'own' });
  if (holder === 'member') {
    const place = subject.region ?? subject.communityCode;
    return [...own, { holder, relation: place === undefined ? 'none' : 'other_region' }];
  }
  if (!holdsAnywhere(actor, holder)) return [];
  if (isOwnOrganisation(actor, subject, holder)) own.push({ holder, relation: 'own' });
  return [...own, { holder, relation: inRegion(actor, subject, rule, holder) }];
};

const isHolder = (rule: Rule, holder: string): holder is Holder => Object.hasOwn(rule.may, holder);

const holdersOf = (rule: Rule): Holder[] =>
  Object.keys(rule.may).flatMap((holder) => (isHolder(rule, holder) ? [holder] : []));

const viaOf = (actor: Actor, subject: Subject, rule: Rule): Via | undefined =>
  holdersOf(rule)
    .flatMap((holder) =>
      standings(actor, subject, rule, holder).filter(({ relation }) => {
        const condition = rule.only?.[holder];
        return (
          rule.may[holder]?.includes(relation) === true &&
          (condition === undefined || conditions[condition](actor, subject))
        );
      }),
    )
    .sort((one, other) => order.indexOf(one.relation) - order.indexOf(other.relation))[0];

const order: readonly Relation[] = ['own', 'bound', 'own_region', 'other_region', 'none'];

/** True where the actor would decide in an affair of their own. */
const isOwnAffair = (actor: Actor, { concerns = [], memberId, receiverId }: Subject): boolean =>
  [...concerns, memberId, receiverId].includes(actor.memberId);

/** True where the person could have this permission over some subject. */
const couldBe = (actor: Actor, subject: Subject, rule: Rule): boolean =>
  holdersOf(rule).some((holder) => {
    if (holder === 'member') return true;
    if (holder === 'family_proxy' || holder === 'guardian') {
      return (
        holdsAnywhere(actor, holder) ||
        subject.bindings?.some(({ helperId }) => helperId === actor.memberId) === true
      );
    }
    return holdsAnywhere(actor, holder);
  });

const channels: Partial<Record<Holder, Channel>> = {
  counter: 'counter',
  hotline: 'hotline',
  service_point: 'counter',
  family_proxy: 'family',
  guardian: 'family',
};

class Granted<A extends Action> {
  readonly #action: A;
  readonly actor: Actor;
  /** In which capacity. */
  readonly via: Via;
  constructor(action: A, actor: Actor, via: Via) {
    this.#action = action;
    this.actor = actor;
    this.via = via;
  }
  get action(): A {
    return this.#action;
  }
  /** By which way the act reaches us, by the capacity of whoever acts. */
  get channel(): Channel {
    return channels[this.via.holder] ?? 'web';
  }
  /** True for those who look and must not know whom they see. */
  get isMasked(): boolean {
    return this.via.holder === 'auditor';
  }
  /** The regions within which the action may be done to others; of what is personal, a county's or smaller ones. */
  get reaches(): RegionCode[] {
    return reachesOf(this.actor, this.#action);
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
  const rule = rules[action];
  if (!couldBe(actor, subject, rule)) return refused('not_allowed');
  if (rule.impartial === true && isOwnAffair(actor, subject)) return refused('not_allowed');
  const via = viaOf(actor, subject, rule);
  return via === undefined ? refused(rule.otherwise) : done(new Granted(action, actor, via));
};
