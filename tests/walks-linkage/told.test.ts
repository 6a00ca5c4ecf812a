import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '@time-bank/contracts/member';
import { type FaultyTown, inboxOf, rungFor, startFaultyTown } from '../walks-faults/steps.ts';
import { FAR_AWAY, HOME } from '../town.ts';
import { aCard, ofRole } from './steps.ts';

let at: FaultyTown;
beforeAll(async () => {
  at = await startFaultyTown();
}, 60_000);
afterAll(() => at.town.stop());
beforeEach(() => {
  at.ways.gone.length = 0;
});

const commandId = () => at.town.ids.command();

/** How often somebody was told that a card has something for them. */
const toldOf = async (who: Member): Promise<number> => {
  await at.deliver();
  return (await inboxOf(at.town, who)).filter(({ kind }) => kind === 'linkage_task').length;
};

describe('a society that is given a task on a card', () => {
  it('is told of it: the social workers, the organisations and the donors of the place', async () => {
    const { town } = at;
    const [worker, society, donor] = [
      await ofRole(town, 'social_worker'),
      await ofRole(town, 'organisation'),
      await ofRole(town, 'donor'),
    ];
    const away = await ofRole(town, 'social_worker', FAR_AWAY);
    await aCard(town, 'opened');
    for (const who of [worker, society, donor]) {
      expect(await toldOf(who)).toBe(1);
      expect(rungFor(at, who)).toEqual(['linkage_task']);
    }
    expect(await toldOf(away)).toBe(0);
  });

  it('is told once, however often the same is sent', async () => {
    const { town } = at;
    const worker = await ofRole(town, 'social_worker');
    const card = await aCard(town, 'reported');
    const body = { commandId: commandId(), tasks: [{ society: 'social_worker', what: '上门评估' }] };
    for (const hit of [null, 'true']) {
      const answer = await town.ask(card.coordinator, 'POST', `${card.path}/open`, body);
      expect([answer.status, answer.headers.get('Idempotency-Hit')]).toEqual([201, hit]);
    }
    expect(await toldOf(worker)).toBe(1);
  });

  it('is not told of the task of another', async () => {
    const { town } = at;
    const [worker, society] = [await ofRole(town, 'social_worker'), await ofRole(town, 'organisation')];
    const card = await aCard(town, 'reported');
    const body = { commandId: commandId(), tasks: [{ society: 'organisation', what: '安排志愿者' }] };
    await town.ask(card.coordinator, 'POST', `${card.path}/open`, body);
    expect([await toldOf(worker), await toldOf(society)]).toEqual([0, 1]);
  });

  it('is not told any more where the card has ended meanwhile', async () => {
    const { town } = at;
    const worker = await ofRole(town, 'social_worker');
    const card = await aCard(town, 'opened');
    const close = { commandId: commandId(), outcome: '搬去女儿家' };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/close`, close)).status).toBe(201);
    expect(await toldOf(worker)).toBe(0);
  });

  it('hears of nothing where the card was not taken on', async () => {
    const { town } = at;
    const worker = await ofRole(town, 'social_worker');
    const card = await aCard(town, 'reported');
    const { journal } = town.deps.ports;
    const { commit } = journal;
    journal.commit = () => Promise.reject(new Error('killed'));
    const body = { commandId: commandId(), tasks: [{ society: 'social_worker', what: '上门评估' }] };
    const open = () => town.ask(card.coordinator, 'POST', `${card.path}/open`, body);
    expect((await open()).status).toBe(500);
    journal.commit = commit;
    expect(await toldOf(worker)).toBe(0);
    expect((await open()).status).toBe(201);
    expect(await toldOf(worker)).toBe(1);
  });
});

describe('a task for a society of which there is nobody', () => {
  it('comes to the desk of the community, so that it does not lie', async () => {
    const { town } = at;
    const elder = await town.anElder({ communityCode: FAR_AWAY });
    const desk = await ofRole(town, 'coordinator', FAR_AWAY);
    const card = { caseId: commandId(), elderId: elder.memberId, source: 'counter', need: '灯坏了' };
    expect((await town.ask(desk, 'POST', '/api/linkages', card)).status).toBe(201);
    const open = { commandId: commandId(), tasks: [{ society: 'charity', what: '送一盏灯' }] };
    const opened = await town.ask(desk, 'POST', `/api/linkages/${card.caseId}/open`, open);
    expect(opened.status).toBe(201);
    expect(await toldOf(desk)).toBe(1);
  });

  it('is no word where it is the visit: volunteers are asked once it was asked for', async () => {
    const { town } = at;
    const volunteer = await town.aVolunteer();
    const card = await aCard(town, 'reported');
    const body = { commandId: commandId(), tasks: [{ society: 'volunteer', what: '陪伴' }] };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/open`, body)).status).toBe(201);
    expect([await toldOf(volunteer), await toldOf(card.coordinator)]).toEqual([0, 0]);
  });
});

describe('what the community gives itself to do', () => {
  it('is told to its desk where the sub-district has taken the card on', async () => {
    const { town } = at;
    const card = await aCard(town, 'reported');
    const above = await ofRole(town, 'township', HOME.slice(0, 9));
    const body = { commandId: commandId(), tasks: [{ society: 'community', what: '打电话问候' }] };
    expect((await town.ask(above, 'POST', `${card.path}/open`, body)).status).toBe(201);
    expect(await toldOf(card.coordinator)).toBe(1);
  });
});
