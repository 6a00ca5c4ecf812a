/** A bank that ran on TimeOverflow joins this one: its users become people, what they have comes in line by line. */
import { createHash } from 'node:crypto';
import type { Member } from '@time-bank/contracts/member';
import { type BroughtReport, bringBankHours } from '@time-bank/desk/bring-bank-hours';
import {
  type CardCode,
  type ImportReport,
  type ListedPerson,
  importPeople,
  naturalKeyOf,
} from '@time-bank/desk/import-people';
import type { Ports } from '@time-bank/desk/ports';
import type { IdMaker } from '@time-bank/contracts/ids';
import type { Problem } from './csv-table.ts';
import {
  type BankHours,
  type BankUser,
  type NewHome,
  readBankTransfers,
  readBankUsers,
} from './time-overflow.ts';

/** The two files, where their people are to live, and what the bank was called. */
export interface JoinOrder {
  users: Uint8Array;
  transfers: Uint8Array;
  bank: string;
  home: NewHome;
  /** Whether members below zero come over with nothing; otherwise they are problems. */
  forgivesDebts: boolean;
  dryRun: boolean;
}

/** What came over. `people` as in any import; the minutes are whole; `forgivenMinutes` above zero. */
export interface JoinReport {
  problems: Problem[];
  people: ImportReport;
  hours: BroughtReport;
  transfers: number;
  positiveMinutes: number;
  forgivenMinutes: number;
  leftMinutes: number;
  bankMinutes: number;
}

const nothingBrought: BroughtReport = { brought: 0, broughtMinutes: 0, had: 0, refused: [] };

/** Whoever has ever received hours has served somebody: they may go on as a volunteer once they are checked. */
const withHistory = ({ person, number }: BankUser, hours: BankHours, today: string): ListedPerson =>
  (hours.net.get(number) ?? 0) > 0
    ? { ...person, volunteering: { state: 'applied', since: today, trainings: [], licences: [] } }
    : person;

const debtProblems = (users: readonly BankUser[], hours: BankHours): Problem[] =>
  users
    .filter(({ number }) => (hours.net.get(number) ?? 0) < 0)
    .map(({ line }) => ({
      line,
      column: 'N',
      code: 'negative_balance' as const,
      reason: '这个人在原时间银行欠时，本行不结转欠时；确认放弃可加 --forgive-debts。',
    }));

type Work = Pick<Ports, 'clock' | 'journal' | 'people' | 'regions' | 'policies'> & {
  ids: Pick<IdMaker, 'member'>;
  cardCode: CardCode;
};

const memberIds = async (
  ports: Pick<Ports, 'people'>,
  users: readonly BankUser[],
): Promise<Map<string, Member['memberId']>> => {
  const found = new Map<string, Member['memberId']>();
  for (let start = 0; start < users.length; start += 100) {
    const batch = users.slice(start, start + 100);
    const known = await ports.people.findByNaturalKey(batch.map(({ person }) => naturalKeyOf(person)));
    for (const { number, person } of batch) {
      const entry = known.get(naturalKeyOf(person));
      if (entry !== undefined) found.set(number, entry.memberId);
    }
  }
  return found;
};

/**
 * Takes a bank over: all of its people, then what they have; nothing where anything is wrong with a file or a person.
 * A run that was cut off is finished by the next one; the same files again change nothing. `today`: the civil date.
 */
export const joinBank = async (ports: Work, order: JoinOrder, today: string): Promise<JoinReport> => {
  const { users, problems } = readBankUsers(order.users, order.home);
  const hours = readBankTransfers(order.transfers, new Set(users.map(({ number }) => number)));
  const told = [
    ...problems,
    ...(problems.length > 0 ? [] : hours.problems),
    ...(order.forgivesDebts ? [] : debtProblems(users, hours)),
  ];
  const people: ImportReport =
    told.length > 0
      ? { added: 0, unchanged: 0, problems: [] }
      : await importPeople(
          ports,
          users.map((user) => withHistory(user, hours, today)),
          order.dryRun,
        );
  const minutes = [...hours.net.values()];
  const report: JoinReport = {
    problems: told,
    people,
    hours: nothingBrought,
    transfers: hours.transfers,
    positiveMinutes: minutes.reduce((sum, one) => sum + Math.max(one, 0), 0),
    forgivenMinutes: minutes.reduce((sum, one) => sum + Math.max(-one, 0), 0),
    leftMinutes: hours.leftMinutes,
    bankMinutes: hours.bankMinutes,
  };
  if (told.length > 0 || people.problems.length > 0 || order.dryRun) return report;
  const ids = await memberIds(ports, users);
  const lines = users.flatMap(({ number }) => {
    const [memberId, net] = [ids.get(number), hours.net.get(number) ?? 0];
    return memberId === undefined || net <= 0 ? [] : [{ memberId, number, minutes: net }];
  });
  const fileDigest = createHash('sha256').update(order.transfers).digest('hex');
  const { communityCode } = order.home;
  return {
    ...report,
    hours: await bringBankHours(ports, { bank: order.bank, fileDigest, communityCode }, lines),
  };
};
