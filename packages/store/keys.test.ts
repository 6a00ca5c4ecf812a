import { bankMark } from '@time-bank/contracts/closing';
import {
  AccountId,
  ChallengeId,
  EventId,
  FileId,
  MemberId,
  RequestId,
  SessionId,
  TransferId,
  VisitId,
} from '@time-bank/contracts/ids';
import { DocumentNumber, PoolId, fundOf } from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { encodeTime } from 'ulid';
import { expect, it } from 'vitest';
import * as keys from './keys.ts';

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQRS';
const HOME = CommunityCode.parse('341302001003');
const account = AccountId.parse(`acc_${ULID}`);
const transfer = TransferId.parse(`trf_${ULID}`);
const pool = PoolId.parse('pool:341302:winter');
const document = DocumentNumber.parse('SZ-2026-0117');
const member = MemberId.parse(`mem_${ULID}`);
const request = RequestId.parse(`req_${ULID}`);
const file = FileId.parse(`fil_${ULID}`);
const event = EventId.parse(`evt_${ULID}`);
const at = '2026-11-21T16:30:00.000Z';

it.each([
  { of: 'an account', key: keys.accountHeadKey(account), pk: `A#${ULID}`, sk: 'H' },
  {
    of: 'a line of it',
    key: keys.entryKey(account, TransferId.parse(`trf_${ULID}`)),
    pk: `A#${ULID}`,
    sk: `T#${ULID}`,
  },
  { of: 'a reversal', key: keys.reversalKey(account, transfer), pk: `A#${ULID}`, sk: `R#${ULID}` },
  { of: 'a line of a pool', key: keys.poolRowKey(pool, transfer), pk: 'P#341302:winter', sk: `T#${ULID}` },
  {
    of: 'a mark of collection',
    key: keys.collectedKey(pool, transfer),
    pk: 'P#341302:winter',
    sk: `C#${ULID}`,
  },
  { of: 'a part of a pool', key: keys.shardKey(pool, 7), pk: 'P#341302:winter', sk: 'S#07' },
  { of: 'a purchase', key: keys.fundKey(fundOf(document)), pk: 'F#SZ-2026-0117', sk: 'H' },
  { of: 'a document given out', key: keys.documentKey({ document }), pk: 'D#SZ-2026-0117', sk: 'O' },
  {
    of: 'a document brought in',
    key: keys.documentKey({ document, from: bankMark('邻市时间银行') }),
    pk: 'D#SZ-2026-0117',
    sk: 'I#邻市时间银行',
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
  { of: 'a number', key: keys.phoneKey('mark'), pk: 'PHONE#mark', sk: 'PHONE' },
  { of: 'a natural key', key: keys.personKey('x'), pk: 'PERSON#x', sk: 'PERSON' },
  {
    of: 'a code',
    key: keys.challengeKey(ChallengeId.parse(`chl_${ULID}`)),
    pk: `CHALLENGE#chl_${ULID}`,
    sk: 'CHALLENGE',
  },
  {
    of: 'what guards the codes of a number',
    key: keys.codeGuardKey('x'),
    pk: 'GUARD#x',
    sk: 'GUARD',
  },
  {
    of: 'a leaf of a file',
    key: keys.personLeafKey(member, 'binding', file),
    pk: `MEM#mem_${ULID}`,
    sk: `LEAF#binding#fil_${ULID}`,
  },
  {
    of: 'a sign-in',
    key: keys.sessionKey(member, SessionId.parse(`ses_${ULID}`)),
    pk: `MEM#mem_${ULID}`,
    sk: `SESSION#ses_${ULID}`,
  },
  {
    of: 'an event about a person',
    key: keys.auditKey({ eventId: event, at, about: member }),
    pk: `AUDIT#mem_${ULID}`,
    sk: `${at}#evt_${ULID}`,
  },
  {
    of: 'an event about nobody, late in the evening in China',
    key: keys.auditKey({ eventId: event, at }),
    pk: 'AUDIT#NOBODY#2026-11-22#09',
    sk: `${at}#evt_${ULID}`,
  },
  { of: 'the calls of a window', key: keys.rateKey('ip#x', 60, 7), pk: 'RATE#ip#x', sk: '60#7' },
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
    keys.roleListKey('coordinator', '341302', HOME),
    keys.requestPartition(request),
    keys.countyPartition('341302'),
    keys.memberPartition(member),
    keys.leavesAboutKey('binding', member),
    keys.waitingLeavesKey('binding', HOME),
    keys.auditPartition(member),
    keys.auditedKey(HOME, '2026-11-22'),
    keys.auditedKey(undefined, '2026-11-22'),
  ];
  expect(new Set(lists).size).toBe(lists.length);
});

