/** What the suites of the ports do not ask of the memory: that nobody but its own writes can change it. */
import type { CareChange, RequestRecord, VisitRecord } from '@time-bank/care/request';
import { type AccountId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { InvalidCursor, type NewPerson } from '@time-bank/desk/ports';
import { describe, expect, it } from 'vitest';
import { answer } from './memory-answer.ts';
import { careMemory, isStale, write } from './memory-care.ts';
import { memoryCareBook } from './memory-care-book.ts';
import { memoryChallenges } from './memory-challenges.ts';
import { sortedLists } from './memory-lists.ts';
import { memoryPeople } from './memory-people.ts';
import { memoryRegions } from './memory-regions.ts';
import { kept } from './memory-value.ts';
import { memoryWeekBook } from './memory-week-book.ts';

const NOW = '2026-11-21T02:00:00.000Z';
const HOME = CommunityCode.parse('341302001003');
const NEXT_TOWNSHIP = CommunityCode.parse('341302002001');
const ids = idMaker(() => Date.parse(NOW));

const aRequest = (change: Partial<RequestRecord> = {}): RequestRecord => ({
  requestId: ids.request(),
  version: 1,
  state: 'published',
  serviceCode: 'C01',
  receiverId: ids.member(),
  receiver: { surname: '王', gender: 'female' },
  postedBy: ids.member(),
  communityCode: HOME,
  plannedStartAt: NOW,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: ['cmn'] },
  policyVersion: '1',
  history: [],
  ...change,
});
const aVisit = (request: RequestRecord): VisitRecord => ({
  visitId: ids.visit(),
  state: 'joined',
  requestId: request.requestId,
  volunteerId: ids.member(),
  plannedStartAt: request.plannedStartAt,
  acceptedAt: NOW,
  wrongCodes: 0,
});
const aPerson = (phone?: Phone): NewPerson => ({
  naturalKey: ids.command(),
  fingerprint: 'print',
  at: NOW,
  member: {
    memberId: ids.member(),
    name: '王试',
    ...(phone === undefined ? {} : { phone }),
    birthDate: '1950-03-08',
    gender: 'female',
    communityCode: HOME,
    address: '和平里1号楼',
    languages: ['cmn'],
    roles: [{ role: 'resident', region: HOME }],
    skills: [],
    freeTimes: [],
  },
});

describe('a value that is kept', () => {
  it('is equal to the one that was given, frozen to the bottom, and the one given is not', () => {
    const given = { name: '王', list: [{ deep: [1, 2] }, 'word'], none: null };
    const value = kept(given);
    expect(value).toEqual({ name: '王', list: [{ deep: [1, 2] }, 'word'], none: null });
    expect(Array.isArray(value.list)).toBe(true);
    for (const part of [value, value.list, value.list[0]]) expect(Object.isFrozen(part)).toBe(true);
    for (const part of [given, given.list, given.list[0]]) expect(Object.isFrozen(part)).toBe(false);
  });

  it('is shared by the versions that have it in common', () => {
    const first = kept({ version: 1, history: [{ step: 'one' }] });
    const second = kept({ ...first, version: 2, history: [...first.history, { step: 'two' }] });
    expect(kept(first)).toBe(first);
    expect(second.history[0]).toBe(first.history[0]);
  });

  it('is not taken for kept where it is frozen at the top only', () => {
    const given = Object.freeze({ list: [1] });
    const value = kept(given);
    given.list.push(2);
    expect(value).toEqual({ list: [1] });
  });
});

