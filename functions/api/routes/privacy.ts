import { FileId, MemberId } from '@time-bank/contracts/ids';
import {
  AnswerDataWish,
  AskAboutData,
  ConsentList,
  ConsentView,
  CopyQuery,
  DataWishList,
  DataWishQuery,
  DataWishView,
  GiveConsent,
  OwnCopy,
  OwnerQuery,
} from '@time-bank/contracts/privacy';
import { answerDataWish } from '@time-bank/desk/answer-data-wish';
import { askAboutData, listOwnWishes, listWishes } from '@time-bank/desk/ask-about-data';
import { giveConsent, listConsents } from '@time-bank/desk/consent';
import { readOwnCopy } from '@time-bank/desk/own-copy';
import { bindingsOf } from '@time-bank/desk/subject-bindings';
import type { Action } from '@time-bank/identity/rules';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import { type Context, Hono } from 'hono';
import { validator } from 'hono/validator';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

/** A wish of somebody; anything else is one that does not exist. */
const wishParam = validator('param', (parts) => {
  const memberId = MemberId.safeParse(parts['memberId']);
  const wishId = FileId.safeParse(parts['wishId']);
  if (!memberId.success) throw new Refused({ code: 'unknown_member' });
  if (!wishId.success) throw new Refused({ code: 'unknown_file' });
  return { memberId: memberId.data, wishId: wishId.data };
});

export const privacyRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** Oneself, or one's ward: bindings are read only where somebody asks for another. */
  const ofOwner = async <A extends Action>(
    c: Context<Env>,
    action: A,
    asked: MemberId | undefined,
    thing?: string,
  ) => {
    const { actor } = c.var;
    const memberId = asked ?? actor.memberId;
    const member = await ports.people.readMember(memberId);
    const today = civilDateOf(instantOf(ports.clock.nowMs()));
    const bindings =
      member === undefined || memberId === actor.memberId ? [] : await bindingsOf(ports, memberId, today);
    const subject = member === undefined ? {} : { memberId, communityCode: member.communityCode, bindings };
    const permit = permitted(c, action, subject, thing);
    if (member === undefined) throw new Refused({ code: 'unknown_member' });
    return { member, permit };
  };
  return new Hono<Env>()
    .use('/me/consents', signedIn(deps))
    .use('/me/copy', signedIn(deps))
    .use('/me/data-wishes', signedIn(deps))
    .use('/data-wishes', signedIn(deps))
    .use('/members/:memberId/data-wishes/*', signedIn(deps))
    .get('/me/consents', query(OwnerQuery), async (c) => {
      const { member, permit } = await ofOwner(c, 'read_own_file', c.req.valid('query').memberId);
      return present(c, ConsentList, await listConsents(ports, permit, member.memberId), 200);
    })
    .post('/me/consents', body(GiveConsent), async (c) => {
      const said = c.req.valid('json');
      const { member, permit } = await ofOwner(c, 'give_consent', said.forWhom?.memberId, said.consentId);
      return present(c, ConsentView, await giveConsent(ports, permit, member.memberId, said), 201);
    })
    .get('/me/copy', query(CopyQuery), async (c) => {
      const { memberId, cursor } = c.req.valid('query');
      const { member, permit } = await ofOwner(c, 'read_own_file', memberId);
      return present(c, OwnCopy, await readOwnCopy(ports, permit, member, cursor), 200);
    })
    .get('/me/data-wishes', query(OwnerQuery), async (c) => {
      const { member, permit } = await ofOwner(c, 'read_own_file', c.req.valid('query').memberId);
      return present(c, DataWishList, await listOwnWishes(ports, permit, member.memberId), 200);
    })
    .post('/me/data-wishes', body(AskAboutData), async (c) => {
      const asked = c.req.valid('json');
      const { member, permit } = await ofOwner(c, 'ask_about_data', asked.forWhom?.memberId, asked.wishId);
      return present(c, DataWishView, await askAboutData(ports, permit, member, asked), 201);
    })
    .get('/data-wishes', query(DataWishQuery), async (c) => {
      const { region, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_data_wishes', { region });
      return present(c, DataWishList, await listWishes(ports, permit, region, cursor), 200);
    })
    .post('/members/:memberId/data-wishes/:wishId/answer', wishParam, body(AnswerDataWish), async (c) => {
      const { memberId, wishId } = c.req.valid('param');
      const member = await ports.people.readMember(memberId);
      const subject =
        member === undefined ? {} : { memberId, communityCode: member.communityCode, concerns: [memberId] };
      const permit = permitted(c, 'decide_about_data', subject, wishId);
      if (member === undefined) throw new Refused({ code: 'unknown_member' });
      const leaf = await ports.personFiles.readNow('wish', memberId, wishId);
      if (leaf === undefined) throw new Refused({ code: 'unknown_file' });
      const outcome = await answerDataWish(ports, permit, { member, leaf }, c.req.valid('json'));
      return present(c, DataWishView, outcome, 201);
    });
};
