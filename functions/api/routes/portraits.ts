import { GivePortrait, PortraitQuery, PortraitReceipt } from '@time-bank/contracts/portrait';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import {
  type PortraitBytes,
  givePortrait,
  readOwnPortrait,
  readPortrait,
  visitorOf,
} from '@time-bank/desk/portrait';
import { subjectOf } from '@time-bank/desk/subject-of';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { permittedFor } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused, orRefuse } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

const presentPicture = (c: Context<Env>, outcome: Outcome<PortraitBytes>): Response =>
  c.body(orRefuse(outcome), 200, { 'Content-Type': 'image/jpeg' });

/** Whose picture it is, for the log: whoever asks who looked at theirs is to find it. */
const noteWhose = (c: Context<Env>, about: MemberId | undefined): void => {
  const note = c.var.notes.findLast(({ action }) => action === 'read_portrait');
  if (note !== undefined && about !== undefined) Object.assign(note, { about });
};

export const portraitRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/me/portrait', signedIn(deps))
    .get('/me/portrait', async (c) => {
      const permit = permitted(c, 'manage_portrait');
      return presentPicture(c, await readOwnPortrait(ports, permit));
    })
    .post('/me/portrait', body(GivePortrait), async (c) => {
      const permit = permitted(c, 'manage_portrait');
      return present(c, PortraitReceipt, await givePortrait(ports, permit, c.req.valid('json')), 200);
    })
    .get('/requests/:requestId/portrait', requestIdParam, query(PortraitQuery), async (c) => {
      const { requestId } = c.req.valid('param');
      const { memberId } = c.req.valid('query');
      const facts = await ports.careBook.readRequestNow(requestId);
      const subject = facts === undefined ? {} : await subjectOf(ports, facts);
      const permit = await permittedFor(c, ports, 'read_portrait', { subject, thing: requestId });
      if (facts === undefined) throw new Refused({ code: 'unknown_request' });
      noteWhose(c, visitorOf(facts.request, memberId));
      return presentPicture(c, await readPortrait(ports, permit, facts, memberId));
    });
};