it('residents are listed by community, volunteers by county, holders of other roles by what they look after', () => {
  expect(keys.roleListKey('resident', HOME, HOME)).toBe(keys.residentsKey(HOME));
  expect(keys.roleListKey('volunteer', HOME, HOME)).toBe(keys.volunteersKey('341302'));
  expect(keys.roleListKey('coordinator', '341302001', HOME)).toBe('HOLDERS#coordinator#341302001');
});

it('events about nobody are spread over 16 partitions of their day', () => {
  const letters = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  const partitions = letters.map(
    (letter) => keys.auditKey({ eventId: EventId.parse(`evt_${ULID.slice(0, -1)}${letter}`), at }).pk,
  );
  expect(new Set(partitions).size).toBe(16);
});

it('an event is listed with its county, and its whole region can be told from its place there', () => {
  expect(keys.auditedKey(HOME, '2026-11-22')).toBe(keys.auditedKey('341302', '2026-11-22'));
  expect(keys.regionOfAudited(keys.auditedSort(at, event, HOME))).toBe(HOME);
  expect(keys.regionOfAudited(keys.auditedSort(at, event))).toBe('');
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

it('an account, a pool, a line and a part are known again by their keys, and nothing else is taken for one', () => {
  expect(keys.accountOfPartition(keys.accountPartition(account))).toBe(account);
  expect(keys.poolOfPartition(keys.poolPartition(pool))).toBe(pool);
  expect(keys.transferOfSort(keys.entryKey(account, transfer).sk)).toBe(transfer);
  expect([0, 9, 31].map((shard) => keys.shardOfSort(keys.shardKey(pool, shard).sk))).toEqual([0, 9, 31]);
  expect(keys.accountOfPartition(keys.poolPartition(pool))).toBeUndefined();
  expect(keys.poolOfPartition(keys.accountPartition(account))).toBeUndefined();
  expect(() => keys.accountOfPartition('A#x')).toThrow();
  expect(() => keys.poolOfPartition('P#34')).toThrow();
});

it('the lines of a pool from an instant on are those whose ids were made then or later', () => {
  const at = (timeMs: number) => TransferId.parse(`trf_${encodeTime(timeMs)}${ULID.slice(10)}`);
  const [before, then, after] = [999, 1000, 1001].map((ms) => keys.poolRowKey(pool, at(ms)).sk);
  const marks = [999, 1000, 1001].map((ms) => keys.collectedKey(pool, at(ms)).sk);
  const [from, marksFrom] = [keys.poolRowsFrom(1000), keys.collectedFrom(1000)];
  expect([before, then, after].map((sort) => (sort ?? '') >= from)).toEqual([false, true, true]);
  expect(marks.map((sort) => sort >= marksFrom)).toEqual([false, true, true]);
  for (const sort of [before, then, after]) expect((sort ?? '') < keys.rangeEnd.rows).toBe(true);
  for (const sort of marks) expect(sort < keys.rangeEnd.collected).toBe(true);
});

it.each([
  { state: 'published', list: keys.openKey('341302001') },
  { state: 'pending_confirm', dueAt: '2026-11-22T01:00:00.000Z', list: keys.dueKey(HOME) },
  { state: 'closed', list: undefined },
] as const)('a request that is $state waits in $list', ({ state, list, ...due }) => {
  const plannedStartAt = '2026-11-21T01:00:00.000Z';
  const waits = keys.waitsIn({ requestId: request, state, communityCode: HOME, plannedStartAt, ...due });
  const at = 'dueAt' in due ? due.dueAt : plannedStartAt;
  expect(waits).toEqual(list === undefined ? undefined : { list, sort: `${at}#${request}` });
});
