import { idMaker } from '@time-bank/contracts/ids';
import { type MemberId } from '@time-bank/contracts/ids';
import { Phone, VisitCode } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { type ListedPerson, importPeople } from './import-people.ts';
import type { NewPerson, Ports } from './ports.ts';

const HOME = CommunityCode.parse('341302001003');
const NOW = Date.parse('2026-11-21T02:00:00.000Z');
const PHONE = Phone.parse('+8610000000001');

const aPerson = (change: Partial<ListedPerson> = {}): ListedPerson => ({
  name: '王试',
  phone: PHONE,
  birthDate: '1950-03-08',
  gender: 'female',
  communityCode: HOME,
  address: '和平里1号楼1单元101室',
  languages: ['cmn'],
  roles: [{ role: 'resident', region: HOME }],
  skills: [],
  freeTimes: [],
  ...change,
});

/** A town hall with a register of regions and a book of people, both in memory. */
const aTownHall = (regions: readonly string[] = [HOME]) => {
  const added: NewPerson[] = [];
  const phones = new Map<Phone, MemberId>();
  const maker = idMaker(() => NOW);
  let cards = 0;
  const ports = {
    clock: { nowMs: () => NOW },
    ids: maker,
    cardCode: () => {
      cards += 1;
      return VisitCode.parse(String(cards).padStart(6, '0'));
    },
    regions: {
      read: (code: string) => Promise.resolve(regions.includes(code) ? { code, name: '社区' } : undefined),
    },
    people: {
      findByNaturalKey: (keys: readonly string[]) => {
        const known = added.filter(({ naturalKey }) => keys.includes(naturalKey));
        return Promise.resolve(
          new Map(
            known.map(({ naturalKey, fingerprint, member }) => [
              naturalKey,
              { fingerprint, memberId: member.memberId },
            ]),
          ),
        );
      },
      findByPhone: (phone: Phone) => Promise.resolve(phones.get(phone)),
      addMember: (person: NewPerson) => {
        const { phone } = person.member;
        const taken =
          added.some(({ naturalKey }) => naturalKey === person.naturalKey) ||
          (phone !== undefined && phones.has(phone));
        if (taken) return Promise.resolve(false);
        added.push(person);
        if (phone !== undefined) phones.set(phone, person.member.memberId);
        return Promise.resolve(true);
      },
    },
  } as unknown as Parameters<typeof importPeople>[0] & Pick<Ports, 'people'>;
  return {
    ports,
    added,
    take: (list: readonly ListedPerson[], dryRun = false) => importPeople(ports, list, dryRun),
  };
};

const others = Array.from({ length: 250 }, (_, index) =>
  aPerson({ name: `李${String(index)}`, phone: Phone.parse(`+8610000001${String(index).padStart(3, '0')}`) }),
);

describe('a list of people', () => {
  it('is taken in, each with an id, a card code, and the moment', async () => {
    const hall = aTownHall();
    expect(await hall.take([aPerson()])).toEqual({ added: 1, unchanged: 0, problems: [] });
    expect(hall.added).toMatchObject([
      { at: '2026-11-21T02:00:00.000Z', member: { ...aPerson(), visitCode: '000001' } },
    ]);
    expect(hall.added[0]?.member.memberId).toMatch(/^mem_/);
  });

  it('is kept under a fingerprint that does not show who it is', async () => {
    const hall = aTownHall();
    await hall.take([aPerson()]);
    const [person] = hall.added;
    expect(person?.naturalKey).toMatch(/^[\w-]{43}$/);
    expect(person?.fingerprint).toMatch(/^[\w-]{43}$/);
  });

  it('changes nothing the second time', async () => {
    const hall = aTownHall();
    await hall.take([aPerson(), ...others]);
    expect(hall.added).toHaveLength(251);
    expect(await hall.take([aPerson(), ...others])).toEqual({ added: 0, unchanged: 251, problems: [] });
    expect(hall.added).toHaveLength(251);
  });

  it('that was cut off is finished by the next run', async () => {
    const hall = aTownHall();
    await hall.take(others.slice(0, 100));
    expect(await hall.take(others)).toEqual({ added: 150, unchanged: 100, problems: [] });
  });

  it('in a rehearsal tells what would happen and writes nothing', async () => {
    const hall = aTownHall();
    await hall.take(others.slice(0, 10));
    expect(await hall.take(others.slice(0, 30), true)).toEqual({ added: 20, unchanged: 10, problems: [] });
    expect(hall.added).toHaveLength(10);
  });

  it('of nobody is nothing', async () => {
    expect(await aTownHall().take([])).toEqual({ added: 0, unchanged: 0, problems: [] });
  });
});

