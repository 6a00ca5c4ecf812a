import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, aRequest, startTown } from '../town.ts';
import { ofRole, pathOf, told } from './steps.ts';

let town: Town;
let worker: Member;
beforeAll(async () => {
  town = await startTown();
  worker = await ofRole(town, 'social_worker');
});
afterAll(async () => {
  await town.stop();
});

const aFile = (version: number, change: Record<string, unknown> = {}) => ({
  fileId: town.ids.file(),
  version,
  livingSituation: 'empty_nest',
  languages: ['cmn', 'wanbei'],
  tags: [{ tag: 'minimum_living', from: '2026-01-01', until: '2026-12-31' }],
  wishes: '喜欢听戏',
  doNotPair: [],
  homeNotes: '门铃坏了请敲窗',
  emergencyContacts: [{ name: '赵急', relation: '女儿', phone: '10000009999' }],
  visitTier: 'high',
  ...change,
});
const assessing = (level: number, on: string) => ({
  fileId: town.ids.file(),
  assessment: {
    level,
    standard: 'GB/T 42195-2022',
    score: 60,
    on,
    until: '2027-11-20',
    assessor: '区评估中心',
  },
});

describe('an elder’s file', () => {
  it('is written and read by those who care for them; every reading stands in the audit log', async () => {
    const elder = await town.anElder();
    const path = pathOf(elder, 'file');
    const file = aFile(0);
    expect(await town.ask(worker, 'POST', path, file)).toMatchObject({ status: 201, body: { version: 1 } });
    const { fileId: _id, version: _version, ...said } = file;
    const { body } = await town.ask(worker, 'GET', path);
    expect(body).toMatchObject({ ...said, name: elder.name, version: 1, assessments: [] });
    const read = (await town.ports.auditLog.listAbout(elder.memberId, { limit: 50 })).items.filter(
      ({ action }) => action === 'read_elder_file',
    );
    expect(read).toMatchObject([{ actorId: worker.memberId, outcome: 'done', as: 'social_worker' }]);
    expect((await town.ask(elder, 'GET', path)).body).toEqual(body);
  });

  it('keeps each version that was, with who changed it', async () => {
    const elder = await town.anElder();
    const path = pathOf(elder, 'file');
    await town.ask(worker, 'POST', path, aFile(0));
    await town.ask(worker, 'POST', path, aFile(1, { wishes: '喜欢下棋', visitTier: 'key' }));
    const former = await town.ports.personFiles.listNow('former', elder.memberId);
    expect(former.map(({ over, by, was }) => [over, by, was.elderFile?.wishes])).toEqual([
      [0, worker.memberId, undefined],
      [1, worker.memberId, '喜欢听戏'],
    ]);
    expect(told(await town.ask(worker, 'POST', path, aFile(1)))).toEqual([409, 'changed_meanwhile']);
  });

  it('takes an assessment as it was done; the newest one gives the ability level', async () => {
    const elder = await town.anElder();
    const path = pathOf(elder, 'assessments');
    expect((await town.ask(worker, 'POST', path, assessing(3, '2026-11-10'))).status).toBe(201);
    expect((await town.ask(worker, 'POST', path, assessing(1, '2025-11-10'))).status).toBe(201);
    const { body } = await town.ask(worker, 'GET', pathOf(elder, 'file'));
    expect(body.abilityLevel).toBe(3);
    expect((body.assessments as { on: string }[]).map(({ on }) => on)).toEqual(['2025-11-10', '2026-11-10']);
    expect(told(await town.ask(worker, 'POST', path, assessing(2, '2026-11-22')))).toEqual([
      400,
      'invalid_fields',
    ]);
    const withMore = assessing(2, '2026-11-20');
    const diagnosis = { ...withMore, assessment: { ...withMore.assessment, diagnosis: 'F00' } };
    expect(told(await town.ask(worker, 'POST', path, diagnosis))).toEqual([400, 'invalid_fields']);
  });

  it('keeps an assessment once whose sender was cut off, also where somebody wrote after it', async () => {
    const elder = await town.anElder();
    const path = pathOf(elder, 'assessments');
    const first = assessing(3, '2026-11-10');
    const { personFiles } = town.deps.ports;
    const { move } = personFiles;
    personFiles.move = () => Promise.reject(new Error('killed'));
    expect((await town.ask(worker, 'POST', path, first)).status).toBe(500);
    personFiles.move = move;
    expect((await town.ask(worker, 'POST', path, assessing(2, '2026-11-12'))).status).toBe(201);
    const again = await town.ask(worker, 'POST', path, first);
    expect(again).toMatchObject({ status: 201, body: { version: 1 } });
    const { body } = await town.ask(worker, 'GET', pathOf(elder, 'file'));
    expect((body.assessments as { on: string }[]).map(({ on }) => on)).toEqual(['2026-11-10', '2026-11-12']);
  });

  it('shows an auditor what was decided and not about whom', async () => {
    const elder = await town.anElder({ name: '郑秘密', address: '秘密路1号' });
    await town.ask(worker, 'POST', pathOf(elder, 'file'), aFile(0));
    const auditor = await ofRole(town, 'auditor', '341302');
    const { status, body } = await town.ask(auditor, 'GET', pathOf(elder, 'file'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ surname: '郑', visitTier: 'high', tags: [{ tag: 'minimum_living' }] });
    expect(JSON.stringify(body)).not.toMatch(/秘密|听戏|敲窗|赵急|10000009999|\+86/);
    const update = aFile(1);
    expect(told(await town.ask(auditor, 'POST', pathOf(elder, 'file'), update))).toEqual([
      403,
      'not_allowed',
    ]);
  });

  it('is closed to neighbours, volunteers, counters and other places', async () => {
    const elder = await town.anElder();
    const path = pathOf(elder, 'file');
    const neighbour = await town.anElder();
    expect(told(await town.ask(neighbour, 'GET', path))).toEqual([404, 'unknown_member']);
    expect(told(await town.ask(await town.aVolunteer(), 'GET', path))).toEqual([404, 'unknown_member']);
    expect(told(await town.ask(await ofRole(town, 'counter'), 'GET', path))).toEqual([404, 'unknown_member']);
    const far = await ofRole(town, 'social_worker', FAR_AWAY);
    expect(told(await town.ask(far, 'GET', path))).toEqual([404, 'unknown_member']);
    expect(told(await town.ask(far, 'POST', path, aFile(0)))).toEqual([404, 'unknown_member']);
    expect(told(await town.ask(elder, 'POST', path, aFile(0)))).toEqual([403, 'not_allowed']);
  });

  it('tells the volunteer what the elder likes and how to get in, from acceptance until it is over', async () => {
    const elder = await town.anElder();
    await town.ask(worker, 'POST', pathOf(elder, 'file'), aFile(0));
    const coordinator = await town.aCoordinator();
    const volunteer = await town.aVolunteer();
    const request = aRequest(town, elder);
    const path = `/api/requests/${request.requestId}`;
    await town.ask(coordinator, 'POST', '/api/requests', request);
    const seen = async (who: Member) => {
      const { body } = await town.ask(who, 'GET', path);
      return [body.elderWishes as unknown, body.homeNotes as unknown];
    };
    expect(await seen(volunteer)).toEqual([undefined, undefined]);
    await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    expect(await seen(volunteer)).toEqual(['喜欢听戏', '门铃坏了请敲窗']);
    await town.ask(coordinator, 'POST', `${path}/cancel`, { commandId: town.ids.command(), reason: '住院' });
    expect(await seen(volunteer)).toEqual([undefined, undefined]);
  });

  it('decides about grants: a tag counts from its first day to its last', async () => {
    const elder = await town.anElder({ birthDate: '1955-01-01', livingSituation: 'alone', abilityLevel: 2 });
    const county = await town.aCoordinator('341302');
    const granted = async () => {
      const round = { roundId: town.ids.command(), region: '341302001', month: '2026-11' };
      await town.ask(county, 'POST', '/api/grants', round);
      const { body } = await town.ask(county, 'GET', `/api/grants/${round.roundId}`);
      return (body.lines as Pick<Member, 'memberId'>[]).map(({ memberId }) => memberId);
    };
    const tagged = (version: number, until: string) =>
      aFile(version, { livingSituation: 'alone', tags: [{ tag: 'low_income', from: '2026-01-01', until }] });
    expect(await granted()).not.toContain(elder.memberId);
    await town.ask(worker, 'POST', pathOf(elder, 'file'), tagged(0, '2026-11-21'));
    expect(await granted()).toContain(elder.memberId);
    await town.ask(worker, 'POST', pathOf(elder, 'file'), tagged(1, '2026-11-20'));
    expect(await granted()).not.toContain(elder.memberId);
  });
});
