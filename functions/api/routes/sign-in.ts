import { done } from '@time-bank/contracts/refusals';
import {
  AskForCode,
  AskForPasskey,
  CodeSent,
  OutsideStarted,
  PasskeyQuestion,
  ReturnFromOutside,
  SignIn,
  SignInWays,
  SignInWithPasskey,
  SignedIn,
  StartOutside,
} from '@time-bank/contracts/sign-in';
import { askForPasskey, signInWithPasskey } from '@time-bank/desk/passkeys';
import { type SignInAnswer, askForCode, signIn } from '@time-bank/desk/sign-in';
import { signInOutside, startOutside } from '@time-bank/desk/sso-sign-in';
import { type Context, Hono } from 'hono';
import { present } from '../answers.ts';
import { networkMark } from '../caller-address.ts';
import type { Deps } from '../deps.ts';
import { deviceHintOf, deviceKeyShown } from '../device.ts';
import { Refused, orRefuse } from '../refused.ts';
import { keepSession } from '../session-cookies.ts';
import { housesOf, passkeyDoorOf } from '../sign-in-door.ts';
import { codesOnly } from '../sign-in-setup.ts';
import { body } from '../validate.ts';

export const signInRoutes = (deps: Deps) => {
  const { ports, keys, signIn: setup = codesOnly } = deps;
  const { rules } = setup;
  const markOf = networkMark(keys);
  /** What the request shows of its device. Refuses: device_proof_needed; code_not_accepted where its key is another one. */
  const shownBy = async (c: Context, device?: string) => {
    const deviceKey = await deviceKeyShown(c, deps);
    if (device !== undefined && deviceKey !== undefined && device !== deviceKey) {
      throw new Refused({ code: 'code_not_accepted' });
    }
    return { device: deviceHintOf(c), ...(deviceKey === undefined ? {} : { deviceKey }) };
  };
  const answer = async (c: Context, signedIn: SignInAnswer) =>
    present(c, SignedIn, done(await keepSession(c, deps, signedIn)), 200);

  return new Hono()
    .get('/sign-in/ways', (c) =>
      present(
        c,
        SignInWays,
        done({
          code: deps.codeSender !== undefined,
          passkey: setup.passkeys !== undefined,
          sso: setup.sso !== undefined,
          ...(setup.sso === undefined ? {} : { ssoName: setup.sso.name }),
          wechat: setup.wechat !== undefined,
        }),
        200,
      ),
    )
    .post('/sign-in/codes', body(AskForCode), async (c) => {
      const { codeSender } = deps;
      // Before anything else, so that known and unknown numbers hear the same.
      if (codeSender === undefined) throw new Refused({ code: 'unavailable' });
      const asked = { address: markOf(deps.addressOf(c)), rules };
      const outcome = await askForCode({ ...ports, codeSender }, keys, c.req.valid('json'), asked);
      return present(c, CodeSent, outcome, 202);
    })
    .post('/sign-in', body(SignIn), async (c) => {
      const given = c.req.valid('json');
      const by = await shownBy(c, given.device);
      return answer(c, orRefuse(await signIn(ports, keys, given, { by, rules })));
    })
    .post('/sign-in/passkey/options', body(AskForPasskey), async (c) =>
      present(c, PasskeyQuestion, await askForPasskey(ports, passkeyDoorOf(deps)), 200),
    )
    .post('/sign-in/passkey', body(SignInWithPasskey), async (c) => {
      const by = await shownBy(c);
      const outcome = await signInWithPasskey(ports, passkeyDoorOf(deps), c.req.valid('json'), { by, rules });
      return answer(c, orRefuse(outcome));
    })
    .post('/sign-in/outside/start', body(StartOutside), async (c) =>
      present(c, OutsideStarted, await startOutside(ports, housesOf(deps), c.req.valid('json')), 200),
    )
    .post('/sign-in/outside', body(ReturnFromOutside), async (c) => {
      const given = c.req.valid('json');
      const by = await shownBy(c, given.device);
      return answer(c, orRefuse(await signInOutside(ports, housesOf(deps), given, { by, rules })));
    });
};
