/**
 * Who is family of somebody, as far as the time bank has it in writing: bound as a family helper or guardian, or named
 * as a relative on the account, from either side. Family help is not counted in hours. Source: domain R-10.
 */
import { type AccountId, type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { AccountHead } from '@time-bank/ledger/account';
import type { Ports } from './ports.ts';

/** A tie to a friend is no kinship. */
const isKinOn = (head: AccountHead | undefined, accountId: AccountId): boolean => {
  const bond = head?.bonds[accountId];
  return bond !== undefined && bond.relation !== 'friend';
};

/** True for a pair of whom either side has the other in writing; `helpers`: who is bound to the elder. */
const areTied = (
  helpers: ReadonlySet<MemberId> | undefined,
  heads: ReadonlyMap<AccountId, AccountHead>,
  elderId: MemberId,
  volunteerId: MemberId,
): boolean => {
  const [elder, volunteer] = [accountOf(elderId), accountOf(volunteerId)];
  return (
    helpers?.has(volunteerId) === true ||
    isKinOn(heads.get(elder), volunteer) ||
    isKinOn(heads.get(volunteer), elder)
  );
};

/** Who is bound to the elder as a helper. */
const helpersOf = async (
  { personFiles }: Pick<Ports, 'personFiles'>,
  elderId: MemberId,
): Promise<ReadonlySet<MemberId>> => {
  const bindings = await personFiles.listNow('binding', elderId);
  return new Set(bindings.filter(({ state }) => state === 'bound').map(({ otherId }) => otherId));
};

/** Tells of any volunteer whether they are family of the elder by what the elder's side has in writing. */
export const kinByElder = async (
  ports: Pick<Ports, 'personFiles' | 'journal'>,
  elderId: MemberId,
): Promise<(volunteerId: MemberId) => boolean> => {
  const [helpers, head] = await Promise.all([
    helpersOf(ports, elderId),
    ports.journal.readAccountNow(accountOf(elderId)),
  ]);
  return (volunteerId) => helpers.has(volunteerId) || isKinOn(head, accountOf(volunteerId));
};

/** Those of some volunteers who have named the elder as a relative on their own accounts. One read. */
export const kinByThemselves = async (
  ports: Pick<Ports, 'journal'>,
  elderId: MemberId,
  volunteerIds: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> => {
  const heads = await ports.journal.readAccountsNow(volunteerIds.map(accountOf));
  return new Set(
    volunteerIds.filter((volunteerId) => isKinOn(heads.get(accountOf(volunteerId)), accountOf(elderId))),
  );
};

/** So many elders are read at once. */
const AT_ONCE = 20;

/** Of some elders those of some volunteers who are family, by what either side has in writing. A read for each elder. */
export const kinAmong = async (
  ports: Pick<Ports, 'personFiles' | 'journal'>,
  elderIds: readonly MemberId[],
  volunteerIds: readonly MemberId[],
): Promise<Map<MemberId, ReadonlySet<MemberId>>> => {
  const everybody = [...new Set([...elderIds, ...volunteerIds])];
  const heads = await ports.journal.readAccountsNow(everybody.map(accountOf));
  const kin = new Map<MemberId, ReadonlySet<MemberId>>();
  for (let from = 0; from < elderIds.length; from += AT_ONCE) {
    const some = elderIds.slice(from, from + AT_ONCE);
    const helpers = await Promise.all(some.map((elderId) => helpersOf(ports, elderId)));
    for (const [index, elderId] of some.entries()) {
      const isKin = (id: MemberId): boolean => areTied(helpers[index], heads, elderId, id);
      kin.set(elderId, new Set(volunteerIds.filter(isKin)));
    }
  }
  return kin;
};

/** True for a pair of whom either side has the other in writing as family. Both accounts are one read. */
export const areKin = async (
  ports: Pick<Ports, 'personFiles' | 'journal'>,
  elderId: MemberId,
  volunteerId: MemberId,
): Promise<boolean> => {
  const [helpers, heads] = await Promise.all([
    helpersOf(ports, elderId),
    ports.journal.readAccountsNow([accountOf(elderId), accountOf(volunteerId)]),
  ]);
  return areTied(helpers, heads, elderId, volunteerId);
};
