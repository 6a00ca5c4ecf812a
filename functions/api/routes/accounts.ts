import { Balance, StatementPage, StatementQuery, TransferReceipt } from '@time-bank/contracts/account';
import {
  BringHours,
  CloseAccount,
  FreezeAccount,
  MoveAccount,
  MoveReceipt,
  UnfreezeAccount,
} from '@time-bank/contracts/closing';
import { AccountId, accountOf } from '@time-bank/contracts/ids';
import { readAccountHome, subjectOfAccount } from '@time-bank/desk/account-home';
import { closeAccount } from '@time-bank/desk/close-account';
import { freezeAccount, unfreezeAccount } from '@time-bank/desk/freeze-account';
import { bringHours, moveAccount } from '@time-bank/desk/move-account';
import { listMemberEntries, readMemberAccount } from '@time-bank/desk/read-account';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const accountIdParam = pathParam('accountId', AccountId, 'unknown_account', (accountId) => ({ accountId }));

type OnAccounts =
  | 'read_member_account'
  | 'freeze_account'
  | 'unfreeze_account'
  | 'close_account'
  | 'move_account'
  | 'bring_hours';

export const accountRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The account's home and the leave to act on it. Without leave the answer is the same whether it is there or not. */
  const permittedOn = async <A extends OnAccounts>(
    c: Context<Env>,
    action: A,
    accountId: AccountId,
    also: readonly AccountId[] = [],
  ) => {
    const home = await readAccountHome(ports, accountId);
    const permit = permitted(c, action, subjectOfAccount(home, also), accountId);
    if (home === undefined) throw new Refused({ code: 'unknown_account' });
    return { home, permit };
  };
  const signer = () => {
    const { documentSigner } = deps;
    if (documentSigner === undefined) throw new Refused({ code: 'unavailable' });
    return documentSigner;
  };
  return new Hono<Env>()
    .use('/accounts/*', signedIn(deps))
    .get('/accounts/:accountId', accountIdParam, async (c) => {
      const { home, permit } = await permittedOn(c, 'read_member_account', c.req.valid('param').accountId);
      return present(c, Balance, await readMemberAccount(ports, permit, home), 200);
    })
    .get('/accounts/:accountId/entries', accountIdParam, query(StatementQuery), async (c) => {
      const { home, permit } = await permittedOn(c, 'read_member_account', c.req.valid('param').accountId);
      const { cursor } = c.req.valid('query');
      return present(c, StatementPage, await listMemberEntries(ports, permit, home, cursor), 200);
    })
    .post('/accounts/:accountId/freeze', accountIdParam, body(FreezeAccount), async (c) => {
      const { home, permit } = await permittedOn(c, 'freeze_account', c.req.valid('param').accountId);
      return present(c, TransferReceipt, await freezeAccount(ports, permit, home, c.req.valid('json')), 201);
    })
    .post('/accounts/:accountId/unfreeze', accountIdParam, body(UnfreezeAccount), async (c) => {
      const { home, permit } = await permittedOn(c, 'unfreeze_account', c.req.valid('param').accountId);
      return present(
        c,
        TransferReceipt,
        await unfreezeAccount(ports, permit, home, c.req.valid('json')),
        201,
      );
    })
    .post('/accounts/:accountId/close', accountIdParam, body(CloseAccount), async (c) => {
      const wanted = c.req.valid('json');
      const { remainder } = wanted;
      const heirs = remainder.to === 'heir' ? [accountOf(remainder.heirId)] : [];
      const { home, permit } = await permittedOn(c, 'close_account', c.req.valid('param').accountId, heirs);
      return present(c, TransferReceipt, await closeAccount(ports, permit, home, wanted), 201);
    })
    .post('/accounts/:accountId/move', accountIdParam, body(MoveAccount), async (c) => {
      const { home, permit } = await permittedOn(c, 'move_account', c.req.valid('param').accountId);
      const outcome = await moveAccount(ports, signer(), permit, home, c.req.valid('json'));
      return present(c, MoveReceipt, outcome, 201);
    })
    .post('/accounts/:accountId/bring', accountIdParam, body(BringHours), async (c) => {
      const { home, permit } = await permittedOn(c, 'bring_hours', c.req.valid('param').accountId);
      const outcome = await bringHours(ports, signer(), permit, home, c.req.valid('json'));
      return present(c, TransferReceipt, outcome, 201);
    });
};
