import { type AccountId, FileId, MemberId, accountOf } from '@time-bank/contracts/ids';
import { Relation } from '@time-bank/contracts/ledger';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import { describe, expect, it } from 'vitest';
import { areKin, kinAmong } from './kin-of.ts';
import type { BindingLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

const memberOf = (last: string): MemberId => MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQR${last}`);
const [ELDER, VOLUNTEER, OTHER] = [memberOf('A'), memberOf('B'), memberOf('C')];

const aBinding = (state: BindingLeaf['state'], otherId = VOLUNTEER): BindingLeaf => ({
  kind: 'binding',
  memberId: ELDER,
  fileId: FileId.parse('fil_01KB2C3D4E5F6G7H8J9KMNPQRS'),
  version: 1,
  at: '2026-11-21T02:00:00.000Z',
  otherId,
  state,
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

/** Books in which accounts name relatives, and elders have helpers. */
const booksWith = (
  ties: readonly { from: MemberId; to: MemberId; relation: Relation }[],
  bindings: readonly BindingLeaf[] = [],
) => {
  const headOf = (accountId: AccountId): AccountHead => ({
    ...openedAccount(accountId, 'open'),
    bonds: Object.fromEntries(
      ties
        .filter(({ from }) => accountOf(from) === accountId)
        .map(({ to, relation }) => [accountOf(to), { relation, from: '2026-01-01' }]),
    ),
  });
  return {
    journal: {
      readAccountNow: (accountId: AccountId) => Promise.resolve(headOf(accountId)),
      readAccountsNow: (ids: readonly AccountId[]) =>
        Promise.resolve(new Map(ids.map((id) => [id, headOf(id)]))),
    },
    personFiles: { listNow: () => Promise.resolve(bindings) },
  } as unknown as Pick<Ports, 'journal' | 'personFiles'>;
};
const are = (books: ReturnType<typeof booksWith>) => areKin(books, ELDER, VOLUNTEER);

describe('an elder and a volunteer are family', () => {
  it.each(Relation.options)(
    'where either account names the other as a relative, a friend being none: %s',
    async (relation) => {
      const isKin = relation !== 'friend';
      expect(await are(booksWith([{ from: ELDER, to: VOLUNTEER, relation }]))).toBe(isKin);
      expect(await are(booksWith([{ from: VOLUNTEER, to: ELDER, relation }]))).toBe(isKin);
      expect(await are(booksWith([{ from: OTHER, to: ELDER, relation }]))).toBe(false);
    },
  );

  it.each([
    { state: 'bound', isKin: true },
    { state: 'proposed', isKin: false },
    { state: 'ended', isKin: false },
  ] as const)('where the one is bound to the other as a helper: $state, $isKin', async ({ state, isKin }) => {
    expect(await are(booksWith([], [aBinding(state)]))).toBe(isKin);
    expect(await are(booksWith([], [aBinding(state, OTHER)]))).toBe(false);
  });

  it('and else they are not', async () => {
    expect(await are(booksWith([]))).toBe(false);
  });
});

describe('of a week’s elders and volunteers', () => {
  it('each elder has their own family, as either side has it in writing', async () => {
    const ties = [
      { from: ELDER, to: VOLUNTEER, relation: 'child' as const },
      { from: VOLUNTEER, to: OTHER, relation: 'friend' as const },
    ];
    const kin = await kinAmong(booksWith(ties), [ELDER, OTHER], [VOLUNTEER]);
    expect([...kin]).toEqual([
      [ELDER, new Set([VOLUNTEER])],
      [OTHER, new Set()],
    ]);
  });

  it('a helper bound to more elders than are read at once is family of each', async () => {
    const elders = Array.from({ length: 23 }, (_none, index) =>
      MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQ${String(index + 10)}`),
    );
    const kin = await kinAmong(booksWith([], [aBinding('bound')]), elders, [VOLUNTEER, OTHER]);
    expect(elders.map((elder) => [...(kin.get(elder) ?? [])])).toEqual(elders.map(() => [VOLUNTEER]));
  });
});
