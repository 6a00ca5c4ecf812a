/** What a member sees of their account, and the coordinators of its home with them. */
import { services } from '@time-bank/care/service';
import type { Balance, EntryView, StatementPage } from '@time-bank/contracts/account';
import type { ActedBy } from '@time-bank/contracts/helping';
import { type AccountId, accountOf } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Words } from '@time-bank/contracts/words';
import type { Grant } from '@time-bank/identity/grant';
import { heldOf, isOver, liveGranted, spendableOf } from '@time-bank/ledger/account';
import { type Entry, amountOf } from '@time-bank/ledger/entry';
import { actorsOfLines } from './acted-by.ts';
import { nowOf } from './carry-out.ts';
import type { AccountHome } from './account-home.ts';
import type { Ports } from './ports.ts';
import { serviceNames } from './service-names.ts';

const STATEMENT_LINES = 25;

/** What stands on an account now: one strongly consistent read. Refuses: unknown_account. */
export const balanceOf = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  accountId: AccountId,
): Promise<Outcome<Balance>> => {
  const head = await ports.journal.readAccountNow(accountId);
  if (head === undefined) return refused('unknown_account');
  const asOf = nowOf(ports);
  const lapses = Object.values(head.lots)
    .map(({ lapsesAt }) => lapsesAt)
    .filter((lapsesAt) => !isOver(lapsesAt, asOf))
    .sort();
  const [nextLapseAt] = lapses;
  return done({
    accountId: head.accountId,
    state: head.state,
    availableMinutes: spendableOf(head, asOf),
    heldMinutes: heldOf(head, asOf),
    earnedMinutes: head.minutes.earned,
    grantedMinutes: liveGranted(head, asOf),
    ...(nextLapseAt === undefined ? {} : { nextLapseAt }),
    honourMinutes: head.minutes.honour,
    debtMinutes: head.minutes.debt,
    ...(head.overflowPool === undefined ? {} : { overflowPool: head.overflowPool }),
    asOf,
  });
};

/** The balance now: one strongly consistent read. Refuses: unknown_account. */
export const readBalance = (
  ports: Pick<Ports, 'clock' | 'journal'>,
  permit: Grant<'read_account'>,
): Promise<Outcome<Balance>> => balanceOf(ports, accountOf(permit.actor.memberId));

/** The balance of an account at home with the coordinator. Refuses: unknown_account. */
export const readMemberAccount = (
  ports: Pick<Ports, 'clock' | 'journal'>,
  _permit: Grant<'read_member_account'>,
  { accountId }: AccountHome,
): Promise<Outcome<Balance>> => balanceOf(ports, accountId);

/** The balance of an elder, for a helper who is bound to them, or for whoever has their card before them. Refuses: unknown_account. */
export const readElderBalance = (
  ports: Pick<Ports, 'clock' | 'journal'>,
  _permit: Grant<'read_helped' | 'read_by_card'>,
  { memberId }: Pick<Member, 'memberId'>,
): Promise<Outcome<Balance>> => balanceOf(ports, accountOf(memberId));

const poolOf = (entry: Entry): PoolId | undefined => {
  const poolId = entry.overflow?.poolId ?? entry.overflowPool ?? entry.counterpart;
  const parsed = PoolId.safeParse(poolId);
  return parsed.success ? parsed.data : undefined;
};

/**
 * A line as its owner sees it; `by`: who acted in the owner's name; `serviceWords`: what its service is called, where
 * that is a region's own name.
 */
export const lineOf = (
  entry: Entry,
  { by, serviceWords }: { by?: ActedBy | undefined; serviceWords?: Words | undefined } = {},
): EntryView => {
  const { minutes } = entry;
  const poolId = poolOf(entry);
  const lapsesAt = entry.lot?.lapsesAt ?? entry.hold?.lapsesAt;
  return {
    transferId: entry.transferId,
    kind: entry.kind,
    reason: entry.reason,
    amountMinutes: amountOf(entry),
    changeMinutes: (minutes.earned ?? 0) + (minutes.gift ?? 0) + (minutes.granted ?? 0),
    heldMinutes: minutes.held ?? 0,
    honourMinutes: minutes.honour ?? 0,
    debtMinutes: minutes.debt ?? 0,
    at: entry.at,
    channel: entry.channel,
    policyVersion: entry.policyVersion,
    ...(entry.requestId === undefined ? {} : { requestId: entry.requestId }),
    ...(entry.serviceCode === undefined
      ? {}
      : {
          serviceCode: entry.serviceCode,
          serviceWords: serviceWords ?? services[entry.serviceCode].words,
        }),
    ...(entry.resolves === undefined ? {} : { resolves: entry.resolves }),
    ...(entry.corrects === undefined ? {} : { corrects: entry.corrects }),
    ...(poolId === undefined ? {} : { poolId }),
    ...(entry.overflow === undefined ? {} : { overflowMinutes: entry.overflow.minutes }),
    ...(lapsesAt === undefined ? {} : { lapsesAt }),
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(by === undefined ? {} : { by }),
  };
};

/** People and bindings are read only for a page on which somebody acted in the owner's name. */
type Statements = Pick<Ports, 'journal' | 'people' | 'personFiles' | 'policies'>;

/** What the service of each line is called, by the line. */
export const serviceWordsOf = async (
  ports: Pick<Ports, 'policies'>,
  entries: readonly Entry[],
): Promise<ReadonlyMap<Entry, Words>> => {
  const made = entries.flatMap((entry) => {
    const { serviceCode, region: communityCode, policyVersion } = entry;
    return serviceCode === undefined ? [] : [{ entry, serviceCode, communityCode, policyVersion }];
  });
  const nameOf = await serviceNames(ports, made);
  return new Map(made.map((record) => [record.entry, nameOf(record)]));
};

const statementOf = async (
  ports: Statements,
  accountId: AccountId,
  cursor: string | undefined,
): Promise<Outcome<StatementPage>> => {
  const page = await ports.journal.listEntriesNow(accountId, { limit: STATEMENT_LINES, cursor });
  const [actors, words] = await Promise.all([
    actorsOfLines(ports, page.items),
    serviceWordsOf(ports, page.items),
  ]);
  return done({
    items: page.items.map((entry) =>
      lineOf(entry, { by: actors.get(entry.transferId), serviceWords: words.get(entry) }),
    ),
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  });
};

/** The statement, newest first, 25 lines a page. Throws InvalidCursor. */
export const listEntries = (
  ports: Statements,
  permit: Grant<'read_account'>,
  cursor?: string,
): Promise<Outcome<StatementPage>> => statementOf(ports, accountOf(permit.actor.memberId), cursor);

const withoutNote = ({ note: _note, by: _by, ...line }: EntryView): EntryView => line;

/**
 * The statement of an account at home with the staff, as its member sees it; without what somebody wrote, and without
 * who acted, for those who must not know whose it is. Throws InvalidCursor.
 */
export const listMemberEntries = async (
  ports: Statements,
  { isMasked }: Grant<'read_member_account'>,
  { accountId }: AccountHome,
  cursor?: string,
): Promise<Outcome<StatementPage>> => {
  const page = await statementOf(ports, accountId, cursor);
  return isMasked && page.kind === 'done'
    ? done({ ...page.value, items: page.value.items.map(withoutNote) })
    : page;
};

/** The statement of an elder, for a helper who is bound to them. Throws InvalidCursor. */
export const listElderEntries = (
  ports: Statements,
  _permit: Grant<'read_helped'>,
  { memberId }: Pick<Member, 'memberId'>,
  cursor?: string,
): Promise<Outcome<StatementPage>> => statementOf(ports, accountOf(memberId), cursor);