describe('a list with something wrong is not taken at all', () => {
  it('where a person has other particulars than in the time bank', async () => {
    const hall = aTownHall();
    await hall.take([aPerson()]);
    const report = await hall.take([...others, aPerson({ address: '和平里2号楼' })]);
    expect(report.problems).toMatchObject([{ row: 250, code: 'conflicting_person', property: 'name' }]);
    expect(hall.added).toHaveLength(1);
  });

  it('where a number belongs to somebody else', async () => {
    const hall = aTownHall();
    await hall.take([aPerson()]);
    const report = await hall.take([aPerson({ name: '李试' })]);
    expect(report.problems).toMatchObject([{ row: 0, code: 'phone_taken', property: 'phone' }]);
    expect(hall.added).toHaveLength(1);
  });

  it('where two rows share a number', async () => {
    const hall = aTownHall();
    const report = await hall.take([aPerson(), aPerson({ name: '李试' })]);
    expect(report.problems).toMatchObject([{ row: 1, code: 'phone_taken', property: 'phone' }]);
    expect(hall.added).toEqual([]);
  });

  it('where two rows say different things of one person', async () => {
    const hall = aTownHall();
    const report = await hall.take([aPerson(), aPerson({ address: '和平里2号楼' })]);
    expect(report.problems).toMatchObject([{ row: 1, code: 'conflicting_person', property: 'name' }]);
    expect(hall.added).toEqual([]);
  });

  it.each([
    {
      property: 'communityCode',
      person: aPerson({
        communityCode: CommunityCode.parse('341302001999'),
        roles: [{ role: 'resident', region: HOME }],
      }),
    },
    { property: 'roles', person: aPerson({ roles: [{ role: 'coordinator', region: '341399' }] }) },
  ])('where the register does not know a region ($property)', async ({ property, person }) => {
    const hall = aTownHall();
    const report = await hall.take([aPerson({ name: '李试' }), person]);
    expect(report.problems).toMatchObject([
      { row: 1, code: 'unknown_region', property },
      ...report.problems.slice(1),
    ]);
    expect(hall.added).toEqual([]);
  });

  it('and every problem is told, in the order of the rows', async () => {
    const hall = aTownHall();
    await hall.take([aPerson()]);
    const report = await hall.take([
      aPerson({ name: '甲' }),
      aPerson({
        name: '乙',
        phone: Phone.parse('+8610000000002'),
        roles: [{ role: 'volunteer', region: '99' }],
      }),
      aPerson({ gender: 'male' }),
    ]);
    expect(report.problems.map(({ row, code }) => [row, code])).toEqual([
      [0, 'phone_taken'],
      [1, 'unknown_region'],
      [2, 'conflicting_person'],
    ]);
    for (const { message } of report.problems) expect(message).not.toContain(PHONE);
  });
});

it('a row that is there twice, word for word, is one person', async () => {
  const hall = aTownHall();
  expect(await hall.take([aPerson(), aPerson()])).toEqual({ added: 1, unchanged: 1, problems: [] });
  expect(hall.added).toHaveLength(1);
});

it('two people without a telephone are two people', async () => {
  const hall = aTownHall();
  const { phone: _phone, ...phoneless } = aPerson();
  const list = [phoneless, { ...phoneless, name: '李试' }];
  expect(await hall.take(list)).toEqual({ added: 2, unchanged: 0, problems: [] });
});
