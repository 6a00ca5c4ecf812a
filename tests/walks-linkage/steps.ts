/** People of every role, cards as far along as a test wants them, and gifts. */
import type { Member } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import { HOME, type Town } from '../town.ts';

/** Somebody who holds a role over a region. */
export const ofRole = (town: Town, role: Role, region: string = HOME): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role, region }] });

const order = ['reported', 'opened', 'assessed', 'dispatched'] as const;

/** Brings a card of an elder as far as `upTo`. */
export const aCard = async (town: Town, upTo: (typeof order)[number], elder?: Member) => {
  const whose = elder ?? (await town.anElder());
  const caseId = town.ids.command();
  const path = `/api/linkages/${caseId}`;
  const requestId = town.ids.request();
  const coordinator = await town.aCoordinator();
  const worker = await ofRole(town, 'social_worker');
  const society = await ofRole(town, 'organisation');
  const commandId = () => town.ids.command();
  const steps = {
    reported: () =>
      town.ask(coordinator, 'POST', '/api/linkages', {
        caseId,
        elderId: whose.memberId,
        source: 'visit',
        need: '腿脚不便，买菜困难',
      }),
    opened: () =>
      town.ask(coordinator, 'POST', `${path}/open`, {
        commandId: commandId(),
        tasks: [
          { society: 'social_worker', what: '上门评估' },
          { society: 'organisation', what: '安排志愿者' },
          { society: 'volunteer', what: '陪伴' },
          { society: 'charity', what: '餐券' },
        ],
      }),
    assessed: () =>
      town.ask(worker, 'POST', `${path}/assessment`, {
        commandId: commandId(),
        finding: '可以自理，行走不稳',
        serviceCode: 'C01',
        plannedMinutes: 60,
      }),
    dispatched: () =>
      town.ask(society, 'POST', `${path}/dispatch`, {
        commandId: commandId(),
        requestId,
        plannedStartAt: town.soon(60),
        wishes: { languages: [] },
      }),
  };
  for (const step of order.slice(0, order.indexOf(upTo) + 1)) {
    const answer = await steps[step]();
    if (answer.status !== 201) throw new Error(`${step}: ${JSON.stringify(answer.body)}`);
  }
  return { caseId, path, requestId, elder: whose, coordinator, worker, society };
};

/** A gift of meal coupons to the sub-district; gives its id. */
export const aResource = async (town: Town, quantity = 100): Promise<string> => {
  const resourceId = town.ids.command();
  const answer = await town.ask(await ofRole(town, 'donor', '341302'), 'POST', '/api/resources', {
    resourceId,
    region: '341302001',
    kind: 'coupons',
    name: '餐券',
    donor: '和平里饭店',
    quantity,
    unit: '张',
    from: '2026-11-01',
    until: '2027-03-31',
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return resourceId;
};
