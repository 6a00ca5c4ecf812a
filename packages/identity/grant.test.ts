/**
 * Who may do what, said a second time and by hand: every action against every kind of person, row by row. The
 * table does not read the rules; where the two differ, one of them is wrong.
 */
import { MemberId } from '@time-bank/contracts/ids';
import type { RoleGrant } from '@time-bank/contracts/role';
import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import { type Subject, grant } from './grant.ts';
import type { Action } from './rules.ts';

const HOME = CommunityCode.parse('341302001003');
const idOf = (last: string): MemberId => MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQR${last}`);
const ELDER = idOf('A');
const VISITOR = idOf('B');
const NOBODY = idOf('C');

const person = (memberId: MemberId, ...roles: RoleGrant[]): Actor => ({ memberId, roles });
const resident: RoleGrant = { role: 'resident', region: HOME };
const volunteer: RoleGrant = { role: 'volunteer', region: HOME };

/** Everybody who could stand before a subject of the community HOME. */
const people = {
  receiver: person(ELDER, resident),
  visitor: person(VISITOR, volunteer),
  neighbour: person(NOBODY, volunteer),
  'far volunteer': person(NOBODY, { role: 'volunteer', region: '340102001001' }),
  'other resident': person(NOBODY, resident),
  coordinator: person(NOBODY, { role: 'coordinator', region: HOME }),
  'county coordinator': person(NOBODY, { role: 'coordinator', region: '341302' }),
  'next coordinator': person(NOBODY, { role: 'coordinator', region: '341302001004' }),
  'no role': person(NOBODY),
} as const;
type Person = keyof typeof people;

const open: Subject = { communityCode: HOME, receiverId: ELDER, open: true };
const taken: Subject = { communityCode: HOME, receiverId: ELDER, open: false, volunteerId: VISITOR };
const subjects = {
  nothing: {},
  community: { communityCode: HOME },
  open,
  taken,
  'with phone': { ...taken, receiverHasPhone: true },
  'without phone': { ...taken, receiverHasPhone: false },
  account: { communityCode: HOME, memberId: ELDER, concerns: [ELDER] },
  'whole county': { region: '341302' },
} as const;

const YES = 'yes';
const NO = 'not_allowed';
const NONE = 'unknown_request';
const REGION = 'unknown_region';

type Row = Record<Person, string>;
const everybody: Row = {
  receiver: YES,
  visitor: YES,
  neighbour: YES,
  'far volunteer': YES,
  'other resident': YES,
  coordinator: YES,
  'county coordinator': YES,
  'next coordinator': YES,
  'no role': YES,
};

/** What only the staff of a place may do, and not on an account of their own; `otherwise` to the staff of another place. */
const forStaff = (otherwise: string): Row => ({
  receiver: NO,
  visitor: NO,
  neighbour: NO,
  'far volunteer': NO,
  'other resident': NO,
  coordinator: YES,
  'county coordinator': YES,
  'next coordinator': otherwise,
  'no role': NO,
});

/** What staff do with the ledger, and how a stranger among them is answered. */
const staffActions: Partial<Record<Action, string>> = {
  read_member_account: 'unknown_account',
  find_member: 'unknown_member',
  propose_correction: 'unknown_account',
  decide_correction: 'unknown_transfer',
  read_correction: 'unknown_transfer',
  freeze_account: 'unknown_account',
  unfreeze_account: 'unknown_account',
  close_account: 'unknown_account',
  move_account: 'unknown_account',
  bring_hours: 'unknown_account',
  open_organisation: REGION,
  read_organisation: 'unknown_account',
  bank_group_hours: 'unknown_account',
  donate_group_hours: 'unknown_account',
  enter_purchase: REGION,
  read_purchase: 'unknown_document',
  use_purchase: NONE,
};
const regionActions: Partial<Record<Action, string>> = {
  list_cases: REGION,
  propose_grants: REGION,
  read_grants: 'unknown_document',
  decide_grants: 'unknown_document',
};
const isAction = (name: string): name is Action => name in { ...staffActions, ...regionActions };

const matrix: { action: Action; about: keyof typeof subjects; may: Row }[] = [
  { action: 'read_me', about: 'nothing', may: everybody },
  { action: 'read_account', about: 'nothing', may: everybody },
  { action: 'redeem_hours', about: 'nothing', may: everybody },
  { action: 'read_pool', about: 'nothing', may: everybody },
  { action: 'read_policy', about: 'nothing', may: everybody },
  ...Object.entries(staffActions).flatMap(([action, otherwise]) =>
    isAction(action) ? [{ action, about: 'account' as const, may: forStaff(otherwise) }] : [],
  ),
  ...Object.entries(regionActions).flatMap(([action, otherwise]) =>
    isAction(action)
      ? [
          {
            action,
            about: 'whole county' as const,
            // Who looks after a part of a region does nothing for the whole of it.
            may: { ...forStaff(otherwise), coordinator: otherwise },
          },
        ]
      : [],
  ),
  ...(['simulate_policy', 'propose_policy', 'approve_policy'] as const).map((action) => ({
    action,
    about: 'whole county' as const,
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      // Who looks after a part of a region does not decide for the whole of it.
      coordinator: action === 'approve_policy' ? 'unknown_document' : REGION,
      'county coordinator': YES,
      'next coordinator': action === 'approve_policy' ? 'unknown_document' : REGION,
      'no role': NO,
    },
  })),
  ...(['give_hours', 'donate_hours', 'choose_overflow'] as const).map((action) => ({
    action,
    about: 'account' as const,
    may: {
      receiver: YES,
      visitor: 'unknown_account',
      neighbour: 'unknown_account',
      'far volunteer': 'unknown_account',
      'other resident': 'unknown_account',
      coordinator: 'unknown_account',
      'county coordinator': 'unknown_account',
      'next coordinator': 'unknown_account',
      'no role': 'unknown_account',
    },
  })),
  ...(['act_for_member', 'bind_family'] as const).map((action) => ({
    action,
    about: 'account' as const,
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': 'unknown_member',
      'no role': NO,
    },
  })),
  {
    action: 'list_family',
    about: 'account',
    may: {
      receiver: YES,
      visitor: 'unknown_member',
      neighbour: 'unknown_member',
      'far volunteer': 'unknown_member',
      'other resident': 'unknown_member',
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': 'unknown_member',
      'no role': 'unknown_member',
    },
  },
  { action: 'list_own_requests', about: 'nothing', may: everybody },
  {
    action: 'list_open_requests',
    about: 'nothing',
    may: {
      receiver: NO,
      visitor: YES,
      neighbour: YES,
      'far volunteer': YES,
      'other resident': NO,
      coordinator: NO,
      'county coordinator': NO,
      'next coordinator': NO,
      'no role': NO,
    },
  },
  {
    action: 'list_communities',
    about: 'nothing',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': YES,
      'no role': NO,
    },
  },
  {
    action: 'list_community_requests',
    about: 'nothing',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': YES,
      'no role': NO,
    },
  },
  {
    action: 'list_elders',
    about: 'community',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': REGION,
      'no role': NO,
    },
  },
  {
    action: 'read_coverage',
    about: 'community',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': REGION,
      'no role': NO,
    },
  },
  {
    action: 'post_request',
    about: 'community',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': 'unknown_member',
      'no role': NO,
    },
  },
  {
    action: 'read_request',
    about: 'open',
    may: {
      receiver: YES,
      visitor: YES,
      neighbour: YES,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NONE,
    },
  },
  {
    action: 'read_request',
    about: 'taken',
    may: {
      receiver: YES,
      visitor: YES,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NONE,
    },
  },
  {
    action: 'list_candidates',
    about: 'open',
    may: {
      receiver: NO,
      visitor: NO,
      neighbour: NO,
      'far volunteer': NO,
      'other resident': NO,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NO,
    },
  },
  {
    action: 'cancel_request',
    about: 'open',
    may: {
      receiver: YES,
      visitor: NONE,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NONE,
    },
  },
  {
    action: 'cancel_request',
    about: 'taken',
    may: {
      receiver: YES,
      visitor: NONE,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NONE,
    },
  },
  {
    action: 'accept_request',
    about: 'open',
    may: {
      receiver: NO,
      visitor: YES,
      neighbour: YES,
      'far volunteer': NONE,
      'other resident': NO,
      coordinator: NO,
      'county coordinator': NO,
      'next coordinator': NO,
      'no role': NO,
    },
  },
  {
    // Whoever has taken it is told so again; to all others it is gone.
    action: 'accept_request',
    about: 'taken',
    may: {
      receiver: NO,
      visitor: YES,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NO,
      coordinator: NO,
      'county coordinator': NO,
      'next coordinator': NO,
      'no role': NO,
    },
  },
  ...(['check_in', 'check_out'] as const).map((action) => ({
    action,
    about: 'taken' as const,
    may: {
      receiver: NONE,
      visitor: YES,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: NONE,
      'county coordinator': NONE,
      'next coordinator': NONE,
      'no role': NONE,
    },
  })),
  ...(['taken', 'with phone'] as const).map((about) => ({
    action: 'confirm_visit' as const,
    about,
    may: {
      receiver: YES,
      visitor: NONE,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: NONE,
      'county coordinator': NONE,
      'next coordinator': NONE,
      'no role': NONE,
    },
  })),
  {
    action: 'confirm_visit',
    about: 'without phone',
    may: {
      receiver: YES,
      visitor: NONE,
      neighbour: NONE,
      'far volunteer': NONE,
      'other resident': NONE,
      coordinator: YES,
      'county coordinator': YES,
      'next coordinator': NONE,
      'no role': NONE,
    },
  },
];

const answerTo = (actor: Actor, action: Action, subject?: Subject): string => {
  const outcome = grant(actor, action, subject);
  return outcome.kind === 'refused' ? outcome.refusal.code : YES;
};

const cells = matrix.flatMap(({ action, about, may }) =>
  (Object.keys(people) as Person[]).map((who) => ({ action, about, who, answer: may[who] })),
);

describe('who may do what', () => {
  it.each(cells)('$who, $action ($about): $answer', ({ action, about, who, answer }) => {
    // A visitor of an open request is simply one who has taken it a moment ago.
    const subject =
      about === 'open' && who === 'visitor' ? { ...open, volunteerId: VISITOR } : subjects[about];
    expect(answerTo(people[who], action, subject)).toBe(answer);
  });
});

const aboutRequests: Action[] = [
  'read_request',
  'list_candidates',
  'ask_volunteers',
  'cancel_request',
  'accept_request',
  'check_in',
  'check_out',
  'confirm_visit',
];

describe('what is another’s is answered like what is not there', () => {
  const anyRoles = person(NOBODY, resident, volunteer, { role: 'coordinator', region: '341302001004' });
  const foreign: Subject = {
    communityCode: CommunityCode.parse('340102001001'),
    receiverId: ELDER,
    open: true,
  };
  it.each(aboutRequests)('%s', (action) => {
    expect(answerTo(anyRoles, action, foreign)).toBe('unknown_request');
    expect(answerTo(anyRoles, action, {})).toBe('unknown_request');
    expect(answerTo(anyRoles, action)).toBe('unknown_request');
  });
});

describe('a coordinator', () => {
  const reaches = ['341302', '341302001', HOME];
  it.each(reaches)('with the reach %s coordinates the community', (region) => {
    expect(
      answerTo(person(NOBODY, { role: 'coordinator', region }), 'read_coverage', { communityCode: HOME }),
    ).toBe(YES);
  });

  it.each(['34', '3413'])('with the reach %s sees nobody unless the region says so', (region) => {
    const above = person(NOBODY, { role: 'coordinator', region });
    expect(answerTo(above, 'read_coverage', { communityCode: HOME })).toBe(REGION);
    expect(answerTo(above, 'read_coverage', { communityCode: HOME, isOpenAboveCounty: true })).toBe(YES);
    expect(answerTo(above, 'list_cases', { region: HOME })).toBe(YES);
  });

  it.each(['35', '3414', '341303', '341302002', '341302001004'])('with the reach %s does not', (region) => {
    expect(
      answerTo(person(NOBODY, { role: 'coordinator', region }), 'read_coverage', { communityCode: HOME }),
    ).toBe(REGION);
  });

  it('has no reach by being a resident or a volunteer of a larger region', () => {
    const roles = [
      resident,
      { role: 'volunteer', region: '34' } as const,
      { role: 'coordinator', region: '35' } as const,
    ];
    expect(answerTo(person(NOBODY, ...roles), 'read_coverage', { communityCode: HOME })).toBe(REGION);
  });

  it('does not confirm a visit that they made themselves', () => {
    const both = person(VISITOR, volunteer, { role: 'coordinator', region: HOME });
    expect(answerTo(both, 'confirm_visit', subjects['without phone'])).toBe(NONE);
  });

  it('who receives help confirms it like everybody else', () => {
    const both = person(ELDER, resident, { role: 'coordinator', region: HOME });
    expect(answerTo(both, 'confirm_visit', subjects['with phone'])).toBe(YES);
  });
});

describe('an affair of one’s own', () => {
  const staff = people.coordinator;

  it.each([
    'act_for_member',
    'bind_family',
    'propose_correction',
    'decide_correction',
    'freeze_account',
    'unfreeze_account',
    'close_account',
    'move_account',
    'bring_hours',
    'use_purchase',
  ] as const)('is not for oneself to decide: %s', (action) => {
    const account = { communityCode: HOME, memberId: ELDER };
    expect(answerTo(staff, action, { ...account, concerns: [ELDER, VISITOR] })).toBe(YES);
    for (const concerns of [[NOBODY], [ELDER, NOBODY], [NOBODY, ELDER]]) {
      expect(answerTo(staff, action, { ...account, concerns })).toBe(NO);
    }
  });

  it('is answered like that also where the other person is not there', () => {
    expect(answerTo(staff, 'act_for_member', { concerns: [ELDER] })).toBe('unknown_member');
    expect(answerTo(staff, 'act_for_member', { concerns: [ELDER, NOBODY] })).toBe(NO);
  });
});

it('a grant names its action and its person', () => {
  const outcome = grant(people.receiver, 'read_account');
  expect(outcome).toMatchObject({ kind: 'done', value: { action: 'read_account', actor: people.receiver } });
});
