import { TransferReceipt } from '@time-bank/contracts/account';
import { AccountId } from '@time-bank/contracts/ids';
import {
  BankGroupHours,
  DonateGroupHours,
  OpenOrganisation,
  OrganisationView,
} from '@time-bank/contracts/organisation';
import { bankGroupHours, donateGroupHours } from '@time-bank/desk/group-hours';
import { openOrganisation, readOrganisation } from '@time-bank/desk/open-organisation';
import type { Actor } from '@time-bank/identity/actor';
import { grant } from '@time-bank/identity/grant';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { Refused, orRefuse } from '../refused.ts';
import { body } from '../validate.ts';

const accountIdParam = pathParam('accountId', AccountId, 'unknown_account', (accountId) => ({ accountId }));

export const organisationRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The organisation and the leave to act for it. Without leave the answer is the same whether it is there or not. */
  const permitted = async <A extends 'read_organisation' | 'bank_group_hours' | 'donate_group_hours'>(
    actor: Actor,
    action: A,
    accountId: AccountId,
  ) => {
    const record = await ports.caseBook.readNow('organisation', accountId);
    const subject = record === undefined ? {} : { communityCode: record.communityCode };
    const permit = orRefuse(grant(actor, action, subject));
    if (record === undefined) throw new Refused({ code: 'unknown_account' });
    const { communityCode } = record;
    return { record, permit, home: { accountId, communityCode, isOrganisation: true } };
  };
  return new Hono<Env>()
    .use('/organisations/*', signedIn(deps))
    .post('/organisations', body(OpenOrganisation), async (c) => {
      const wanted = c.req.valid('json');
      const { communityCode } = wanted;
      const permit = orRefuse(grant(c.var.actor, 'open_organisation', { communityCode }));
      return present(c, OrganisationView, await openOrganisation(ports, permit, wanted), 201);
    })
    .get('/organisations/:accountId', accountIdParam, async (c) => {
      const { record, permit } = await permitted(
        c.var.actor,
        'read_organisation',
        c.req.valid('param').accountId,
      );
      return present(c, OrganisationView, readOrganisation(permit, record), 200);
    })
    .post('/organisations/:accountId/hours', accountIdParam, body(BankGroupHours), async (c) => {
      const { home, permit } = await permitted(
        c.var.actor,
        'bank_group_hours',
        c.req.valid('param').accountId,
      );
      return present(c, TransferReceipt, await bankGroupHours(ports, permit, home, c.req.valid('json')), 201);
    })
    .post('/organisations/:accountId/donations', accountIdParam, body(DonateGroupHours), async (c) => {
      const { home, permit } = await permitted(
        c.var.actor,
        'donate_group_hours',
        c.req.valid('param').accountId,
      );
      const outcome = await donateGroupHours(ports, permit, home, c.req.valid('json'));
      return present(c, TransferReceipt, outcome, 201);
    });
};
