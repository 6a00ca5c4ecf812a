import type { HelpedRow } from '@time-bank/contracts/helping';
import type { Answer } from './answer.ts';
import { helpingClient } from './helping-client.ts';

/** What one may do for an elder today: all bindings in force taken together. */
export interface HelpedElder {
  elder: HelpedRow;
  rows: readonly HelpedRow[];
}

/** The elder `memberId` whom one helps; `unknown_member` where there is no such binding in force. */
export const readHelpedElder = async (memberId: string): Promise<Answer<HelpedElder>> => {
  const list = await helpingClient.listHelped();
  if (list.kind !== 'done') return list;
  const rows = list.value.items.filter((row) => row.elderId === memberId && row.isInForce);
  const [elder] = rows;
  return elder === undefined
    ? { kind: 'refused', refusal: { code: 'unknown_member' } }
    : { kind: 'done', value: { elder, rows } };
};

/** True where a binding in force allows `scope`. */
export const may = ({ rows }: HelpedElder, scope: HelpedRow['scopes'][number]): boolean =>
  rows.some(({ scopes }) => scopes.includes(scope));

/** The minutes of the elder that may still be spent, by what was agreed. */
export const spendableMinutes = ({ rows }: HelpedElder): number =>
  Math.max(
    0,
    ...rows
      .filter(({ scopes }) => scopes.includes('spend'))
      .map(({ spendMinutesMax, spentMinutes }) => spendMinutesMax - spentMinutes),
  );
