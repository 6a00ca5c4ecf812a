import { AccountId, ChallengeId, MemberId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { expect, it } from 'vitest';
import * as keys from './keys.ts';

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQRS';
const HOME = CommunityCode.parse('341302001003');
const account = AccountId.parse(`acc_${ULID}`);
const member = MemberId.parse(`mem_${ULID}`);
const request = RequestId.parse(`req_${ULID}`);
const phone = Phone.parse('+8610000000001');

it.each([
  { of: 'an account', key: keys.accountHeadKey(account), pk: `A#acc_${ULID}`, sk: 'H' },
  {
    of: 'a line of it',
    key: keys.entryKey(account, TransferId.parse(`trf_${ULID}`)),
    pk: `A#acc_${ULID}`,
    sk: `T#trf_${ULID}`,
  },
  { of: 'a request', key: keys.requestKey(request), pk: `REQ#req_${ULID}`, sk: 'REQUEST' },
  {
    of: 'a visit of it',
    key: keys.visitKey(request, VisitId.parse(`vis_${ULID}`)),
    pk: `REQ#req_${ULID}`,
    sk: `VISIT#vis_${ULID}`,
  },
  { of: 'a person', key: keys.memberKey(member), pk: `MEM#mem_${ULID}`, sk: 'PROFILE' },
  {
    of: 'a role of theirs',
    key: keys.roleKey(member, 'coordinator', '341302'),
    pk: `MEM#mem_${ULID}`,
    sk: 'ROLE#coordinator#341302',
  },
  { of: 'a number', key: keys.phoneKey(phone), pk: 'PHONE#+8610000000001', sk: 'PHONE' },
  { of: 'a natural key', key: keys.personKey('x'), pk: 'PERSON#x', sk: 'PERSON' },
  {
    of: 'a code',
    key: keys.challengeKey(ChallengeId.parse(`chl_${ULID}`)),
    pk: `CHALLENGE#chl_${ULID}`,
    sk: 'CHALLENGE',
  },
  {
    of: 'a day’s codes',
    key: keys.codeBudgetKey(phone, '2026-11-21'),
    pk: 'CODES#+8610000000001',
    sk: '2026-11-21',
  },
  { of: 'a province', key: keys.regionKey('34'), pk: 'COUNTIES', sk: '34' },
  { of: 'a county', key: keys.regionKey('341302'), pk: 'COUNTIES', sk: '341302' },
  { of: 'a township', key: keys.regionKey('341302001'), pk: 'REGION#341302', sk: '341302001' },
  { of: 'a community', key: keys.regionKey(HOME), pk: 'REGION#341302', sk: HOME },
])('the key of $of', ({ key, pk, sk }) => {
  expect(key).toEqual({ pk, sk });
});

it('lists do not share a partition, whatever they list', () => {
  const lists = [
    keys.receivesKey(member),
    keys.visitsKey(member),
    keys.communityRequestsKey(HOME),
    keys.openKey('341302'),
    keys.residentsKey(HOME),
    keys.volunteersKey('341302'),
    keys.weekPartition('2026-W47', HOME),
    keys.bookedPartition('2026-W47', '341302'),
    keys.roleListKey('coordinator', '341302', HOME),
    keys.requestPartition(request),
    keys.countyPartition('341302'),
  ];
  expect(new Set(lists).size).toBe(lists.length);
});

it('residents are listed by community, volunteers by county, coordinators by what they look after', () => {
  expect(keys.roleListKey('resident', HOME, HOME)).toBe(keys.residentsKey(HOME));
  expect(keys.roleListKey('volunteer', HOME, HOME)).toBe(keys.volunteersKey('341302'));
  expect(keys.roleListKey('coordinator', '341302001', HOME)).toBe('COORDINATORS#341302001');
});

it('what begins sooner sorts first, and what begins at once by its id', () => {
  const sorts = [
    keys.startSort('2026-11-21T03:00:00.000Z', 'b'),
    keys.startSort('2026-11-21T02:00:00.000Z', 'c'),
    keys.startSort('2026-11-21T03:00:00.000Z', 'a'),
  ];
  expect([...sorts].sort()).toEqual([sorts[1], sorts[2], sorts[0]]);
  expect(keys.startSort('2026-11-21T03:00:00.000Z', 'a') > '2026-11-21T03:00:00.000Z').toBe(true);
});
