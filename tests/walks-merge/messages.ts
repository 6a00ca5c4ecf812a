/** One good message for every route about people who were entered twice: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

let twins = 0;
/** Somebody who was entered twice: once with a telephone, once without. */
export const aTwin = async (town: Town, second: Parameters<Town['aMember']>[0] = {}) => {
  twins += 1;
  const common = { birthDate: '1948-02-03', livingSituation: 'empty_nest' } as const;
  const keep = await town.aMember({ ...common, name: `钱双${String(twins)}` });
  const drop = await town.aMember({
    ...common,
    name: `钱 双${String(twins)}`,
    languages: ['yue'],
    ...second,
  });
  return { keep, drop };
};

/** What merges `drop` into `keep`. */
export const aMerge = (town: Town, { keep, drop }: { keep: Member; drop: Member }) => ({
  mergeId: town.ids.file(),
  keepId: keep.memberId,
  dropId: drop.memberId,
  keepVersion: keep.version ?? 0,
  dropVersion: drop.version ?? 0,
  reason: '同一位老人登记了两次',
});

/** Prepares people who were entered twice, and writes a message for each route by its operation. */
export const mergeMessages = async (town: Town): Promise<Record<string, Written>> => {
  const coordinator = await town.aCoordinator();
  const [twin, merged] = [await aTwin(town), await aTwin(town)];
  const merge = aMerge(town, merged);
  const done = await town.ask(coordinator, 'POST', '/api/members/merges', merge);
  if (done.status !== 201) throw new Error(JSON.stringify(done.body));
  return {
    listDuplicates: { who: coordinator, path: `/api/members/duplicates?community=${HOME}` },
    mergePeople: { who: coordinator, path: '/api/members/merges', body: aMerge(town, twin) },
    undoMerge: {
      who: coordinator,
      path: `/api/members/merges/${merge.mergeId}/undo`,
      body: { undoId: town.ids.file(), keepId: merged.keep.memberId, reason: '是两位老人' },
    },
  };
};
