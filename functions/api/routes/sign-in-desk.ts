import {
  BindSso,
  EnrolStaff,
  EnrolmentGiven,
  OutsideBound,
  RecoverSignIn,
  SignInRecovered,
} from '@time-bank/contracts/sign-in';
import { enrolStaff } from '@time-bank/desk/enrol-staff';
import { recoverSignIn } from '@time-bank/desk/recover-sign-in';
import { bindSso } from '@time-bank/desk/sso-sign-in';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { memberAsked, memberIdParam } from '../member-asked.ts';
import { housesOf } from '../sign-in-door.ts';
import { codesOnly } from '../sign-in-setup.ts';
import { body } from '../validate.ts';

/** What staff do about the sign-ins of people who stand before them. */
export const signInDeskRoutes = (deps: Deps) => {
  const { ports, keys, codeSender, signIn: { rules } = codesOnly } = deps;
  return new Hono<Env>()
    .use('/members/:memberId/sso', signedIn(deps))
    .use('/members/:memberId/enrolment', signedIn(deps))
    .use('/members/:memberId/sign-in-recovery', signedIn(deps))
    .post('/members/:memberId/sso', memberIdParam, body(BindSso), async (c) => {
      const given = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'enrol_staff', memberId, given.commandId);
      const outcome = await bindSso(ports, housesOf(deps), permit, { member, body: given });
      return present(c, OutsideBound, outcome, 201);
    })
    .post('/members/:memberId/enrolment', memberIdParam, body(EnrolStaff), async (c) => {
      const given = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'enrol_staff', memberId, given.commandId);
      const outcome = await enrolStaff(ports, keys, permit, { member, body: given });
      return present(c, EnrolmentGiven, outcome, 201);
    })
    .post('/members/:memberId/sign-in-recovery', memberIdParam, body(RecoverSignIn), async (c) => {
      const given = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'recover_sign_in', memberId, given.commandId);
      const outcome = await recoverSignIn({ ...ports, codeSender }, permit, { member, body: given }, rules);
      return present(c, SignInRecovered, outcome, 201);
    });
};
