/**
 * Who may do what, said a second time and by hand: every action against every kind of person, row by row. The
 * table does not read the rules; where the two differ, one of them is wrong.
 */
import { MemberId } from '@time-bank/contracts/ids';
import type { RoleGrant } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import { type Action, type Subject, grant } from './grant.ts';

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

const matrix: { action: Action; about: keyof typeof subjects; may: Row }[] = [
  { action: 'read_me', about: 'nothing', may: everybody },
  { action: 'read_account', about: 'nothing', may: everybody },
  { action: 'redeem_hours', about: 'nothing', may: everybody },
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
  const reaches = ['34', '3413', '341302', '341302001', HOME];
  it.each(reaches)('with the reach %s coordinates the community', (region) => {
    expect(
      answerTo(person(NOBODY, { role: 'coordinator', region }), 'read_coverage', { communityCode: HOME }),
    ).toBe(YES);
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

it('a grant names its action and its person', () => {
  const outcome = grant(people.receiver, 'read_account');
  expect(outcome).toMatchObject({ kind: 'done', value: { action: 'read_account', actor: people.receiver } });
});

it('the table speaks of every action there is', () => {
  const every: Record<Action, true> = {
    read_me: true,
    read_account: true,
    redeem_hours: true,
    list_own_requests: true,
    list_open_requests: true,
    list_communities: true,
    list_community_requests: true,
    list_elders: true,
    read_coverage: true,
    post_request: true,
    read_request: true,
    list_candidates: true,
    cancel_request: true,
    accept_request: true,
    check_in: true,
    check_out: true,
    confirm_visit: true,
  };
  expect([...new Set(matrix.map(({ action }) => action))].sort()).toEqual(Object.keys(every).sort());
});
