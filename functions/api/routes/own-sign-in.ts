import { FileId } from '@time-bank/contracts/ids';
import {
  AddPasskey,
  AskForPasskey,
  OutsideBound,
  PasskeyList,
  PasskeyQuestion,
  PasskeyRow,
  ReturnFromOutside,
} from '@time-bank/contracts/sign-in';
import { addPasskey, askForNewPasskey, listPasskeys, removePasskey } from '@time-bank/desk/passkeys';
import { bindOutside } from '@time-bank/desk/sso-sign-in';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { housesOf, passkeyDoorOf } from '../sign-in-door.ts';
import { body } from '../validate.ts';

const passkeyParam = pathParam('passkeyId', FileId, 'unknown_file', (passkeyId) => ({ passkeyId }));

/** The ways in which one signs in oneself. */
export const ownSignInRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/me/passkeys', signedIn(deps))
    .use('/me/passkeys/*', signedIn(deps))
    .use('/me/outside', signedIn(deps))
    .get('/me/passkeys', async (c) =>
      present(c, PasskeyList, await listPasskeys(ports, permitted(c, 'manage_sign_in')), 200),
    )
    .post('/me/passkeys/options', body(AskForPasskey), async (c) => {
      const permit = permitted(c, 'manage_sign_in');
      return present(c, PasskeyQuestion, await askForNewPasskey(ports, passkeyDoorOf(deps), permit), 200);
    })
    .post('/me/passkeys', body(AddPasskey), async (c) => {
      const permit = permitted(c, 'manage_sign_in');
      const added = { body: c.req.valid('json'), isOnTrusted: c.var.notSpending === undefined };
      const outcome = await addPasskey(ports, passkeyDoorOf(deps), permit, added);
      return present(c, PasskeyRow, outcome, 201);
    })
    .post('/me/passkeys/:passkeyId/remove', passkeyParam, body(AskForPasskey), async (c) => {
      const permit = permitted(c, 'manage_sign_in');
      const { passkeyId } = c.req.valid('param');
      return present(c, PasskeyRow, await removePasskey(ports, permit, passkeyId), 200);
    })
    .post('/me/outside', body(ReturnFromOutside), async (c) => {
      const permit = permitted(c, 'manage_sign_in');
      const outcome = await bindOutside(ports, housesOf(deps), permit, c.req.valid('json'));
      return present(c, OutsideBound, outcome, 201);
    });
};
