import type { Answer } from './answer.ts';
import type { Asker } from './booking.ts';
import { readMe } from './first-reads.ts';

/** Oneself, as one asks for help: where one lives and how able one is; `mayRedeem`: old enough to use hours. */
export const readOwnAsker = async (): Promise<Answer<Asker & { mayRedeem: boolean }>> => {
  const me = await readMe();
  if (me.kind !== 'done') return me;
  const { mayRedeem, member } = me.value;
  const { address, abilityLevel } = member;
  return {
    kind: 'done',
    value: {
      mayAsk: true,
      mayRedeem,
      home: address,
      ...(abilityLevel === undefined ? {} : { abilityLevel }),
    },
  };
};
