import { TransferReceipt } from '@time-bank/contracts/account';
import { AccountId } from '@time-bank/contracts/ids';
import {
  BankGroupHours,
  ChangeOrganisation,
  DonateGroupHours,
  OpenOrganisation,
  OrganisationList,
  OrganisationMembers,
  OrganisationQuery,
  OrganisationView,
} from '@time-bank/contracts/organisation';
import {
  changeOrganisation,
  listOrganisationMembers,
  listOrganisations,
} from '@time-bank/desk/change-organisation';
import { bankGroupHours, donateGroupHours } from '@time-bank/desk/group-hours';
import { openOrganisation, readOrganisation } from '@time-bank/desk/open-organisation';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const accountIdParam = pathParam('accountId', AccountId, 'unknown_account', (accountId) => ({ accountId }));

type OnOrganisations =
  'read_organisation' | 'change_organisation' | 'bank_group_hours' | 'donate_group_hours';

export const organisationRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The organisation and the leave to act for it. Without leave the answer is the same whether it is there or not. */
  const permittedOn = async <A extends OnOrganisations>(c: Context<Env>, action: A, accountId: AccountId) => {
    const record = await ports.caseBook.readNow('organisation', accountId);
    const subject =
      record === undefined ? {} : { communityCode: record.communityCode, organisationId: accountId };
    const permit = permitted(c, action, subject, accountId);
    if (record === undefined) throw new Refused({ code: 'unknown_account' });
    const { communityCode } = record;
    return { record, permit, home: { accountId, communityCode, isOrganisation: true } };
  };
  return new Hono<Env>()
    .use('/organisations/*', signedIn(deps))
    .post('/organisations', body(OpenOrganisation), async (c) => {
      const wanted = c.req.valid('json');
      const { communityCode } = wanted;
      const permit = permitted(c, 'open_organisation', { communityCode }, wanted.accountId);
      return present(c, OrganisationView, await openOrganisation(ports, permit, wanted), 201);
    })
    .get('/organisations', query(OrganisationQuery), async (c) => {
      const { community: communityCode } = c.req.valid('query');
      const permit = permitted(c, 'list_organisations', { communityCode });
      return present(c, OrganisationList, await listOrganisations(ports, permit, communityCode), 200);
    })
    .get('/organisations/:accountId/members', accountIdParam, async (c) => {
      const { accountId } = c.req.valid('param');
      const { record, permit } = await permittedOn(c, 'read_organisation', accountId);
      return present(c, OrganisationMembers, await listOrganisationMembers(ports, permit, record), 200);
    })
    .post('/organisations/:accountId/particulars', accountIdParam, body(ChangeOrganisation), async (c) => {
      const { accountId } = c.req.valid('param');
      const { record, permit } = await permittedOn(c, 'change_organisation', accountId);
      const outcome = await changeOrganisation(ports, permit, record, c.req.valid('json'));
      return present(c, OrganisationView, outcome, 201);
    })
    .get('/organisations/:accountId', accountIdParam, async (c) => {
      const { record, permit } = await permittedOn(c, 'read_organisation', c.req.valid('param').accountId);
      return present(c, OrganisationView, readOrganisation(ports, permit, record), 200);
    })
    .post('/organisations/:accountId/hours', accountIdParam, body(BankGroupHours), async (c) => {
      const { home, permit } = await permittedOn(c, 'bank_group_hours', c.req.valid('param').accountId);
      return present(c, TransferReceipt, await bankGroupHours(ports, permit, home, c.req.valid('json')), 201);
    })
    .post('/organisations/:accountId/donations', accountIdParam, body(DonateGroupHours), async (c) => {
      const { home, permit } = await permittedOn(c, 'donate_group_hours', c.req.valid('param').accountId);
      const outcome = await donateGroupHours(ports, permit, home, c.req.valid('json'));
      return present(c, TransferReceipt, outcome, 201);
    });
};
