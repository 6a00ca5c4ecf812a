/** What every book of people does. */
import { type Member, Phone, VisitCode } from '@time-bank/contracts/member';
import { accountOf } from '@time-bank/contracts/ids';
import type { NewPerson } from '@time-bank/desk/ports';
import { openedAccount } from '@time-bank/ledger/account';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type MakeStore, NEXT_DOOR, NOW, type TestStore } from './store.ts';

export const describePeople = (name: string, makeStore: MakeStore): void => {
  describe(`the book of people, ${name}`, () => {
    let store: TestStore;
    let count = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    const aPerson = (change: Partial<Member> = {}, { phoneless = false } = {}): NewPerson => {
      count += 1;
      const communityCode = change.communityCode ?? HOME;
      return {
        naturalKey: `key-${String(count)}`,
        fingerprint: `print-${String(count)}`,
        at: NOW,
        member: {
          memberId: store.ids.member(),
          name: `王试${String(count)}`,
          ...(phoneless ? {} : { phone: Phone.parse(`+86100${String(count).padStart(8, '0')}`) }),
          birthDate: '1950-03-08',
          gender: 'female',
          communityCode,
          address: '和平里1号楼',
          languages: ['cmn', 'wanbei'],
          roles: [{ role: 'resident', region: communityCode }],
          skills: ['chat'],
          freeTimes: [{ weekday: 6, fromMinute: 540, toMinute: 660 }],
          livingSituation: 'alone',
          abilityLevel: 2,
          point: { latitude: 33.64, longitude: 116.97 },
          visitCode: VisitCode.parse('012345'),
          ...change,
        },
      };
    };
    const add = async (person: NewPerson): Promise<Member> => {
      expect(await store.ports.people.addMember(person)).toBe(true);
      return person.member;
    };

    it('gives a person back as they came, with an empty account', async () => {
      const member = await add(aPerson());
      expect(await store.ports.people.readMember(member.memberId)).toEqual(member);
      const accountId = accountOf(member.memberId);
      expect(await store.ports.journal.readAccountNow(accountId)).toEqual(openedAccount(accountId, 'open'));
    });

    it('finds a person by number and by natural key, and nobody else', async () => {
      const person = aPerson();
      const { memberId, phone } = await add(person);
      expect(phone && (await store.ports.people.findByPhone(phone))).toBe(memberId);
      expect(await store.ports.people.findByPhone(Phone.parse('+8619999999999'))).toBeUndefined();
      const found = await store.ports.people.findByNaturalKey([
        person.naturalKey,
        'nobody',
        person.naturalKey,
      ]);
      expect(found).toEqual(new Map([[person.naturalKey, { memberId, fingerprint: person.fingerprint }]]));
      expect(await store.ports.people.readMember(store.ids.member())).toBeUndefined();
    });

    it.each([
      {
        what: 'natural key',
        twin: (one: NewPerson, other: NewPerson) => ({ ...other, naturalKey: one.naturalKey }),
      },
      {
        what: 'number',
        twin: (one: NewPerson, other: NewPerson) => ({
          ...other,
          member: { ...other.member, ...(one.member.phone === undefined ? {} : { phone: one.member.phone }) },
        }),
      },
      {
        what: 'id',
        twin: (one: NewPerson, other: NewPerson) => ({
          ...other,
          member: { ...other.member, memberId: one.member.memberId },
        }),
      },
    ])('adds nobody whose $what is there already, and writes nothing of them', async ({ twin }) => {
      const person = aPerson();
      await add(person);
      const other = aPerson();
      const same = twin(person, other);
      expect(await store.ports.people.addMember(same)).toBe(false);
      const residents = await store.ports.people.listResidents(HOME);
      expect(residents.filter((member) => member.name === other.member.name)).toEqual([]);
      expect(await store.ports.people.readMember(person.member.memberId)).toEqual(person.member);
      if (same.naturalKey === other.naturalKey) {
        expect(await store.ports.people.findByNaturalKey([other.naturalKey])).toEqual(new Map());
      }
    });

    it('adds one of two who come with the same number in the same moment', async () => {
      const [one, other] = [aPerson(), aPerson()];
      const phone = Phone.parse('+8610099999999');
      const added = await Promise.all(
        [one, other].map((person) =>
          store.ports.people.addMember({ ...person, member: { ...person.member, phone } }),
        ),
      );
      expect([...added].sort()).toEqual([false, true]);
    });

    it('has room for many without a number', async () => {
      await add(aPerson({}, { phoneless: true }));
      await add(aPerson({}, { phoneless: true }));
      expect(await store.ports.people.listResidents(HOME)).not.toEqual([]);
    });

    it('lists residents by community and volunteers by county, each once', async () => {
      const both = [
        { role: 'resident', region: NEXT_DOOR },
        { role: 'volunteer', region: NEXT_DOOR },
        { role: 'volunteer', region: HOME },
      ] as const;
      const helper = await add(aPerson({ communityCode: NEXT_DOOR, roles: [...both] }));
      const volunteer = await add(aPerson({ roles: [{ role: 'volunteer', region: HOME }] }));
      const far = await add(
        aPerson({ communityCode: FAR_AWAY, roles: [{ role: 'volunteer', region: FAR_AWAY }] }),
      );
      const { people } = store.ports;
      expect(await people.listResidents(NEXT_DOOR)).toEqual([helper]);
      const ofCounty = await people.listVolunteers('341302');
      expect(ofCounty.map(({ memberId }) => memberId).sort()).toEqual([helper.memberId, volunteer.memberId]);
      expect(await people.listVolunteers('340102')).toEqual([far]);
      expect(await people.listVolunteers('110101')).toEqual([]);
    });

    it('reads many at once, and leaves out who is not there', async () => {
      const members = [];
      for (let times = 0; times < 3; times += 1) members.push(await add(aPerson()));
      const ids = members.map(({ memberId }) => memberId);
      const read = await store.ports.people.readMembers([...ids, ...ids, store.ids.member()]);
      expect(read).toEqual(new Map(members.map((member) => [member.memberId, member])));
      expect(await store.ports.people.readMembers([])).toEqual(new Map());
    });
  });
};
