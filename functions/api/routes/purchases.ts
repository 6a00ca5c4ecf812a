import { DocumentNumber } from '@time-bank/contracts/ledger';
import { EnterPurchase, PurchaseReceipt, PurchaseView, UsePurchase } from '@time-bank/contracts/purchase';
import { Receipt } from '@time-bank/contracts/request';
import { enterPurchase, findPurchase, readPurchase } from '@time-bank/desk/enter-purchase';
import { subjectOf } from '@time-bank/desk/subject-of';
import { usePurchase } from '@time-bank/desk/use-purchase';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body } from '../validate.ts';

const documentParam = pathParam('document', DocumentNumber, 'unknown_document', (document) => ({ document }));

export const purchaseRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/purchases/*', signedIn(deps))
    .post('/purchases', body(EnterPurchase), async (c) => {
      const wanted = c.req.valid('json');
      const { communityCode } = wanted;
      const permit = permitted(c, 'enter_purchase', { communityCode });
      return present(c, PurchaseReceipt, await enterPurchase(ports, permit, wanted), 201);
    })
    .get('/purchases/:document', documentParam, async (c) => {
      const fund = await findPurchase(ports, c.req.valid('param').document);
      const subject = fund === undefined ? {} : { communityCode: fund.facts.region };
      const permit = permitted(c, 'read_purchase', subject);
      if (fund === undefined) throw new Refused({ code: 'unknown_document' });
      return present(c, PurchaseView, readPurchase(permit, fund), 200);
    })
    .post('/purchases/:document/uses', documentParam, body(UsePurchase), async (c) => {
      const wanted = c.req.valid('json');
      const [facts, fund] = await Promise.all([
        ports.careBook.readRequestNow(wanted.requestId),
        findPurchase(ports, c.req.valid('param').document),
      ]);
      const subject =
        facts === undefined
          ? {}
          : { ...(await subjectOf(ports, facts)), concerns: [facts.request.receiverId] };
      const permit = permitted(c, 'use_purchase', subject, wanted.requestId);
      if (facts === undefined) throw new Refused({ code: 'unknown_request' });
      const foreign = fund === undefined ? {} : { communityCode: fund.facts.region };
      permitted(c, 'read_purchase', foreign);
      if (fund === undefined) throw new Refused({ code: 'unknown_document' });
      return present(c, Receipt, await usePurchase(ports, permit, { fund, facts }, wanted), 201);
    });
};