describe('lists that stay in order', () => {
  const listed = (...sorts: string[]) => {
    const lists = sortedLists<string>();
    for (const sort of sorts) lists.put('L', sort, `at ${sort}`);
    return lists;
  };
  const sortsOf = (items: readonly string[]): string => items.map((item) => item.slice(3)).join('');

  it.each([
    { what: 'all', bounds: {}, sorts: 'abcd' },
    { what: 'from, which belongs', bounds: { from: 'b' }, sorts: 'bcd' },
    { what: 'before, which does not', bounds: { before: 'c' }, sorts: 'ab' },
    { what: 'between', bounds: { from: 'b', before: 'd' }, sorts: 'bc' },
    { what: 'between nothing', bounds: { from: 'c', before: 'b' }, sorts: '' },
    { what: 'newest first', bounds: { newestFirst: true, from: 'b', before: 'd' }, sorts: 'cb' },
    {
      what: 'newest first, between nothing',
      bounds: { newestFirst: true, from: 'c', before: 'b' },
      sorts: '',
    },
    { what: 'the first two', bounds: { limit: 2 }, sorts: 'ab' },
    { what: 'the last two', bounds: { limit: 2, newestFirst: true }, sorts: 'dc' },
  ])('give $what', ({ bounds, sorts }) => {
    expect(sortsOf(listed('c', 'a', 'd', 'b').read('L', { limit: 9, ...bounds }))).toBe(sorts);
  });

  it.each([{ newestFirst: false }, { newestFirst: true }])(
    'go on after the place of the cursor, even where what stood there is gone ($newestFirst)',
    ({ newestFirst }) => {
      const lists = listed('a', 'b', 'c');
      const { cursor } = lists.page('L', { limit: 2, newestFirst });
      lists.remove('L', 'b');
      const rest = lists.page('L', { limit: 2, newestFirst, cursor });
      expect(rest).toEqual({ items: [newestFirst ? 'at a' : 'at c'] });
    },
  );

  it('have a cursor on a full page and none on another', () => {
    const lists = listed('a', 'b');
    const { cursor } = lists.page('L', { limit: 2 });
    expect(cursor).toBeDefined();
    expect(lists.page('L', { limit: 2, cursor })).toEqual({ items: [] });
    expect(lists.page('L', { limit: 3 })).toEqual({ items: ['at a', 'at b'] });
  });

  it.each([
    { why: 'of another list', cursor: Buffer.from('LL\na').toString('base64url') },
    { why: 'without a place', cursor: Buffer.from('L\n').toString('base64url') },
    { why: 'that is no cursor', cursor: 'nonsense' },
    { why: 'that is empty', cursor: '' },
  ])('do not go on from a cursor $why', ({ cursor }) => {
    expect(() => listed('a', 'b').page('L', { limit: 1, cursor })).toThrow(InvalidCursor);
  });

  it('have one thing for a sort value, and forget what is taken out', () => {
    const lists = listed('a', 'b');
    lists.put('L', 'a', 'at A');
    expect(lists.read('L', { limit: 9 })).toEqual(['at A', 'at b']);
    for (const sort of ['a', 'a', 'b', 'c']) lists.remove('L', sort);
    expect(lists.find('L', 'a')).toBeUndefined();
    expect(lists.page('L', { limit: 9 })).toEqual({ items: [] });
  });
});

describe('the conditions of care', () => {
  const request = aRequest();
  const visit = aVisit(request);
  const diary = { volunteerId: visit.volunteerId, version: 2, entries: [] };
  const there = careMemory();
  write(there, { change: 'put_request', request });
  write(there, { change: 'put_visit', visit });
  write(there, { change: 'put_diary', diary, fromVersion: 1 });

  it.each<{ what: string; change: CareChange; stale: { there: boolean; empty: boolean } }>([
    {
      what: 'a new request',
      change: { change: 'put_request', request },
      stale: { there: true, empty: false },
    },
    {
      what: 'a request from the version that was read',
      change: { change: 'move_request', request, fromVersion: 1 },
      stale: { there: false, empty: true },
    },
    {
      what: 'a request from another version',
      change: { change: 'move_request', request, fromVersion: 2 },
      stale: { there: true, empty: true },
    },
    { what: 'a new visit', change: { change: 'put_visit', visit }, stale: { there: true, empty: false } },
    { what: 'a visit', change: { change: 'move_visit', visit }, stale: { there: false, empty: true } },
    {
      what: 'another visit of the same request',
      change: { change: 'move_visit', visit: aVisit(request) },
      stale: { there: true, empty: true },
    },
    {
      what: 'a new diary',
      change: { change: 'put_diary', diary, fromVersion: 0 },
      stale: { there: true, empty: false },
    },
    {
      what: 'a diary from the version that was read',
      change: { change: 'put_diary', diary, fromVersion: 2 },
      stale: { there: false, empty: true },
    },
    {
      what: 'a diary from another version',
      change: { change: 'put_diary', diary, fromVersion: 1 },
      stale: { there: true, empty: true },
    },
  ])('$what', ({ change, stale }) => {
    expect({ there: isStale(there, change), empty: isStale(careMemory(), change) }).toEqual(stale);
  });
});

