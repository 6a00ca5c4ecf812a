/** One good message for every route of the five societies: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';
import { aCard, aResource, ofRole } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares cards and a gift, and writes a message for each route by its operation. */
export const linkageMessages = async (town: Town): Promise<Record<string, Written>> => {
  const coordinator = await town.aCoordinator();
  const worker = await ofRole(town, 'social_worker');
  const society = await ofRole(town, 'organisation');
  const donor = await ofRole(town, 'donor', '341302');
  const elder = await town.anElder();
  const [reported, opened, assessed, toClose] = [
    await aCard(town, 'reported'),
    await aCard(town, 'opened'),
    await aCard(town, 'assessed'),
    await aCard(town, 'opened'),
  ];
  const resourceId = await aResource(town);
  const commandId = () => town.ids.command();
  return {
    reportNeed: {
      who: coordinator,
      path: '/api/linkages',
      body: { caseId: commandId(), elderId: elder.memberId, source: 'visit', need: '买菜不方便' },
    },
    listLinkages: { who: coordinator, path: `/api/linkages?community=${HOME}` },
    readLinkage: { who: coordinator, path: assessed.path },
    openLinkage: {
      who: coordinator,
      path: `${reported.path}/open`,
      body: { commandId: commandId(), tasks: [{ society: 'social_worker', what: '上门评估' }] },
    },
    assessLinkage: {
      who: worker,
      path: `${opened.path}/assessment`,
      body: { commandId: commandId(), finding: '可以自理', serviceCode: 'C01', plannedMinutes: 60 },
    },
    dispatchLinkage: {
      who: society,
      path: `${assessed.path}/dispatch`,
      body: {
        commandId: commandId(),
        requestId: town.ids.request(),
        plannedStartAt: town.soon(180),
        wishes: { languages: [] },
        note: '三楼',
      },
    },
    attachResource: {
      who: coordinator,
      path: `${assessed.path}/resources`,
      body: { commandId: commandId(), resourceId, quantity: 10 },
    },
    closeLinkage: {
      who: coordinator,
      path: `${toClose.path}/close`,
      body: { commandId: commandId(), outcome: '家人已安排' },
    },
    registerResource: {
      who: donor,
      path: '/api/resources',
      body: {
        resourceId: commandId(),
        region: '341302001',
        kind: 'coupons',
        name: '餐券',
        donor: '和平里饭店',
        quantity: 200,
        unit: '张',
        useLimit: '本街道老人食堂',
        from: '2026-11-01',
        until: '2027-03-31',
      },
    },
    listResources: { who: donor, path: '/api/resources?region=341302001' },
    readNumbers: { who: coordinator, path: `/api/numbers?region=${HOME}` },
  };
};
