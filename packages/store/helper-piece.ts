/** What a helper spends, counted on the binding itself: in the transaction that sets the minutes aside. */
import { CivilDate } from '@time-bank/contracts/time';
import { BindingState } from '@time-bank/contracts/helping';
import { type HelperSpending, refusedSpending } from '@time-bank/identity/binding';
import * as z from 'zod/mini';
import { type Item, decode, values } from './item.ts';
import { personLeafKey } from './keys.ts';
import type { Found, Piece } from './piece.ts';

/** What stands outside the seal of a binding. */
const StoredBinding = z.object({ state: BindingState, until: CivilDate, spentMinutes: z.int() });

const isBound = '#state = :bound AND #until >= :on';
const leavesEnough = 'spentMinutes <= :spentMinutesMost';

/** Why a spending was not counted. A limit that holds after all was free again: decide again. */
const foundOf = (change: HelperSpending, old: Item | undefined): Found => {
  const code = refusedSpending(old === undefined ? undefined : decode(StoredBinding, old), change);
  return code === undefined ? { kind: 'stale' } : { kind: 'refused', refusal: { code } };
};

/** Adds to what was spent where the binding is in force and its limit bears it. */
export const helperPiece = (table: string, change: HelperSpending): Piece => {
  const { elderId, bindingId, amountMinutes, limitMinutes, on } = change;
  const isLimited = limitMinutes !== undefined;
  return {
    item: {
      Update: {
        TableName: table,
        Key: values({ ...personLeafKey(elderId, 'binding', bindingId) }),
        UpdateExpression: 'SET spentMinutes = spentMinutes + :amountMinutes, #version = #version + :one',
        ConditionExpression: isLimited ? `${isBound} AND ${leavesEnough}` : isBound,
        ExpressionAttributeNames: { '#state': 'state', '#until': 'until', '#version': 'version' },
        ExpressionAttributeValues: values({
          ':bound': 'bound',
          ':on': on,
          ':amountMinutes': amountMinutes,
          ':one': 1,
          ...(isLimited ? { ':spentMinutesMost': limitMinutes - amountMinutes } : {}),
        }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    failed: (old) => foundOf(change, old),
  };
};