describe('the care book in memory', () => {
  it('does not change with what it was given, and what it gives cannot be changed', async () => {
    const memory = careMemory();
    const book = memoryCareBook(memory);
    const request = aRequest();
    const asGiven = structuredClone(request);
    write(memory, { change: 'put_request', request });
    request.history.push({
      stepId: ids.command(),
      fingerprint: 'f',
      actorId: 'system',
      channel: 'job',
      at: NOW,
      receipt: { requestId: request.requestId, state: 'published', at: NOW },
    });
    request.receiver.surname = '李';
    const read = await book.readRequestNow(request.requestId);
    expect(read).toEqual({ request: asGiven });
    expect(() => read?.request.wishes.languages.push('eng')).toThrow(TypeError);
    const page = await book.listReceived(request.receiverId, { limit: 5 });
    page.items.pop();
    expect((await book.listReceived(request.receiverId, { limit: 5 })).items).toEqual([{ request: asGiven }]);
  });

  it('does not show in a diary what was written into another', async () => {
    const book = memoryCareBook(careMemory());
    const empty = await book.readDiaryNow(ids.member());
    const entry = { requestId: ids.request(), plannedStartAt: NOW, plannedMinutes: 60 };
    expect(() => empty.entries.push(entry)).toThrow(TypeError);
    expect((await book.readDiaryNow(ids.member())).entries).toEqual([]);
  });

  it('lists a request that has changed place, time and receiver where it is now, and nowhere else', async () => {
    const memory = careMemory();
    const book = memoryCareBook(memory);
    const old = aRequest();
    write(memory, { change: 'put_request', request: old });
    const later = '2026-11-22T02:00:00.000Z';
    const request = {
      ...old,
      version: 2,
      receiverId: ids.member(),
      communityCode: NEXT_TOWNSHIP,
      plannedStartAt: later,
    };
    write(memory, { change: 'move_request', request, fromVersion: 1 });
    const page = { limit: 5, from: NOW };
    expect((await book.listOpen('341302001', page)).items).toEqual([]);
    expect((await book.listOpen('341302002', { ...page, from: later })).items).toEqual([request]);
    expect((await book.listReceived(old.receiverId, page)).items).toEqual([]);
    expect((await book.listReceived(request.receiverId, page)).items).toEqual([{ request }]);
    expect((await book.listOfCommunity(HOME, page)).items).toEqual([]);
    expect((await book.listOfCommunity(NEXT_TOWNSHIP, page)).items).toEqual([{ request }]);
  });

  it('lists what is due in a community, soonest first, until nothing is due any more', async () => {
    const memory = careMemory();
    const book = memoryCareBook(memory);
    const waiting = aRequest({ state: 'pending_confirm', dueAt: NOW });
    write(memory, { change: 'put_request', request: waiting });
    write(memory, { change: 'put_request', request: aRequest() });
    const after = '2026-11-21T02:00:00.001Z';
    expect(await book.listDue(HOME, { before: after, limit: 5 })).toEqual([{ request: waiting }]);
    expect(await book.listDue(HOME, { limit: 5 })).toEqual([{ request: waiting }]);
    expect(await book.listDue(HOME, { before: NOW, limit: 5 })).toEqual([]);
    const { dueAt: _due, ...rest } = waiting;
    const closed = { ...rest, version: 2, state: 'closed' as const };
    write(memory, { change: 'move_request', request: closed, fromVersion: 1 });
    expect(await book.listDue(HOME, { limit: 5 })).toEqual([]);
  });

  it('gives each of two visits that a volunteer has in one request; the request itself has the one that counts', async () => {
    const memory = careMemory();
    const book = memoryCareBook(memory);
    const posted = aRequest();
    const first = aVisit(posted);
    const second = { ...aVisit(posted), volunteerId: first.volunteerId };
    const request = { ...posted, visitId: second.visitId };
    write(memory, { change: 'put_request', request });
    for (const visit of [second, first]) write(memory, { change: 'put_visit', visit });
    expect((await book.listVisited(first.volunteerId, { limit: 5 })).items).toEqual([
      { request, visit: second },
      { request, visit: first },
    ]);
    expect(await book.readRequestNow(request.requestId)).toEqual({ request, visit: second });
  });
});

