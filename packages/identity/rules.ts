/**
 * Who may do what: one table of action, role and how the person stands to the subject. The permissions, the README's
 * table and the test that walks every route as everybody all come from it.
 */
import type { HelperScope } from '@time-bank/contracts/helping';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Role } from '@time-bank/contracts/role';

/** A role, or `member`: everybody who has signed in, whatever they are. */
export type Holder = Role | 'member';

/**
 * How a person stands to a subject: it is their own; they are bound to its owner; it lies in a region where they
 * hold the role, or in another one; or there is none (nothing was asked about, or it does not exist).
 */
export const relations = ['own', 'bound', 'own_region', 'other_region', 'none'] as const;
/** One of them. */
export type Relation = (typeof relations)[number];

/**
 * What must be so beside the relation. `for_phoneless`: the receiver has no telephone and the actor did not visit.
 * `not_the_visitor`: the actor did not visit.
 */
export type Condition = 'open_in_county' | 'for_phoneless' | 'not_the_visitor';

/** One action. */
export interface Rule {
  /** Who may, in which relation; any one suffices. */
  may: Partial<Record<Holder, readonly Relation[]>>;
  /** Whose own it is; the receiver, or the person it is about, where it is left out. */
  owner?: 'volunteer' | 'receiver_or_volunteer';
  /** What else must be so for a role. */
  only?: Partial<Record<Holder, Condition>>;
  /** The part of a binding that a helper needs for it. */
  scope?: HelperScope;
  /** Nobody decides in an affair of their own: the answer to those who would is not_allowed. */
  impartial?: true;
  /** Shows or changes what is personal: not from above the county unless the region's policy says so. */
  personal?: true;
  /** Writes lines into the ledger. */
  moves?: true;
  /**
   * Moves the actor's own hours or those of whom they help, or lets another device move them: asks for a device that
   * may. Staff of the place who act for a caller have made sure of the caller instead.
   */
  spends?: true;
  /** Stands in the audit log each time it is done to what is another's; a volunteer's look at what is open shows nobody. */
  audited?: true;
  /** The answer to those who could have the permission but not over this subject: as if it did not exist. */
  otherwise: RefusalCode;
}

const anywhere: readonly Relation[] = ['own_region', 'other_region', 'none'];
const here: readonly Relation[] = ['own_region'];
/** A region of one's own; or none is named, and all of one's own are meant. */
const hereOrAll: readonly Relation[] = ['own_region', 'none'];
const mine: readonly Relation[] = ['own'];
const everybody = { may: { member: ['own', 'other_region', 'none'] }, otherwise: 'not_allowed' } as const;

const cadre = { coordinator: here } as const;
const desks = { coordinator: here, counter: here, hotline: here } as const;
const helpers = { family_proxy: ['bound'], guardian: ['bound'] } as const;
const officers = { coordinator: here, township: here, county: here, city: here, province: here } as const;
/** Those who look after people of a place. */
const carers = { coordinator: here, social_worker: here, care_commissioner: here } as const;

const staffMoves = { may: cadre, personal: true, moves: true, audited: true } as const;
const ofOthers = { ...staffMoves, impartial: true } as const;
const forRegion = { may: officers } as const;
const signIns = { audited: true, otherwise: 'unknown_member' } as const;

