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

/** True for a pair of whom either side has the other in writing as family. Both accounts are one read. */
export const areKin = async (
  ports: Pick<Ports, 'personFiles' | 'journal'>,
  elderId: MemberId,
  volunteerId: MemberId,
): Promise<boolean> => {
  const [elder, volunteer] = [accountOf(elderId), accountOf(volunteerId)];
  const [helpers, heads] = await Promise.all([
    helpersOf(ports, elderId),
    ports.journal.readAccountsNow([elder, volunteer]),
  ]);
  return (
    helpers.has(volunteerId) || isKinOn(heads.get(elder), volunteer) || isKinOn(heads.get(volunteer), elder)
  );
};
