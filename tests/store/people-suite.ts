/** What every book of people does. */
import type { RequestEvent, RequestRecord } from '@time-bank/care/request';
import { type Member, Phone, VisitCode } from '@time-bank/contracts/member';
import {
  CELL_LEVEL,
  type HomeStretch,
  cellAt,
  codeOfCell,
  codeOfCommunity,
  notSentCode,
} from '@time-bank/contracts/home-code';
import { type MemberId, accountOf } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { BindingLeaf, MergeLeaf } from '@time-bank/desk/person-leaf';
import type { NewPerson } from '@time-bank/desk/ports';
import type { LinkageRecord } from '@time-bank/desk/staff-case';
import { openedAccount } from '@time-bank/ledger/account';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { papers } from '../papers.ts';
import { FAR_AWAY, HOME, type MakeStore, NEXT_DOOR, NOW, type TestStore, aRequest, write } from './store.ts';

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
    const aLeaf = (memberId: MemberId, otherId: MemberId): BindingLeaf => ({
      kind: 'binding',
      memberId,
      fileId: store.ids.file(),
      version: 1,
      at: NOW,
      otherId,
      state: 'proposed',
      terms: {
        kind: 'family_proxy',
        scopes: ['order'],
        spendMinutesMax: 0,
        until: '2027-11-21',
        proof: '户口簿',
      },
      proposedBy: otherId,
      spentMinutes: 0,
    });
    const aStep = ({ requestId, receiverId }: RequestRecord): RequestEvent => ({
      stepId: requestId,
      fingerprint: 'print',
      actorId: receiverId,
      channel: 'web',
      at: NOW,
      receipt: { requestId, state: 'published', at: NOW },
    });
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

    describe('volunteers by where they live', () => {
      const COUNTY = '430102';
      const home = CommunityCode.parse('430102001001');
      const point = { latitude: 28.19, longitude: 112.98 };
      const cell = codeOfCell(cellAt(point, CELL_LEVEL));
      const larger = cell.slice(0, 12);
      const past = (code: string) => code.slice(0, -1) + String(Number(code.slice(-1)) + 1);
      const within = (code: string): HomeStretch => ({ from: code, before: past(code) });
      const found = async (stretch: HomeStretch) =>
        (await store.ports.people.listVolunteersWithin(COUNTY, stretch, { limit: 50 })).items;
      const aVolunteer = (change: Partial<Member> = {}) =>
        add(
          aPerson({
            communityCode: home,
            roles: [{ role: 'volunteer', region: home }],
            point,
            volunteering: papers,
            ...change,
          }),
        );

      it('are found in the cell of their home, in every larger one, and in none beside it', async () => {
        const { memberId } = await aVolunteer();
        const beside = within(past(cell));
        expect(await found(within(cell))).toContain(memberId);
        expect(await found(within(larger))).toContain(memberId);
        expect(await found(beside)).not.toContain(memberId);
        expect((await store.ports.people.listVolunteers(COUNTY)).map((each) => each.memberId)).toContain(
          memberId,
        );
      });

      it('are found under their community where no point is known, and under no place before they serve', async () => {
        const { point: _point, ...nowhere } = aPerson({
          communityCode: home,
          roles: [{ role: 'volunteer', region: home }],
          volunteering: papers,
        }).member;
        const unplaced = await add({ ...aPerson(), member: nowhere });
        const applicant = await aVolunteer({ volunteering: { ...papers, state: 'applied' } });
        expect(await found(within(codeOfCommunity(home)))).toEqual([unplaced.memberId]);
        expect(await found({ from: '0', before: notSentCode })).not.toContain(applicant.memberId);
        expect(await found({ from: notSentCode, before: 'O' })).toContain(applicant.memberId);
      });

      it('move with them, and are found nowhere once they are erased', async () => {
        const before = await aVolunteer();
        const far = { latitude: 28.3, longitude: 113.1 };
        const after = { ...before, point: far, version: 1 };
        expect(await store.ports.people.change(before, after)).toBe(true);
        const there = within(codeOfCell(cellAt(far, CELL_LEVEL)));
        expect(await found(within(cell))).not.toContain(before.memberId);
        expect(await found(there)).toEqual([before.memberId]);
        await store.ports.people.erase(before.memberId, NOW);
        expect(await found(there)).toEqual([]);
      });

      it('of one cell come page by page, each once, and each turn begins with somebody else', async () => {
        const place = { latitude: 28.1, longitude: 112.9 };
        const all = [];
        for (let times = 0; times < 7; times += 1) all.push((await aVolunteer({ point: place })).memberId);
        const stretch = within(codeOfCell(cellAt(place, CELL_LEVEL)));
        const pages: MemberId[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.ports.people.listVolunteersWithin(COUNTY, stretch, { limit: 3, cursor });
          pages.push(...page.items);
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect([...pages].sort()).toEqual([...all].sort());
        const [second = ''] = pages.slice(1);
        const turn = (part: 'after' | 'before') => ({ ...stretch, turn: { at: second, part } });
        expect(await found(turn('after'))).toEqual(pages.slice(2));
        expect(await found(turn('before'))).toEqual(pages.slice(0, 2));
      });
    });

    it('reads many at once, and leaves out who is not there', async () => {
      const members = [];
      for (let times = 0; times < 3; times += 1) members.push(await add(aPerson()));
      const ids = members.map(({ memberId }) => memberId);
      const read = await store.ports.people.readMembers([...ids, ...ids, store.ids.member()]);
      expect(read).toEqual(new Map(members.map((member) => [member.memberId, member])));
      expect(await store.ports.people.readMembers([])).toEqual(new Map());
    });

    describe('changed over what was read', () => {
      const changed = async (before: Member, change: Partial<Member>): Promise<Member> => {
        const after = { ...before, ...change, version: (before.version ?? 0) + 1 };
        expect(await store.ports.people.change(before, after)).toBe(true);
        return after;
      };

      it('is read as they are from now on, with every part of their file', async () => {
        const first = await add(aPerson());
        const second = await changed(first, {
          address: '和平里2号楼',
          volunteering: { state: 'applied', since: '2026-11-21', trainings: [], licences: [] },
          elderFile: {
            tags: [{ tag: 'low_income', from: '2026-01-01' }],
            assessments: [],
            doNotPair: [store.ids.member()],
            emergencyContacts: [{ name: '王远', relation: '女儿', phone: '13900000000' }],
          },
        });
        expect(await store.ports.people.readMember(first.memberId)).toEqual(second);
        const { livingSituation: _, ...rest } = second;
        const third = { ...rest, version: 2 };
        expect(await store.ports.people.change(second, third)).toBe(true);
        expect(await store.ports.people.readMember(first.memberId)).toEqual(third);
        const residents = await store.ports.people.listResidents(HOME);
        expect(residents.filter(({ memberId }) => memberId === first.memberId)).toEqual([third]);
      });

      it('is refused where somebody else was faster, and nothing of it is written', async () => {
        const before = await add(aPerson());
        const faster = await changed(before, { name: '王快' });
        const phone = Phone.parse('+8610088880001');
        const slower = { ...before, name: '王慢', phone, version: 1 };
        expect(await store.ports.people.change(before, slower)).toBe(false);
        expect(await store.ports.people.readMember(before.memberId)).toEqual(faster);
        expect(await store.ports.people.findByPhone(phone)).toBeUndefined();
        const nobody = aPerson().member;
        expect(await store.ports.people.change(nobody, { ...nobody, version: 1 })).toBe(false);
        expect(await store.ports.people.readMember(nobody.memberId)).toBeUndefined();
      });

      it('lets one of two through who change the same person in the same moment', async () => {
        const before = await add(aPerson());
        const done = await Promise.all(
          ['一', '二'].map((name) =>
            store.ports.people.change(before, { ...before, name: `王${name}`, version: 1 }),
          ),
        );
        expect([...done].sort()).toEqual([false, true]);
      });

      it('is found by the new number and not by the old one, which is free for somebody else', async () => {
        const before = await add(aPerson());
        const phone = Phone.parse('+8610088880002');
        const after = await changed(before, { phone });
        const { people } = store.ports;
        expect(await people.findByPhone(phone)).toBe(before.memberId);
        expect(before.phone && (await people.findByPhone(before.phone))).toBeUndefined();
        const next = aPerson(before.phone === undefined ? {} : { phone: before.phone });
        await add(next);
        expect(before.phone && (await people.findByPhone(before.phone))).toBe(next.member.memberId);
        const { phone: _, ...without } = after;
        expect(await people.change(after, { ...without, version: 2 })).toBe(true);
        expect(await people.findByPhone(phone)).toBeUndefined();
        await changed(next.member, { phone });
        expect(await people.findByPhone(phone)).toBe(next.member.memberId);
      });

      it('is refused a number that is somebody else’s, and keeps their own', async () => {
        const [one, other] = [await add(aPerson()), await add(aPerson())];
        if (other.phone === undefined) throw new Error('no number');
        const wish = { ...one, phone: other.phone, version: 1 };
        expect(await store.ports.people.change(one, wish)).toBe(false);
        expect(await store.ports.people.readMember(one.memberId)).toEqual(one);
        expect(one.phone && (await store.ports.people.findByPhone(one.phone))).toBe(one.memberId);
      });

      it('stands in the lists of the roles that they have now, and in no other', async () => {
        const { people } = store.ports;
        const holders = async (region: string) =>
          (await people.listHolders('coordinator', region)).map(({ memberId }) => memberId);
        const before = await add(aPerson({ communityCode: FAR_AWAY }));
        const resident = { role: 'resident', region: FAR_AWAY } as const;
        const cadre = await changed(before, {
          roles: [
            resident,
            { role: 'coordinator', region: FAR_AWAY, from: '2026-11-21' },
            { role: 'coordinator', region: FAR_AWAY, until: '2026-01-01' },
          ],
        });
        expect(await holders(FAR_AWAY)).toEqual([before.memberId]);
        expect(await holders(NEXT_DOOR)).toEqual([]);
        expect(await people.listHolders('auditor', FAR_AWAY)).toEqual([]);
        const former = await changed(cadre, { roles: [resident] });
        expect(await holders(FAR_AWAY)).toEqual([]);
        const again = await changed(former, { roles: [{ role: 'coordinator', region: FAR_AWAY }] });
        expect(await people.listHolders('coordinator', FAR_AWAY)).toEqual([again]);
        expect((await people.listResidents(FAR_AWAY)).map(({ memberId }) => memberId)).not.toContain(
          before.memberId,
        );
      });

      it('moves to the lists of another home, in whose county they volunteer from now on', async () => {
        const { people } = store.ports;
        const before = await add(aPerson({ roles: [{ role: 'volunteer', region: HOME }] }));
        await changed(before, { communityCode: FAR_AWAY });
        const ids = async (county: string) =>
          (await people.listVolunteers(county)).map(({ memberId }) => memberId);
        expect(await ids('340102')).toContain(before.memberId);
        expect(await ids('341302')).not.toContain(before.memberId);
      });
    });

    describe('erased', () => {
      const erased = async (person: NewPerson): Promise<Member> => {
        const member = await add(person);
        await store.ports.people.erase(member.memberId, NOW);
        return member;
      };

      it('is nobody any more: not by id, number or natural key, nor in any list', async () => {
        const person = aPerson({
          roles: [
            { role: 'resident', region: HOME },
            { role: 'volunteer', region: HOME },
            { role: 'counter', region: '341302' },
          ],
        });
        const { memberId, phone } = await erased(person);
        const { people } = store.ports;
        expect(await people.readMember(memberId)).toBeUndefined();
        expect(await people.readMembers([memberId])).toEqual(new Map());
        expect(phone && (await people.findByPhone(phone))).toBeUndefined();
        expect(await people.findByNaturalKey([person.naturalKey])).toEqual(new Map());
        const lists = await Promise.all([
          people.listResidents(HOME),
          people.listVolunteers('341302'),
          people.listHolders('counter', '341302'),
        ]);
        expect(lists.flat().map((member) => member.memberId)).not.toContain(memberId);
      });

      it('keeps their account, cannot be changed or added again under their id, and may be erased twice', async () => {
        const person = aPerson();
        const member = await erased(person);
        const { people, journal } = store.ports;
        const accountId = accountOf(member.memberId);
        expect(await journal.readAccountNow(accountId)).toEqual(openedAccount(accountId, 'open'));
        expect(await people.change(member, { ...member, version: 1 })).toBe(false);
        expect(await people.addMember(person)).toBe(false);
        await people.erase(member.memberId, NOW);
        await people.erase(store.ids.member(), NOW);
        expect(await people.readMember(member.memberId)).toBeUndefined();
      });

      it('frees number and natural key for whoever comes with them next', async () => {
        const person = aPerson();
        const { phone } = await erased(person);
        const next = { ...aPerson(phone === undefined ? {} : { phone }), naturalKey: person.naturalKey };
        const { memberId } = await add(next);
        expect(phone && (await store.ports.people.findByPhone(phone))).toBe(memberId);
        expect(await store.ports.people.findByNaturalKey([person.naturalKey])).toEqual(
          new Map([[person.naturalKey, { memberId, fingerprint: next.fingerprint }]]),
        );
      });

      it('leaves requests that say nothing of them, and those of others as they were', async () => {
        const { people, careBook } = store.ports;
        const [gone, stays] = [await add(aPerson()), await add(aPerson())];
        const words = {
          note: '门铃坏了',
          place: { address: '和平里1号楼', point: { latitude: 1, longitude: 2 } },
        };
        const [forgotten, kept] = [gone, stays].map(({ memberId: receiverId }) => {
          const request = aRequest(store, { receiverId, ...words });
          return { ...request, history: [{ ...aStep(request), reason: '不用了' }] };
        });
        if (forgotten === undefined || kept === undefined) throw new Error('no requests');
        await write(store, [
          { change: 'put_request', request: forgotten },
          { change: 'put_request', request: kept },
        ]);
        await people.erase(gone.memberId, NOW);
        const { note: _note, ...rest } = forgotten;
        const left = {
          ...rest,
          receiver: { surname: '*', gender: 'female' },
          place: { address: '*' },
          history: [{ ...aStep(forgotten), fingerprint: '' }],
        };
        expect(await careBook.readRequestNow(forgotten.requestId)).toEqual({ request: left });
        expect((await careBook.listReceived(gone.memberId, { limit: 5 })).items).toEqual([{ request: left }]);
        expect(await careBook.readRequestNow(kept.requestId)).toEqual({ request: kept });
      });

      it('leaves nothing of how often they came and how often they were asked; the visits stay', async () => {
        const { people, careBook } = store.ports;
        const { memberId } = await add(aPerson({ roles: [{ role: 'volunteer', region: HOME }] }));
        const visit = { requestId: store.ids.request(), plannedStartAt: NOW, plannedMinutes: 60 };
        const habits = { kept: 7, missed: 1, asks: [NOW] };
        const diary = { volunteerId: memberId, version: 1, entries: [visit] };
        await write(store, [{ change: 'put_diary', fromVersion: 0, diary: { ...diary, ...habits } }]);
        await people.erase(memberId, NOW);
        const { version, ...left } = await careBook.readDiaryNow(memberId);
        expect(left).toEqual({ volunteerId: memberId, entries: [visit] });
        expect(version).toBeGreaterThan(1);
      });

      it('leaves nothing of their file, and what stands in the files of others', async () => {
        const { people, personFiles } = store.ports;
        const [gone, stays] = [await add(aPerson()), await add(aPerson())];
        const own = aLeaf(gone.memberId, stays.memberId);
        const others = aLeaf(stays.memberId, gone.memberId);
        for (const leaf of [own, others]) expect(await personFiles.put(leaf)).toBe(true);
        await people.erase(gone.memberId, NOW);
        expect(await personFiles.readNow('binding', gone.memberId, own.fileId)).toBeUndefined();
        expect(await personFiles.listNow('binding', gone.memberId)).toEqual([]);
        expect(await personFiles.listAbout('binding', stays.memberId)).toEqual([]);
        expect(await personFiles.listNow('binding', stays.memberId)).toEqual([others]);
      });

      it('stands in no merge any more that tells who they were, in the file of the record that was kept', async () => {
        const { people, personFiles } = store.ports;
        const [gone, stays] = [await add(aPerson()), await add(aPerson())];
        const merge: MergeLeaf = {
          kind: 'merge',
          memberId: stays.memberId,
          fileId: store.ids.file(),
          version: 1,
          at: NOW,
          otherId: gone.memberId,
          state: 'undone',
          by: store.ids.member(),
          reason: '重复登记',
          fingerprint: 'f',
          was: { keep: stays, drop: gone },
        };
        expect(await personFiles.put(merge)).toBe(true);
        await people.erase(gone.memberId, NOW);
        expect(await personFiles.readNow('merge', stays.memberId, merge.fileId)).toBeUndefined();
        expect(await personFiles.listAbout('merge', gone.memberId)).toEqual([]);
      });

      it('stands on no card of linkage any more; cards of others stay as they were', async () => {
        const { people, caseBook } = store.ports;
        const [gone, stays] = [await add(aPerson()), await add(aPerson())];
        const [forgotten, kept] = [gone, stays].map(({ memberId: elderId }): LinkageRecord => ({
          kind: 'linkage',
          caseId: store.ids.command(),
          version: 1,
          region: NEXT_DOOR,
          communityCode: NEXT_DOOR,
          openedBy: stays.memberId,
          openedAt: NOW,
          dueAt: NOW,
          fingerprint: 'f',
          elderId,
          source: 'visit',
          need: '王奶奶一个人住，腿脚不便',
          state: 'reported',
          tasks: [],
          gifts: [],
          history: [],
        }));
        if (forgotten === undefined || kept === undefined) throw new Error('no cards');
        for (const card of [forgotten, kept]) expect(await caseBook.put(card)).toBe(true);
        await people.erase(gone.memberId, NOW);
        expect(await caseBook.readNow('linkage', forgotten.caseId)).toBeUndefined();
        expect(await caseBook.readNow('linkage', kept.caseId)).toEqual(kept);
        expect((await caseBook.listOpen('linkage', NEXT_DOOR, { limit: 5 })).items).toEqual([kept]);
        // Whoever had read it before writes nothing over it, and nobody begins it again.
        expect(await caseBook.move({ ...forgotten, version: 2 })).toBe(false);
        expect(await caseBook.put(forgotten)).toBe(false);
      });
    });
  });
};