describe('people in memory', () => {
  it('have their account opened once, with their own id and time, and not where they are refused', async () => {
    const opened: { accountId: AccountId; at: string }[] = [];
    const people = memoryPeople((accountId, at) => opened.push({ accountId, at }));
    const person = aPerson(Phone.parse('+8610000000001'));
    expect(await people.addMember(person)).toBe(true);
    expect(await people.addMember(person)).toBe(false);
    expect(await people.addMember(aPerson(person.member.phone))).toBe(false);
    expect(opened).toEqual([{ accountId: accountOf(person.member.memberId), at: NOW }]);
  });

  it('are not there where their account could not be opened', async () => {
    const people = memoryPeople(() => {
      throw new Error('no account');
    });
    const person = aPerson();
    await expect(people.addMember(person)).rejects.toThrow('no account');
    expect(await people.readMember(person.member.memberId)).toBeUndefined();
    expect(await people.listResidents(HOME)).toEqual([]);
  });

  it('do not change with what they were made from, and cannot be changed by who reads them', async () => {
    const people = memoryPeople(() => undefined);
    const person = aPerson();
    await people.addMember(person);
    person.member.name = '李试';
    person.member.skills.push('chat');
    const residents = await people.listResidents(HOME);
    expect(residents).toMatchObject([{ name: '王试', skills: [] }]);
    expect(() => residents[0]?.skills.push('chat')).toThrow(TypeError);
    residents.pop();
    expect(await people.listResidents(HOME)).toHaveLength(1);
    const found = await people.findByNaturalKey([person.naturalKey]);
    Object.assign(found.get(person.naturalKey) ?? {}, { fingerprint: 'another' });
    expect((await people.findByNaturalKey([person.naturalKey])).get(person.naturalKey)).toMatchObject({
      fingerprint: 'print',
    });
  });
});

describe('the other books in memory', () => {
  it('regions are listed in the order of their codes, and do not change with what was given', async () => {
    const regions = memoryRegions();
    const given = [
      { code: '341302001004', name: '西仙桥' },
      { code: '341302001003', name: '东仙桥' },
      { code: '341302', name: '埇桥区' },
    ];
    await regions.put(given);
    for (const region of given) region.name = 'changed';
    expect(await regions.listCommunities('3413')).toEqual([
      { code: '341302001003', name: '东仙桥' },
      { code: '341302001004', name: '西仙桥' },
    ]);
  });

  it('a challenge has the tries that it was opened with, whatever becomes of what was given', async () => {
    const challenges = memoryChallenges();
    const challenge = {
      challengeId: ids.challenge(),
      codeHash: 'hash',
      expiresAt: '2026-11-21T02:05:00.000Z',
      triesLeft: 1,
    };
    expect(await challenges.open(challenge)).toBe(true);
    challenge.triesLeft = 5;
    expect(await challenges.useTry(challenge.challengeId, NOW)).toMatchObject({ triesLeft: 1 });
    expect(await challenges.useTry(challenge.challengeId, NOW)).toBeUndefined();
  });

  it('a booking stays as it was put', async () => {
    const weekBook = memoryWeekBook();
    const booking = {
      requestId: ids.request(),
      elderId: ids.member(),
      state: 'published' as const,
      version: 1,
      communityCode: HOME,
      plannedStartAt: NOW,
      plannedMinutes: 60,
      serviceCode: 'B01' as const,
    };
    await weekBook.put('2026-W47', booking);
    booking.plannedMinutes = 90;
    expect(await weekBook.listOfCommunity('2026-W47', HOME)).toMatchObject([{ plannedMinutes: 60 }]);
  });
});

describe('a call of the memory', () => {
  it('is carried out before the next one begins, and what it throws is a rejection', async () => {
    const order: number[] = [];
    const calls = [1, 2].map((number) => answer(() => order.push(number)));
    expect(order).toEqual([1, 2]);
    await Promise.all(calls);
    const failing = answer(() => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  });
});
