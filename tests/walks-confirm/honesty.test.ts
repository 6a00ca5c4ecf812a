import { HonestyList } from '@time-bank/contracts/confirming';
import type { Member } from '@time-bank/contracts/member';
import { keepHonesty } from '@time-bank/desk/keep-honesty';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { booksIn } from '../walks/steps.ts';
import { aCountyOfficer, aDayVisit, balanceOf, kept, nextMorning } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

/** Three in the morning in China. */
const tonight = (): void => {
  nextMorning(town);
  town.pass(18 * 60);
};

const itemsOf = async (who: Member, region: string = HOME) =>
  HonestyList.parse((await town.ask(who, 'GET', `/api/honesty?region=${region}`)).body).items;

it('a visit that overlaps another is put into the list once, and somebody calls before it counts', async () => {
  const volunteer = await town.aVolunteer();
  const one = await aDayVisit(town, 'ended', { volunteer });
  const { request, visit } = await kept(town, one.requestId);
  // Somebody has written the visit down as if it had begun an hour before.
  const other = await aDayVisit(town, 'ended', { volunteer });
  const later = await kept(town, other.requestId);
  await town.ports.journal.commit([
    {
      change: 'move_request',
      fromVersion: later.request.version,
      request: { ...later.request, version: later.request.version + 1 },
    },
    {
      change: 'move_visit',
      visit: { ...later.visit!, checkedInAt: visit!.checkedInAt!, checkedOutAt: visit!.checkedOutAt! },
    },
  ]);
  tonight();
  expect(await keepHonesty(town.ports)).toBe(1);
  const coordinator = await town.aCoordinator();
  const items = await itemsOf(coordinator);
  expect(items).toMatchObject([
    { kind: 'overlapping', why: { 'zh-Hans': '同一个人的两次服务有60分钟重叠' } },
  ]);
  expect(items[0]!.requestIds.sort()).toEqual([request.requestId, other.requestId].sort());
  expect((await kept(town, one.requestId)).request.callbackReasons).toEqual(['flagged']);
  expect(await keepHonesty(town.ports)).toBe(0);
  tonight();
  expect(await keepHonesty(town.ports)).toBe(0);
  expect(await itemsOf(coordinator)).toHaveLength(1);
});

it('nothing is looked at by day', async () => {
  nextMorning(town);
  expect(await keepHonesty(town.ports)).toBe(0);
});

it('what a coordinator posts for their own visits is for the county, not for them; nothing is blocked by it', async () => {
  const both = await town.aVolunteer({
    roles: [
      { role: 'volunteer', region: HOME },
      { role: 'coordinator', region: HOME },
    ],
  });
  await aDayVisit(town, 'settled', { volunteer: both, coordinator: both });
  const before = await balanceOf(town, both);
  tonight();
  await keepHonesty(town.ports);
  const county = await aCountyOfficer(town);
  const found = (await itemsOf(county, '341302')).find(({ kind }) => kind === 'own_dealings')!;
  expect(found).toBeDefined();
  expect((await itemsOf(both)).map(({ kind }) => kind)).not.toContain('own_dealings');
  expect((await town.ask(both, 'GET', '/api/honesty?region=341302')).status).toBe(404);
  expect(await balanceOf(town, both)).toEqual(before);
  const review = (who: typeof both, commandId = town.ids.command(), outcome = 'dismissed') =>
    town.ask(who, 'POST', `/api/honesty/${found.caseId}/review`, {
      commandId,
      outcome,
      reason: '人手不足，已核实',
    });
  expect((await review(both)).status).toBe(403);
  const commandId = town.ids.command();
  const first = await review(county, commandId);
  expect(first).toMatchObject({ status: 201, body: { outcome: 'dismissed' } });
  expect((await review(county, commandId)).body).toEqual(first.body);
  expect((await review(county, commandId, 'followed_up')).body.error.code).toBe(
    'exists_with_different_content',
  );
  const books = await booksIn(town);
  expect((await review(county)).body.error.code).toBe('case_closed');
  expect(await booksIn(town)).toEqual(books);
  expect((await itemsOf(county, '341302')).map(({ caseId }) => caseId)).not.toContain(found.caseId);
});