const table = {
  // Oneself
  read_me: everybody,
  read_account: { ...everybody, may: { member: ['own', 'none'] } },
  manage_sign_in: everybody,
  trust_device: { ...everybody, spends: true },
  manage_card: { may: { member: mine, ...helpers, ...desks, service_point: here }, ...signIns },
  issue_card: {
    may: { coordinator: here, counter: here, service_point: here },
    impartial: true,
    personal: true,
    ...signIns,
  },
  read_own_file: { may: { member: mine, guardian: ['bound'] }, audited: true, otherwise: 'unknown_member' },
  give_consent: { may: { member: mine, guardian: ['bound'] }, audited: true, otherwise: 'unknown_member' },
  ask_about_data: { may: { member: mine, guardian: ['bound'] }, audited: true, otherwise: 'unknown_member' },
  // The picture of who comes
  manage_portrait: { may: { volunteer: anywhere }, otherwise: 'not_allowed' },
  read_portrait: {
    may: { member: mine, ...helpers, ...carers, counter: here, hotline: here },
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  // What one is told
  manage_notices: everybody,
  list_to_tell: {
    may: { coordinator: here, counter: here, hotline: here, social_worker: here, care_commissioner: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  mark_told: {
    may: { coordinator: here, counter: here, hotline: here, social_worker: here, care_commissioner: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  // People
  find_member: {
    may: { ...desks, social_worker: here, service_point: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  list_communities: {
    may: {
      coordinator: anywhere,
      social_worker: anywhere,
      care_commissioner: anywhere,
      counter: anywhere,
      hotline: anywhere,
      service_point: anywhere,
      organisation: anywhere,
      provider: anywhere,
      donor: anywhere,
      township: anywhere,
      county: anywhere,
      auditor: anywhere,
    },
    otherwise: 'not_allowed',
  },
  list_elders: {
    may: { ...carers, counter: here, hotline: here, township: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  read_elder_file: {
    may: { member: mine, guardian: ['bound'], ...carers, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  change_elder_file: {
    may: { coordinator: here, social_worker: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  read_particulars: {
    may: { member: mine, guardian: ['bound'], ...desks },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  change_particulars: {
    may: { coordinator: here, counter: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  enter_person: {
    may: { coordinator: here, counter: here, township: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  grant_role: {
    may: { coordinator: here, township: here, county: here, city: here, province: here, administrator: here },
    impartial: true,
    ...signIns,
  },
  list_holders: {
    may: { ...officers, administrator: here, auditor: here },
    audited: true,
    otherwise: 'unknown_region',
  },
  merge_people: { may: { coordinator: here, county: here }, impartial: true, personal: true, ...signIns },
  // Volunteers
  apply_volunteer: {
    may: { member: mine, ...desks, service_point: here, organisation: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  read_volunteer_file: {
    may: {
      member: mine,
      coordinator: here,
      social_worker: here,
      service_point: here,
      organisation: here,
      township: here,
      county: here,
      auditor: here,
    },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  check_volunteer_site: {
    may: { coordinator: here, service_point: here, organisation: here },
    impartial: true,
    personal: true,
    ...signIns,
  },
  check_volunteer_county: {
    may: { township: here, county: here },
    impartial: true,
    personal: true,
    ...signIns,
  },
  train_volunteer: {
    may: { coordinator: here, social_worker: here, organisation: here, service_point: here },
    impartial: true,
    personal: true,
    ...signIns,
  },
  pause_volunteer: {
    may: { member: mine, coordinator: here, social_worker: here, organisation: here, county: here },
    personal: true,
    ...signIns,
  },
  list_volunteers: {
    may: {
      coordinator: here,
      service_point: here,
      organisation: here,
      social_worker: here,
      township: here,
      county: here,
    },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  // Families and helpers
  propose_binding: {
    may: { member: mine, ...desks, service_point: here },
    audited: true,
    otherwise: 'unknown_member',
  },
  check_binding: {
    may: { coordinator: here, social_worker: here },
    impartial: true,
    personal: true,
    ...signIns,
  },
  confirm_binding: {
    may: { member: mine, coordinator: here, counter: here, social_worker: here },
    ...signIns,
  },
  end_binding: {
    may: { member: mine, ...helpers, coordinator: here, counter: here, hotline: here },
    ...signIns,
  },
  list_bindings: {
    may: { member: mine, ...helpers, ...desks, social_worker: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  read_helped: { may: { ...helpers }, scope: 'see_balance', audited: true, otherwise: 'unknown_member' },
  // Sign-ins of others
  end_sign_ins: {
    may: { coordinator: here, counter: here, township: here, county: here, administrator: here },
    ...signIns,
  },
  recover_sign_in: { may: { coordinator: here, counter: here }, impartial: true, personal: true, ...signIns },
  enrol_staff: { may: { township: here, county: here, administrator: here }, impartial: true, ...signIns },
  // Hours
  read_member_account: {
    may: { ...desks, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_account',
  },
  read_by_card: {
    may: { coordinator: here, counter: here, service_point: here },
    personal: true,
    ...signIns,
  },
  redeem_hours: { ...everybody, moves: true, spends: true },
  give_hours: { may: { member: mine }, moves: true, spends: true, otherwise: 'unknown_account' },
  donate_hours: { may: { member: mine }, moves: true, spends: true, otherwise: 'unknown_account' },
  choose_overflow: { may: { member: mine }, moves: true, spends: true, otherwise: 'unknown_account' },
  act_for_member: { may: desks, impartial: true, personal: true, moves: true, ...signIns },
  order_for_elder: { may: { ...helpers, ...desks }, scope: 'order', personal: true, ...signIns },
  spend_for_elder: {
    may: { ...helpers, ...desks },
    scope: 'spend',
    impartial: true,
    personal: true,
    moves: true,
    spends: true,
    ...signIns,
  },
  bind_family: { ...ofOthers, otherwise: 'unknown_member' },
  list_family: {
    may: { member: mine, coordinator: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  read_pool: everybody,
  propose_correction: { ...ofOthers, otherwise: 'unknown_account' },
  decide_correction: { ...ofOthers, otherwise: 'unknown_transfer' },
  read_correction: {
    may: { ...cadre, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_transfer',
  },
  freeze_account: { ...ofOthers, otherwise: 'unknown_account' },
  unfreeze_account: { ...ofOthers, otherwise: 'unknown_account' },
  close_account: { ...ofOthers, otherwise: 'unknown_account' },
  move_account: { ...ofOthers, otherwise: 'unknown_account' },
  bring_hours: { ...ofOthers, otherwise: 'unknown_account' },
  open_organisation: { ...staffMoves, otherwise: 'unknown_region' },
  read_organisation: { may: { ...cadre, organisation: here }, otherwise: 'unknown_account' },
  list_organisations: {
    may: {
      ...carers,
      counter: here,
      hotline: here,
      service_point: here,
      organisation: here,
      township: here,
      county: here,
    },
    otherwise: 'unknown_region',
  },
  change_organisation: { may: { ...cadre, organisation: mine }, audited: true, otherwise: 'unknown_account' },
  bank_group_hours: { ...staffMoves, otherwise: 'unknown_account' },
  donate_group_hours: { ...staffMoves, otherwise: 'unknown_account' },
  enter_purchase: { ...staffMoves, otherwise: 'unknown_region' },
  read_purchase: { may: { ...cadre, auditor: here }, otherwise: 'unknown_document' },
  use_purchase: { ...ofOthers, otherwise: 'unknown_request' },
  list_cases: { may: { ...officers, auditor: here }, otherwise: 'unknown_region' },
  propose_grants: { ...forRegion, moves: true, audited: true, otherwise: 'unknown_region' },
  read_grants: {
    may: { ...officers, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_document',
  },
  decide_grants: { ...forRegion, impartial: true, moves: true, audited: true, otherwise: 'unknown_document' },
  // Rules of regions
  read_policy: everybody,
  simulate_policy: { may: { ...officers, administrator: here }, otherwise: 'unknown_region' },
  propose_policy: { may: { ...officers, administrator: here }, audited: true, otherwise: 'unknown_region' },
  approve_policy: { ...forRegion, audited: true, otherwise: 'unknown_document' },
  // Requests and visits
  list_services: everybody,
  list_own_requests: everybody,
  list_open_requests: { may: { volunteer: anywhere }, otherwise: 'not_allowed' },
  list_community_requests: {
    may: {
      coordinator: hereOrAll,
      social_worker: hereOrAll,
      care_commissioner: hereOrAll,
      counter: hereOrAll,
      hotline: hereOrAll,
    },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  make_week_plan: {
    may: { coordinator: here, social_worker: here },
    audited: true,
    otherwise: 'unknown_case',
  },
  send_week_plan: { may: { coordinator: here }, audited: true, otherwise: 'unknown_case' },
  read_week_plan: {
    may: { ...carers, township: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  read_coverage: {
    may: { ...carers, township: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  post_request: {
    may: { ...carers, counter: here, hotline: here },
    personal: true,
    otherwise: 'unknown_member',
  },
  read_request: {
    may: {
      member: mine,
      ...helpers,
      ...carers,
      counter: here,
      hotline: here,
      volunteer: here,
    },
    owner: 'receiver_or_volunteer',
    only: { volunteer: 'open_in_county' },
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  ask_volunteers: {
    may: { coordinator: here, social_worker: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  list_candidates: {
    may: { coordinator: here, social_worker: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  cancel_request: {
    may: { member: mine, ...helpers, coordinator: here, social_worker: here, counter: here, hotline: here },
    scope: 'order',
    otherwise: 'unknown_request',
  },
  accept_request: {
    may: { volunteer: ['own', 'own_region'] },
    owner: 'volunteer',
    only: { volunteer: 'open_in_county' },
    otherwise: 'unknown_request',
  },
  check_in: { may: { member: mine }, owner: 'volunteer', otherwise: 'unknown_request' },
  check_out: { may: { member: mine }, owner: 'volunteer', otherwise: 'unknown_request' },
  ask_for_help: { may: { member: mine, ...helpers }, scope: 'order', otherwise: 'unknown_member' },
  revise_request: {
    may: { member: mine, ...helpers, coordinator: here, social_worker: here, counter: here, hotline: here },
    scope: 'order',
    otherwise: 'unknown_request',
  },
  review_request: {
    may: { coordinator: here, social_worker: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  answer_person: {
    may: { member: mine, ...helpers, coordinator: here, counter: here, hotline: here },
    only: { family_proxy: 'not_the_visitor', guardian: 'not_the_visitor' },
    scope: 'order',
    otherwise: 'unknown_request',
  },
  withdraw_visit: { may: { member: mine }, owner: 'volunteer', otherwise: 'unknown_request' },
  decide_no_show: {
    may: desks,
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  decide_unfilled: {
    may: { coordinator: here, social_worker: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  report_visit: { may: { member: mine }, owner: 'volunteer', otherwise: 'unknown_request' },
  abort_visit: { may: { member: mine }, owner: 'volunteer', otherwise: 'unknown_request' },
  make_spoken_code: {
    may: { member: mine, coordinator: here, counter: here, hotline: here },
    only: { coordinator: 'not_the_visitor', counter: 'not_the_visitor', hotline: 'not_the_visitor' },
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  record_call_proof: {
    may: { coordinator: here, counter: here, hotline: here },
    only: { coordinator: 'not_the_visitor', counter: 'not_the_visitor', hotline: 'not_the_visitor' },
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  list_alarms: {
    may: { ...carers, counter: here, hotline: here, township: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  move_alarm: {
    may: { ...carers, hotline: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  enter_visit: { may: desks, personal: true, audited: true, otherwise: 'unknown_member' },
  list_entries: { may: desks, personal: true, audited: true, otherwise: 'unknown_region' },
  decide_entry: {
    may: { coordinator: here, township: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  note_event: {
    may: { ...carers, counter: here, hotline: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  declare_weather: { may: officers, audited: true, otherwise: 'unknown_region' },
  confirm_visit: {
    may: { member: mine, ...helpers, coordinator: here, counter: here, hotline: here },
    only: {
      family_proxy: 'not_the_visitor',
      guardian: 'not_the_visitor',
      coordinator: 'for_phoneless',
      counter: 'for_phoneless',
      hotline: 'for_phoneless',
    },
    scope: 'confirm',
    moves: true,
    otherwise: 'unknown_request',
  },
  // After a visit
  confirm_by_card: {
    may: { coordinator: here, counter: here, hotline: here, service_point: here },
    only: {
      coordinator: 'not_the_visitor',
      counter: 'not_the_visitor',
      hotline: 'not_the_visitor',
      service_point: 'not_the_visitor',
    },
    impartial: true,
    personal: true,
    moves: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  make_confirm_link: {
    may: { member: mine, ...helpers, ...desks },
    only: {
      family_proxy: 'not_the_visitor',
      guardian: 'not_the_visitor',
      coordinator: 'not_the_visitor',
      counter: 'not_the_visitor',
      hotline: 'not_the_visitor',
    },
    scope: 'confirm',
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  call_back: {
    may: desks,
    only: { coordinator: 'not_the_visitor', counter: 'not_the_visitor', hotline: 'not_the_visitor' },
    impartial: true,
    personal: true,
    moves: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  rate_visit: {
    may: { member: mine, ...helpers, ...desks },
    owner: 'receiver_or_volunteer',
    only: {
      family_proxy: 'not_the_visitor',
      guardian: 'not_the_visitor',
      coordinator: 'not_the_visitor',
      counter: 'not_the_visitor',
      hotline: 'not_the_visitor',
    },
    scope: 'confirm',
    otherwise: 'unknown_request',
  },
  list_work_orders: {
    may: { ...cadre, social_worker: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  step_work_order: {
    may: { ...cadre, social_worker: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  read_satisfaction: {
    may: { ...carers, township: here, county: here, auditor: here },
    otherwise: 'unknown_region',
  },
  open_dispute: {
    may: { member: mine, ...helpers, ...desks },
    owner: 'receiver_or_volunteer',
    only: { coordinator: 'not_the_visitor', counter: 'not_the_visitor', hotline: 'not_the_visitor' },
    scope: 'confirm',
    moves: true,
    otherwise: 'unknown_request',
  },
  say_in_dispute: {
    may: { member: mine, ...helpers, ...desks },
    owner: 'receiver_or_volunteer',
    only: { coordinator: 'not_the_visitor', counter: 'not_the_visitor', hotline: 'not_the_visitor' },
    scope: 'confirm',
    otherwise: 'unknown_request',
  },
  read_dispute: {
    may: { member: mine, ...helpers, ...desks, township: here, county: here, auditor: here },
    owner: 'receiver_or_volunteer',
    scope: 'confirm',
    personal: true,
    audited: true,
    otherwise: 'unknown_request',
  },
  list_disputes: {
    may: { ...desks, township: here, county: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  decide_dispute: {
    may: { ...cadre, township: here },
    impartial: true,
    personal: true,
    moves: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  decide_appeal: {
    may: { county: here },
    impartial: true,
    personal: true,
    moves: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  list_honesty: {
    may: { ...cadre, county: here, auditor: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  review_honesty: {
    may: { ...cadre, county: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  // The five societies together
  report_need: {
    may: { member: mine, ...helpers, ...carers, counter: here, hotline: here, service_point: here },
    owner: 'receiver_or_volunteer',
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  open_linkage: {
    may: { coordinator: here, township: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  read_linkage: {
    may: { ...carers, organisation: here, service_point: here, provider: here, donor: here, township: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  list_linkages: {
    may: { ...carers, organisation: here, service_point: here, provider: here, donor: here, township: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  assess_linkage: { may: { social_worker: here }, personal: true, audited: true, otherwise: 'unknown_case' },
  dispatch_linkage: {
    may: { organisation: here, coordinator: here, provider: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  attach_resource: {
    may: { coordinator: here, social_worker: here, donor: here },
    audited: true,
    otherwise: 'unknown_case',
  },
  close_linkage: {
    may: { coordinator: here, social_worker: here },
    audited: true,
    otherwise: 'unknown_case',
  },
  register_resource: { may: { donor: here, coordinator: here }, audited: true, otherwise: 'unknown_region' },
  list_resources: {
    may: { donor: here, ...carers, organisation: here, township: here, county: here },
    otherwise: 'unknown_region',
  },
  read_region_numbers: {
    may: { ...officers, social_worker: here, auditor: here, administrator: here },
    otherwise: 'unknown_region',
  },
  // Calls for help
  call_for_help: {
    may: {
      member: mine,
      ...helpers,
      ...carers,
      counter: here,
      hotline: here,
      service_point: here,
      township: here,
    },
    owner: 'receiver_or_volunteer',
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  take_back_emergency: { may: { member: mine, ...helpers }, audited: true, otherwise: 'unknown_case' },
  read_emergency: {
    may: { ...carers, counter: here, hotline: here, service_point: here, township: here, county: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  list_emergencies: {
    may: { ...carers, counter: here, hotline: here, service_point: here, township: here, county: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  move_emergency: {
    may: { ...carers, counter: here, hotline: here, service_point: here, township: here, county: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  bind_alarm_device: {
    may: { coordinator: here, social_worker: here, counter: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  end_alarm_device: {
    may: { coordinator: here, social_worker: here, counter: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  list_alarm_devices: {
    may: { coordinator: here, social_worker: here, counter: here, hotline: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  // Help that comes again and again
  open_series: {
    may: { member: mine, ...helpers, ...carers, counter: here, hotline: here },
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  preview_series: everybody,
  read_series: {
    may: { member: mine, ...helpers, ...carers, counter: here, hotline: here },
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  list_series: {
    may: { ...carers, counter: here, hotline: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  change_series: {
    may: { member: mine, ...helpers, ...carers, counter: here, hotline: here },
    scope: 'order',
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  // Group activities
  open_activity: {
    may: { coordinator: here, organisation: here, service_point: here },
    audited: true,
    otherwise: 'unknown_region',
  },
  list_activities: everybody,
  read_activity: {
    may: { coordinator: here, organisation: here, service_point: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  join_activity: {
    may: { member: mine, ...helpers, ...desks, organisation: here, service_point: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  tick_activity: {
    may: { coordinator: here, organisation: here, service_point: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_case',
  },
  cancel_activity: {
    may: { coordinator: here, organisation: here, service_point: here },
    audited: true,
    otherwise: 'unknown_case',
  },
  // What stands on record
  list_data_wishes: {
    may: { coordinator: here, township: here, county: here },
    personal: true,
    audited: true,
    otherwise: 'unknown_region',
  },
  decide_about_data: {
    may: { coordinator: here, township: here, county: here },
    impartial: true,
    personal: true,
    audited: true,
    otherwise: 'unknown_member',
  },
  read_audit: {
    may: { auditor: here, administrator: hereOrAll, county: here },
    audited: true,
    otherwise: 'unknown_region',
  },
} as const satisfies Record<string, Rule>;

/** Everything that can be granted. */
export type Action = keyof typeof table;

/** The table. */
export const rules: Readonly<Record<Action, Rule>> = table;

const isAction = (name: string): name is Action => Object.hasOwn(table, name);

/** All actions, in the table's order. */
export const actions: readonly Action[] = Object.keys(table).filter(isAction);
