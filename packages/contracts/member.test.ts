import { describe, expect, it } from 'vitest';
import {
  FreeTime,
  Member,
  PersonName,
  Phone,
  Point,
  maskedName,
  phoneOf,
  surnameOf,
  wasMerged,
} from './member.ts';

describe('a telephone number as people write it', () => {
  it.each([
    { written: '10000000001', phone: '+8610000000001' },
    { written: '100 0000 0001', phone: '+8610000000001' },
    { written: '100-0000-0001', phone: '+8610000000001' },
    { written: '１００００００００01', phone: '+8610000000001' },
    { written: '\t10000000001\n', phone: '+8610000000001' },
    { written: '+86 100 0000 0001', phone: '+8610000000001' },
    { written: '＋8610000000001', phone: '+8610000000001' },
    { written: '008610000000001', phone: '+8610000000001' },
    { written: '+852 (5555) 0100', phone: '+85255550100' },
    { written: '+1 202-555-0100', phone: '+12025550100' },
  ])('$written is $phone', ({ written, phone }) => {
    expect(phoneOf(written)).toBe(phone);
  });

  it.each([
    '',
    '1000000000',
    '100000000012',
    '0557-3000000',
    '+0123456789',
    '+123456',
    '+1234567890123456',
    'abc',
    '+86 1000000000a',
    '1OOOOOOOOO1',
  ])('"%s" is none', (written) => {
    expect(phoneOf(written)).toBeUndefined();
  });

  it('once read is read the same again', () => {
    const phone = phoneOf('10000000001');
    expect(phoneOf(phone ?? '')).toBe(phone);
    expect(Phone.safeParse(phone).success).toBe(true);
  });
});

describe('a name as strangers see it', () => {
  it.each([
    { name: '王秀英', surname: '王' },
    { name: '欧阳修文', surname: '欧阳' },
    { name: '司马光', surname: '司马' },
    { name: '诸葛', surname: '诸' },
    { name: '欧阳', surname: '欧' },
    { name: '欧明', surname: '欧' },
    { name: 'Mary Smith', surname: 'Mary' },
    { name: 'Ayşe', surname: 'Ayşe' },
    { name: '𠮷田花', surname: '𠮷' },
    { name: '𬱖小明', surname: '𬱖' },
    { name: '', surname: '' },
  ])('of $name is $surname*', ({ name, surname }) => {
    expect(surnameOf(name)).toBe(surname);
    expect(maskedName(name)).toBe(`${surname}*`);
  });

  it('never cuts a rare character in two', () => {
    expect(surnameOf('𠮷田花').isWellFormed()).toBe(true);
  });
});

it.each([
  { what: 'a name of blanks', ok: PersonName.safeParse('   ').success },
  { what: 'a name of 41 characters', ok: PersonName.safeParse('王'.repeat(41)).success },
  { what: 'a latitude of 90.1', ok: Point.safeParse({ latitude: 90.1, longitude: 0 }).success },
  { what: 'a longitude of -180.1', ok: Point.safeParse({ latitude: 0, longitude: -180.1 }).success },
  { what: 'a point without numbers', ok: Point.safeParse({ latitude: NaN, longitude: 0 }).success },
  {
    what: 'a free time that ends before it begins',
    ok: FreeTime.safeParse({ weekday: 1, fromMinute: 600, toMinute: 540 }).success,
  },
  {
    what: 'a free time on day 8',
    ok: FreeTime.safeParse({ weekday: 8, fromMinute: 540, toMinute: 600 }).success,
  },
])('$what is not taken', ({ ok }) => {
  expect(ok).toBe(false);
});

it('a free time may last until midnight', () => {
  expect(FreeTime.safeParse({ weekday: 7, fromMinute: 0, toMinute: 1440 }).success).toBe(true);
});

describe('a member', () => {
  const member = {
    memberId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRS',
    name: ' 王秀英 ',
    birthDate: '1950-03-08',
    gender: 'female',
    communityCode: '341302001003',
    address: '和平里1号楼',
    languages: ['cmn'],
    roles: [{ role: 'resident', region: '341302001003' }],
    skills: [],
    freeTimes: [],
  };

  it('who holds no role was merged into another person', () => {
    expect(wasMerged(Member.parse({ ...member, roles: [] }))).toBe(true);
    expect(wasMerged(Member.parse(member))).toBe(false);
  });

  it('is kept without blanks around the name', () => {
    expect(Member.parse(member).name).toBe('王秀英');
  });

  it.each([
    {
      what: 'thirteen roles',
      change: { roles: Array.from({ length: 13 }, () => ({ role: 'resident', region: '341302001003' })) },
    },
    { what: 'an unknown role', change: { roles: [{ role: 'admin', region: '34' }] } },
    { what: 'a role over no region', change: { roles: [{ role: 'resident', region: '341' }] } },
    { what: 'an unknown field', change: { admin: true } },
    { what: 'ability level 5', change: { abilityLevel: 5 } },
    { what: 'a card code of five digits', change: { visitCode: '12345' } },
    { what: 'a card code in full-width digits', change: { visitCode: '１２３４５６' } },
    { what: 'an unknown language', change: { languages: ['tlh'] } },
  ])('with $what is not taken', ({ change }) => {
    expect(Member.safeParse({ ...member, ...change }).success).toBe(false);
  });
});
