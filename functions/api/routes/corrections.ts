import {
  CaseQuery,
  CorrectionList,
  CorrectionReceipt,
  CorrectionView,
  DecideCase,
  ProposeCorrection,
} from '@time-bank/contracts/correction';
import { TransferId } from '@time-bank/contracts/ids';
import { ownerOf, readAccountHome, subjectOfAccount } from '@time-bank/desk/account-home';
import { approveCorrection, listCorrections, readCorrection } from '@time-bank/desk/approve-correction';
import { concernedBy, proposeCorrection } from '@time-bank/desk/correct-entry';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const correctionIdParam = pathParam('correctionId', TransferId, 'unknown_transfer', (correctionId) => ({
  correctionId,
}));

export const correctionRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The case and the leave to do something with it. Without leave the answer is the same whether it is there or not. */
  const permittedOn = async <A extends 'read_correction' | 'decide_correction'>(
    c: Context<Env>,
    action: A,
    correctionId: TransferId,
  ) => {
    const record = await ports.caseBook.readNow('correction', correctionId);
    const subject =
      record === undefined
        ? {}
        : {
            communityCode: record.communityCode,
            memberId: ownerOf(record.accountId),
            concerns: record.concerns.map(ownerOf),
          };
    const permit = permitted(c, action, subject, correctionId);
    if (record === undefined) throw new Refused({ code: 'unknown_transfer' });
    return { record, permit };
  };
  return new Hono<Env>()
    .use('/corrections/*', signedIn(deps))
    .post('/corrections', body(ProposeCorrection), async (c) => {
      const wanted = c.req.valid('json');
      const { accountId, lineId, transferId } = wanted;
      const [home, line, kept] = await Promise.all([
        readAccountHome(ports, accountId),
        ports.journal.readLineAndAccountNow(accountId, lineId),
        ports.caseBook.readNow('correction', transferId),
      ]);
      const concerned = line.line?.kind === 'entry' ? concernedBy(line.line.entry) : [];
      const permit = permitted(c, 'propose_correction', subjectOfAccount(home, concerned), accountId);
      if (home === undefined) throw new Refused({ code: 'unknown_account' });
      const outcome = await proposeCorrection(ports, permit, { ...line, home, kept }, wanted);
      return present(c, CorrectionReceipt, outcome, 201);
    })
    .get('/corrections', query(CaseQuery), async (c) => {
      const { region, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_cases', { region });
      return present(c, CorrectionList, await listCorrections(ports, permit, region, cursor), 200);
    })
    .get('/corrections/:correctionId', correctionIdParam, async (c) => {
      const { record, permit } = await permittedOn(c, 'read_correction', c.req.valid('param').correctionId);
      return present(c, CorrectionView, readCorrection(permit, record), 200);
    })
    .post('/corrections/:correctionId/decision', correctionIdParam, body(DecideCase), async (c) => {
      const { record, permit } = await permittedOn(c, 'decide_correction', c.req.valid('param').correctionId);
      const outcome = await approveCorrection(ports, permit, record, c.req.valid('json'));
      return present(c, CorrectionReceipt, outcome, 201);
    });
};
