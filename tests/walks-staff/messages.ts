/** One good message for every route of the staff: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { accountOf } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import { documentSigner } from '@time-bank/identity/document-signer';
import { FAR_AWAY, HOME, NEIGHBOUR, type Town } from '../town.ts';
import { aRedemption, aSaver, credit, setFrozen } from '../walks/steps.ts';
import { aLine, ofCounty, ofTownship } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares lines, rounds, accounts and purchases, and writes a message for each route by its operation. */
export const staffMessages = async (town: Town): Promise<Record<string, Written>> => {
  const transferId = () => town.ids.transfer();
  const [coordinator, second] = [await ofTownship(town), await ofCounty(town)];
  const line = await aLine(town);
  await credit(town, line.volunteer, 600);
  const [large] = (await town.ask(line.volunteer, 'GET', '/api/account/entries')).body.items;
  const proposal = { accountId: line.accountId, reason: '重复登记' };
  const correction = { ...proposal, transferId: transferId(), lineId: large.transferId };
  await town.ask(coordinator, 'POST', '/api/corrections', correction);
  const round = { roundId: town.ids.command(), region: '341302001', month: town.now().slice(0, 7) };
  await town.ask(coordinator, 'POST', '/api/grants', round);
  const organisation = {
    accountId: accountOf(town.ids.member()),
    name: '和平里老年协会',
    communityCode: HOME,
  };
  await town.ask(coordinator, 'POST', '/api/organisations', organisation);
  const hours = { activity: '包饺子', date: '2026-11-20', participants: 9, totalMinutes: 600 };
  const ofOrganisation = `/api/organisations/${organisation.accountId}`;
  await town.ask(coordinator, 'POST', `${ofOrganisation}/hours`, { ...hours, transferId: transferId() });
  const number = town.ids.command().slice(-8);
  const purchase = {
    document: `CG-${number}`,
    provider: '安康居家养老服务中心',
    totalMinutes: 600,
    communityCode: HOME,
  };
  await town.ask(coordinator, 'POST', '/api/purchases', purchase);
  const payer = await aSaver(town);
  // What takes hours here and elsewhere is over before it begins.
  const paid = aRedemption(town, { plannedStartAt: town.soon(3 * 24 * 60) });
  await town.ask(payer, 'POST', '/api/redemptions', paid);
  const frozen = await aSaver(town);
  await setFrozen(town, frozen, true);
  const signed = await documentSigner(NEIGHBOUR).sign({
    document: DocumentNumber.parse(`LS-${number}`),
    bank: NEIGHBOUR.bank,
    account: 'A'.repeat(43),
    earnedMinutes: 60,
    giftMinutes: 0,
    honourMinutes: 0,
    issuedAt: town.now(),
  });
  const account = async (what: string, body: Record<string, unknown>, whose?: Member): Promise<Written> => ({
    who: coordinator,
    path: `/api/accounts/${accountOf((whose ?? (await aSaver(town))).memberId)}/${what}`,
    body: { transferId: transferId(), ...body },
  });
  const approve = () => ({ commandId: town.ids.command(), decision: 'approve' });
  const note = '本人申请';
  const toPool = { to: 'pool', poolId: 'pool:341302001' };
  return {
    proposeCorrection: {
      who: coordinator,
      path: '/api/corrections',
      body: { ...proposal, transferId: transferId(), lineId: line.lineId },
    },
    listCorrections: { who: second, path: '/api/corrections?region=341302001' },
    readCorrection: { who: second, path: `/api/corrections/${correction.transferId}` },
    approveCorrection: {
      who: second,
      path: `/api/corrections/${correction.transferId}/decision`,
      body: approve(),
    },
    proposeGrants: {
      who: coordinator,
      path: '/api/grants',
      body: { ...round, roundId: town.ids.command() },
    },
    listGrants: { who: second, path: '/api/grants?region=341302001' },
    readGrants: { who: second, path: `/api/grants/${round.roundId}` },
    approveGrants: { who: second, path: `/api/grants/${round.roundId}/decision`, body: approve() },
    readMemberAccount: { who: coordinator, path: `/api/accounts/${line.accountId}` },
    listMemberEntries: { who: coordinator, path: `/api/accounts/${line.accountId}/entries` },
    freezeAccount: await account('freeze', { reason: 'dispute', note }),
    unfreezeAccount: await account('unfreeze', { note }, frozen),
    closeAccount: await account('close', { remainder: toPool, note }),
    moveAccount: await account('move', { toCommunity: FAR_AWAY, document: `SZ-${number}`, note }),
    bringHours: await account('bring', { signed }),
    openOrganisation: {
      who: coordinator,
      path: '/api/organisations',
      body: { ...organisation, accountId: accountOf(town.ids.member()) },
    },
    readOrganisation: { who: coordinator, path: ofOrganisation },
    bankGroupHours: {
      who: coordinator,
      path: `${ofOrganisation}/hours`,
      body: { ...hours, transferId: transferId() },
    },
    donateGroupHours: {
      who: coordinator,
      path: `${ofOrganisation}/donations`,
      body: { transferId: transferId(), poolId: 'pool:341302001', totalMinutes: 60 },
    },
    enterPurchase: {
      who: coordinator,
      path: '/api/purchases',
      body: { ...purchase, document: `CG-${number}-2` },
    },
    readPurchase: { who: coordinator, path: `/api/purchases/${purchase.document}` },
    usePurchase: {
      who: coordinator,
      path: `/api/purchases/${purchase.document}/uses`,
      body: { transferId: transferId(), requestId: paid.requestId },
    },
  };
};
