import {
  CardBalance,
  CardList,
  CardView,
  IssueCard,
  IssuedCard,
  ReadByCard,
  ReportCardLost,
  UnlockCard,
} from '@time-bank/contracts/card';
import { type FileId, MemberId } from '@time-bank/contracts/ids';
import { cardMember, readByCard } from '@time-bank/desk/read-by-card';
import { listCards } from '@time-bank/desk/card-view';
import { issueCard } from '@time-bank/desk/issue-card';
import { reportCardLost } from '@time-bank/desk/report-card-lost';
import { unlockCard } from '@time-bank/desk/unlock-card';
import type { ForWhom } from '@time-bank/contracts/helping';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor, permittedFor, subjectOfElder } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { leafParams, pathParam } from '../path-param.ts';
import { Refused } from '../refused.ts';
import { body } from '../validate.ts';

const memberIdParam = pathParam('memberId', MemberId, 'unknown_member', (memberId) => ({ memberId }));
const cardParams = leafParams('cardId', (memberId, cardId) => ({ memberId, cardId }));

export const cardRoutes = (deps: Deps) => {
  const { ports, keys } = deps;
  /** The owner of a card and the leave. Without leave the answer is the same whether there is one. */
  const overOwner = async <A extends Action>(
    c: Context<Env>,
    action: A,
    memberId: MemberId,
    also: { forWhom?: ForWhom | undefined; thing?: FileId } = {},
  ) => {
    const owner = await ports.people.readMember(memberId);
    const permit = await permittedFor(c, ports, action, { subject: subjectOfElder(owner), ...also });
    if (owner === undefined) throw new Refused({ code: 'unknown_member' });
    return { owner, permit };
  };
  return new Hono<Env>()
    .use('/cards/*', signedIn(deps))
    .use('/members/:memberId/cards/*', signedIn(deps))
    .post('/cards', body(IssueCard), async (c) => {
      const wanted = c.req.valid('json');
      const { owner, permit } = await overOwner(c, 'issue_card', wanted.memberId, { thing: wanted.cardId });
      return present(c, IssuedCard, await issueCard({ ...ports, keys }, permit, owner, wanted), 201);
    })
    .post('/cards/lost', body(ReportCardLost), async (c) => {
      const report = c.req.valid('json');
      const { forWhom, reportId: thing } = report;
      const memberId = forWhom?.memberId ?? c.var.actor.memberId;
      const { owner, permit } = await overOwner(c, 'manage_card', memberId, { forWhom, thing });
      actingFor(c, permit, forWhom, memberId);
      return present(c, CardView, await reportCardLost(ports, permit, owner, report), 200);
    })
    .post('/cards/balance', body(ReadByCard), async (c) => {
      const { card } = c.req.valid('json');
      const { owner, permit } = await overOwner(c, 'read_by_card', cardMember(card));
      return present(c, CardBalance, await readByCard({ ...ports, keys }, permit, owner, card), 200);
    })
    .get('/members/:memberId/cards', memberIdParam, async (c) => {
      const { owner, permit } = await overOwner(c, 'manage_card', c.req.valid('param').memberId);
      return present(c, CardList, await listCards(ports, permit, owner), 200);
    })
    .post('/members/:memberId/cards/:cardId/unlock', cardParams, body(UnlockCard), async (c) => {
      const { memberId, cardId } = c.req.valid('param');
      const { permit } = await overOwner(c, 'issue_card', memberId, { thing: cardId });
      const outcome = await unlockCard({ ...ports, keys }, permit, { memberId, cardId }, c.req.valid('json'));
      return present(c, CardView, outcome, 200);
    });
};
