/** What every case book does. */
import { accountOf } from '@time-bank/contracts/ids';
import type {
  CorrectionCase,
  EstateCase,
  GrantRound,
  OrganisationRecord,
  SeriesCase,
} from '@time-bank/desk/staff-case';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type MakeStore, NOW, POOL, type TestStore } from './store.ts';

export const describeCaseBook = (name: string, makeStore: MakeStore): void => {
  describe(`the case book, ${name}`, () => {
    let store: TestStore;
    let lists = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    /** A region in which no other test has a case. */
    const aRegion = (): string => {
      lists += 1;
      return `34130${String(1000 + lists)}`;
    };
    const common = (region: string) => ({
      version: 1,
      region,
      openedBy: store.ids.member(),
      openedAt: NOW,
      dueAt: NOW,
      fingerprint: 'f',
    });
    const aCorrection = (change: Partial<CorrectionCase> = {}): CorrectionCase => ({
      ...common(aRegion()),
      kind: 'correction',
      caseId: store.ids.transfer(),
      communityCode: HOME,
      accountId: accountOf(store.ids.member()),
      concerns: [],
      lineId: store.ids.transfer(),
      amountMinutes: 90,
      reason: '记错了',
      state: 'proposed',
      ...change,
    });
    const aRound = (): GrantRound => ({
      ...common(aRegion()),
      kind: 'granting',
      caseId: store.ids.command(),
      poolId: POOL,
      month: '2026-11',
      lines: [
        {
          memberId: store.ids.member(),
          amountMinutes: 120,
          ruleId: 'eighty_alone',
          period: '2026-11',
          lapsesAt: NOW,
          result: 'pool_short',
        },
      ],
      next: 0,
      state: 'proposed',
    });

    it('keeps every kind of case and gives it back as it was', async () => {
      const accountId = accountOf(store.ids.member());
      const home = { caseId: accountId, communityCode: HOME };
      const estate: EstateCase = {
        ...common(aRegion()),
        ...home,
        kind: 'estate',
        freezeId: store.ids.transfer(),
        state: 'open',
      };
      const organisation: OrganisationRecord = {
        ...common(aRegion()),
        ...home,
        kind: 'organisation',
        name: '和平里老年协会',
        organisationKind: 'elders_association',
        registration: '皖宿社证字第0117号',
        insurance: { insurer: '平安保险', number: 'PA-1', from: '2026-01-01', until: '2026-12-31' },
        changes: [
          {
            commandId: store.ids.command(),
            fingerprint: 'f',
            actorId: store.ids.member(),
            at: NOW,
            was: { name: '和平里志愿队', organisationKind: 'volunteer_team' },
          },
        ],
        state: 'open',
      };
      const decision = {
        commandId: store.ids.command(),
        fingerprint: 'd',
        actorId: store.ids.member(),
        at: NOW,
        isApproved: true,
      };
      const correction = aCorrection({ insteadMinutes: 30, decision, refusal: 'already_reversed' });
      const round = aRound();
      const { caseBook } = store.ports;
      for (const record of [estate, organisation, correction, round]) {
        expect(await caseBook.put(record)).toBe(true);
      }
      expect(await caseBook.readNow('estate', accountId)).toEqual(estate);
      expect(await caseBook.readNow('organisation', accountId)).toEqual(organisation);
      expect(await caseBook.readNow('correction', correction.caseId)).toEqual(correction);
      expect(await caseBook.readNow('granting', round.caseId)).toEqual(round);
      expect(await caseBook.readNow('correction', store.ids.transfer())).toBeUndefined();
    });

    it('keeps a case once, and the first one stays', async () => {
      const first = aCorrection();
      expect(await store.ports.caseBook.put(first)).toBe(true);
      expect(await store.ports.caseBook.put({ ...first, reason: '另一个' })).toBe(false);
      expect(await store.ports.caseBook.readNow('correction', first.caseId)).toEqual(first);
    });

    it('of many who move a case on in the same moment one does', async () => {
      const first = aCorrection();
      await store.ports.caseBook.put(first);
      const moved = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.ports.caseBook.move({ ...first, version: 2, reason: `第${String(n)}个` }),
        ),
      );
      expect(moved.filter((each) => each)).toHaveLength(1);
      expect(await store.ports.caseBook.move({ ...first, version: 2 })).toBe(false);
      expect(await store.ports.caseBook.move({ ...first, version: 4 })).toBe(false);
      expect(await store.ports.caseBook.move(aCorrection({ version: 2 }))).toBe(false);
    });

    it('finds the cases about an elder, also those that are over, the newest first and no more than asked', async () => {
      const { caseBook } = store.ports;
      const elderId = store.ids.member();
      const aSeriesOf = (day: string, change: Partial<SeriesCase> = {}): SeriesCase => ({
        ...common(aRegion()),
        openedAt: `${day}T00:00:00.000Z`,
        kind: 'series',
        caseId: store.ids.command(),
        communityCode: HOME,
        elderId,
        serviceCode: 'C01',
        rule: 'FREQ=WEEKLY;BYDAY=TU',
        from: day,
        startMinute: 540,
        plannedMinutes: 60,
        wishes: { languages: [] },
        paidBy: 'community',
        state: 'open',
        skipped: [],
        moved: [],
        pauses: [],
        posted: [],
        short: [],
        history: [],
        ...change,
      });
      const series = [
        aSeriesOf('2026-11-20'),
        aSeriesOf('2026-11-22', { state: 'ended' }),
        aSeriesOf('2026-11-21'),
      ];
      for (const record of [...series, aSeriesOf('2026-11-23', { elderId: store.ids.member() })]) {
        await caseBook.put(record);
      }
      const days = async (limit: number) =>
        (await caseBook.listAbout('series', elderId, limit)).map(({ from }) => from);
      expect(await days(10)).toEqual(['2026-11-22', '2026-11-21', '2026-11-20']);
      expect(await days(2)).toEqual(['2026-11-22', '2026-11-21']);
      expect(await caseBook.listAbout('emergency', elderId, 10)).toEqual([]);
    });

    it('lists what is open in a region by when it is due, page by page, and nothing else', async () => {
      const { caseBook } = store.ports;
      const region = aRegion();
      const days = ['2026-11-23', '2026-11-21', '2026-11-22'].map((day) => `${day}T00:00:00.000Z`);
      const cases = days.map((dueAt) => aCorrection({ region, dueAt }));
      for (const record of [...cases, aCorrection(), { ...aRound(), region }]) await caseBook.put(record);
      const ids = async (page: Parameters<typeof caseBook.listOpen>[2]) =>
        (await caseBook.listOpen('correction', region, page)).items.map(({ dueAt }) => dueAt);
      expect(await ids({ limit: 10 })).toEqual([...days].sort());
      expect(await ids({ limit: 10, before: '2026-11-22T00:00:00.000Z' })).toEqual([days[1]]);
      const first = await caseBook.listOpen('correction', region, { limit: 2 });
      expect(first.items).toHaveLength(2);
      expect(await ids({ limit: 2, cursor: first.cursor })).toEqual([days[0]]);
    });

    it('leaves a case out of its list once it is over, and moves it where its day moves', async () => {
      const { caseBook } = store.ports;
      const record = aCorrection();
      await caseBook.put(record);
      const later = { ...record, version: 2, dueAt: '2027-01-01T00:00:00.000Z' };
      await caseBook.move(later);
      expect((await caseBook.listOpen('correction', record.region, { limit: 5 })).items).toEqual([later]);
      await caseBook.move({ ...later, version: 3, state: 'declined' });
      expect((await caseBook.listOpen('correction', record.region, { limit: 5 })).items).toEqual([]);
      expect(await caseBook.readNow('correction', record.caseId)).toMatchObject({ state: 'declined' });
    });
  });
};
