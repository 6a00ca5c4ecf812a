/** What every board does: elders as their files have them, visits in any order, events and weather once. */
import type { Member } from '@time-bank/contracts/member';
import { instantOf, isoWeekOf, msOf } from '@time-bank/contracts/time';
import type { WeekBooking } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type MakeStore, NEXT_DOOR, NEXT_TOWNSHIP, NOW, type TestStore } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export const describeBoard = (name: string, makeStore: MakeStore): void => {
  describe(`the board, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    const anElder = async (change: Partial<Member> = {}): Promise<Member> => {
      const memberId = store.ids.member();
      const communityCode = change.communityCode ?? HOME;
      const member: Member = {
        memberId,
        name: '王试',
        birthDate: '1950-03-08',
        gender: 'female',
        communityCode,
        address: '和平里1号楼',
        languages: [],
        roles: [{ role: 'resident', region: communityCode, from: '2026-11-01' }],
        skills: [],
        freeTimes: [],
        livingSituation: 'alone',
        elderFile: {
          tags: [{ tag: 'destitute', from: '2026-01-01' }],
          assessments: [],
          doNotPair: [],
          emergencyContacts: [],
          visitTier: 'high',
        },
        ...change,
      };
      const person = { naturalKey: memberId, fingerprint: 'print', member, at: NOW };
      expect(await store.ports.people.addMember(person)).toBe(true);
      return member;
    };
    const aBooking = (elder: Member, daysAgo: number, change: Partial<WeekBooking> = {}): WeekBooking => ({
      requestId: store.ids.request(),
      elderId: elder.memberId,
      state: 'settled',
      version: 1,
      communityCode: elder.communityCode,
      plannedStartAt: instantOf(msOf(NOW) - daysAgo * DAY_MS),
      plannedMinutes: 60,
      serviceCode: 'B01',
      ...change,
    });
    const put = (booking: WeekBooking) =>
      store.ports.weekBook.put(isoWeekOf(booking.plannedStartAt), booking);
    const boardOf = (communityCode = HOME) => store.ports.weekBook.readBoard(communityCode);
    const idsOf = async (communityCode = HOME) =>
      (await boardOf(communityCode)).elders.map(({ memberId }) => memberId);

    it('shows an elder as their file has them, with the day on which they came', async () => {
      const { memberId } = await anElder({ communityCode: NEXT_TOWNSHIP });
      expect((await boardOf(NEXT_TOWNSHIP)).elders).toEqual([
        {
          memberId,
          communityCode: NEXT_TOWNSHIP,
          name: '王试',
          gender: 'female',
          birthDate: '1950-03-08',
          livingSituation: 'alone',
          tags: [{ tag: 'destitute', from: '2026-01-01' }],
          visitTier: 'high',
          since: '2026-11-01',
        },
      ]);
    });

    it('shows what was changed, and leaves out whoever moved away, lost the role or was erased', async () => {
      const [stays, moves, leaves, erased] = [
        await anElder(),
        await anElder(),
        await anElder(),
        await anElder(),
      ];
      const change = (member: Member, to: Partial<Member>) =>
        store.ports.people.change(member, { ...member, ...to, version: 1 });
      await change(stays, { name: '李试' });
      await change(moves, {
        communityCode: NEXT_DOOR,
        roles: [{ role: 'resident', region: NEXT_DOOR, from: '2026-11-19' }],
      });
      await change(leaves, { roles: [] });
      await store.ports.people.erase(erased.memberId, NOW);
      const here = await boardOf();
      expect(here.elders.find(({ memberId }) => memberId === stays.memberId)?.name).toBe('李试');
      const shown = await idsOf();
      for (const { memberId } of [moves, leaves, erased]) expect(shown).not.toContain(memberId);
      expect((await boardOf(NEXT_DOOR)).elders).toMatchObject([
        { memberId: moves.memberId, since: '2026-11-19' },
      ]);
    });

    it('keeps the visits of whoever moved away apart: they were made here', async () => {
      const elder = await anElder();
      const booking = aBooking(elder, 2);
      await put(booking);
      const own = ({ elderId }: { elderId: string }) => elderId === elder.memberId;
      const before = await boardOf();
      expect([before.visits.filter(own).length, before.visitsOfOthers.filter(own)]).toEqual([1, []]);
      await store.ports.people.change(elder, {
        ...elder,
        communityCode: NEXT_DOOR,
        roles: [{ role: 'resident', region: NEXT_DOOR, from: '2026-11-19' }],
        version: 1,
      });
      const after = await boardOf();
      expect(after.visits.filter(own)).toEqual([]);
      expect(after.visitsOfOthers.filter(own)).toMatchObject([
        { requestId: booking.requestId, state: 'settled', plannedStartAt: booking.plannedStartAt },
      ]);
      expect((await boardOf(NEXT_DOOR)).visits.filter(own)).toEqual([]);
    });

    it('shows each visit in its latest state, in whatever order the news come', async () => {
      const elder = await anElder();
      const booking = aBooking(elder, 1, { need: true });
      const followed = aBooking(elder, 0, { follows: booking.requestId });
      await put({ ...booking, version: 3 });
      await put({ ...booking, version: 2, state: 'accepted' });
      await put(followed);
      await put(followed);
      const { visits } = await boardOf();
      const own = visits.filter(({ elderId }) => elderId === elder.memberId);
      expect(own).toHaveLength(2);
      expect(own).toEqual(
        expect.arrayContaining([
          {
            requestId: booking.requestId,
            elderId: elder.memberId,
            state: 'settled',
            plannedStartAt: booking.plannedStartAt,
            serviceCode: 'B01',
            need: true,
          },
          expect.objectContaining({ requestId: followed.requestId, follows: booking.requestId }),
        ]),
      );
    });

    it('keeps three weeks of visits, and the last four that were made whenever that was', async () => {
      const often = await anElder();
      const seldom = await anElder();
      for (let weeks = 10; weeks >= 0; weeks -= 1) await put(aBooking(often, weeks * 7));
      await put(aBooking(often, 40, { state: 'cancelled' }));
      await put(aBooking(seldom, 80));
      await put(aBooking(seldom, 0, { state: 'accepted' }));
      const { visits } = await boardOf();
      const kept = (elder: Member) => visits.filter(({ elderId }) => elderId === elder.memberId);
      expect(kept(often).filter(({ state }) => state === 'settled')).toHaveLength(4);
      expect(kept(seldom)).toHaveLength(2);
    });

    it('notes an event and bad weather once', async () => {
      const elder = await anElder({ communityCode: FAR_AWAY });
      const event = {
        eventId: store.ids.command(),
        elderId: elder.memberId,
        kind: 'fall',
        at: NOW,
        fingerprint: 'a',
      } as const;
      const alert = {
        alertId: store.ids.command(),
        from: '2026-11-21',
        until: '2026-11-22',
        fingerprint: 'b',
      };
      const book = store.ports.weekBook;
      expect([await book.putEvent(FAR_AWAY, event), await book.putEvent(FAR_AWAY, event)]).toEqual([
        true,
        false,
      ]);
      expect([await book.putAlert(FAR_AWAY, alert), await book.putAlert(FAR_AWAY, alert)]).toEqual([
        true,
        false,
      ]);
      expect(await boardOf(FAR_AWAY)).toMatchObject({ events: [event], alerts: [alert] });
      expect(await book.readEventNow(FAR_AWAY, event.eventId)).toEqual(event);
      expect(await book.readAlertNow(FAR_AWAY, alert.alertId)).toEqual(alert);
      expect(await book.readEventNow(HOME, event.eventId)).toBeUndefined();
      await store.ports.people.erase(elder.memberId, NOW);
      expect((await boardOf(FAR_AWAY)).events).toEqual([]);
    });
  });
};
