import { AskForCode, CodeSent, SignIn, SignedIn } from '@time-bank/contracts/sign-in';
import { askForCode, signIn } from '@time-bank/desk/sign-in';
import { Hono } from 'hono';
import { dropToken, keepToken } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { Refused, orRefuse } from '../refused.ts';
import { body } from '../validate.ts';

export const signInRoutes = (deps: Deps) =>
  new Hono()
    .post('/sign-in/codes', body(AskForCode), async (c) => {
      const { codeSender } = deps;
      // Before anything else, so that known and unknown numbers hear the same.
      if (codeSender === undefined) throw new Refused({ code: 'unavailable' });
      const outcome = await askForCode({ ...deps.ports, codeSender }, deps.keys, c.req.valid('json'));
      return present(c, CodeSent, outcome, 202);
    })
    .post('/sign-in', body(SignIn), async (c) => {
      const outcome = await signIn(deps.ports, deps.keys, c.req.valid('json'));
      const { token, expiresAt } = orRefuse(outcome);
      keepToken(c, token, new Date(expiresAt));
      return present(c, SignedIn, outcome, 200);
    })
    .post('/sign-out', (c) => {
      dropToken(c);
      return c.body(null, 204);
    });
