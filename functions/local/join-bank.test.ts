import { accountOf, idMaker } from '@time-bank/contracts/ids';
import { VisitCode } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { memoryPorts } from '@time-bank/store/memory-ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { type JoinOrder, joinBank } from './join-bank.ts';

const HOME = CommunityCode.parse('341302001003');
const TODAY = '2026-11-21';
const bytes = (lines: readonly string[]) => new TextEncoder().encode([...lines, ''].join('\r\n'));

const user = (number: string, name: string) =>
  `${number},${name},,1960-02-0${number},,,里弄${number}号,2019-03-01 10:00:00,,female,,,,,,`;
const transfer = (from: string, to: string, hours: string) =>
  `2026-01-05 10:00:00 UTC,,${from},,${to},,,谢谢,${hours}`;

const order = (transfers: readonly string[], change: Partial<JoinOrder> = {}): JoinOrder => ({
  users: bytes([
    'N,name,email,born,phone,alt,address,created,updated,gender,about,terms,in,last,locale,mail',
    user('1', '林试一'),
    user('2', '林试二'),
    user('3', '林试三'),
  ]),
  transfers: bytes(['date,from,from ID,to,to ID,post,post ID,reason,quantity', ...transfers]),
  bank: '友邻时间银行',
  home: { communityCode: HOME },
  forgivesDebts: false,
  dryRun: false,
  ...change,
});

const aTown = async () => {
  let nowMs = Date.parse('2026-11-21T02:00:00.000Z');
  const clock = { nowMs: () => nowMs };
  const { ports } = memoryPorts();
  await ports.regions.put([{ code: HOME, name: '东仙桥社区居委会' }]);
  return {
    ports: { ...ports, clock, ids: idMaker(clock.nowMs), cardCode: () => VisitCode.parse('123456') },
    pass: (days: number) => {
      nowMs += days * 24 * 60 * 60 * 1000;
    },
  };
};

const moved = [transfer('0', '1', '3'), transfer('1', '2', '1.5')];

describe('a bank that joins', () => {
  let town: Awaited<ReturnType<typeof aTown>>;
  beforeEach(async () => {
    town = await aTown();
  });
  const balances = async () => {
    const residents = await town.ports.people.listResidents(HOME);
    const rows = await Promise.all(
      residents.map(async ({ name, memberId }) => {
        const head = await town.ports.journal.readAccountNow(accountOf(memberId));
        return [name, head?.minutes.earned] as const;
      }),
    );
    return Object.fromEntries(rows);
  };

  it('brings its people and what each of them had', async () => {
    const report = await joinBank(town.ports, order(moved), TODAY);
    expect(report).toMatchObject({
      problems: [],
      people: { added: 3, unchanged: 0 },
      hours: { brought: 2, broughtMinutes: 180, had: 0, refused: [] },
      transfers: 2,
      positiveMinutes: 180,
      bankMinutes: -180,
    });
    expect(await balances()).toEqual({ 林试一: 90, 林试二: 90, 林试三: 0 });
  });

  it('joins once: the same files change nothing, on the same day or a month later', async () => {
    await joinBank(town.ports, order(moved), TODAY);
    for (const days of [0, 1, 40]) {
      town.pass(days);
      const again = await joinBank(town.ports, order(moved), TODAY);
      expect(again).toMatchObject({
        people: { added: 0, unchanged: 3 },
        hours: { brought: 0, had: 2, refused: [] },
      });
    }
    expect(await balances()).toEqual({ 林试一: 90, 林试二: 90, 林试三: 0 });
  });

  it('writes nothing in a rehearsal, and nothing where somebody is below zero', async () => {
    const rehearsal = await joinBank(town.ports, order(moved, { dryRun: true }), TODAY);
    expect(rehearsal).toMatchObject({ people: { added: 3 }, hours: { brought: 0 } });
    const inDebt = [transfer('3', '1', '2')];
    const refused = await joinBank(town.ports, order(inDebt), TODAY);
    expect(refused.problems).toMatchObject([{ line: 4, code: 'negative_balance' }]);
    expect(await balances()).toEqual({});
    const forgiven = await joinBank(town.ports, order(inDebt, { forgivesDebts: true }), TODAY);
    expect(forgiven).toMatchObject({ problems: [], hours: { broughtMinutes: 120 }, forgivenMinutes: 120 });
    expect(await balances()).toEqual({ 林试一: 120, 林试二: 0, 林试三: 0 });
  });

  it('lets whoever has served apply as a volunteer, and sends nobody before they are checked', async () => {
    await joinBank(town.ports, order(moved), TODAY);
    const people = await town.ports.people.listResidents(HOME);
    expect(people.filter(({ volunteering }) => volunteering?.state === 'applied')).toHaveLength(2);
    expect(await town.ports.people.listVolunteers('341302')).toEqual([]);
  });
});
