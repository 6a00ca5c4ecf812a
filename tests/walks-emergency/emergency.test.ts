import { EmergencyList, EmergencyView, HelpState } from '@time-bank/contracts/emergency';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { aBinding, aDaughter } from '../walks-helping/steps.ts';
import { act, aCall, ofRole, seen, toldSince } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

const help = async (elder: Parameters<Town['ask']>[0]) =>
  HelpState.parse((await town.ask(elder, 'GET', '/api/help')).body);

describe('an elder presses the big button', () => {
  it('without a single hour on the account: the desk is told in the same moment, and the elder sees who answers', async () => {
    const { elder, path, caseId } = await aCall(town);
    expect(await toldSince(town, caseId)).toEqual([{ kind: 'emergency_opened', to: { deskOf: HOME } }]);
    expect((await help(elder)).call).toMatchObject({ caseId, state: 'open' });
    const hotline = await ofRole(town, 'hotline');
    expect((await act(town, hotline, path, { act: 'answered' })).body).toMatchObject({ state: 'answered' });
    const { call } = await help(elder);
    expect(call).toMatchObject({ state: 'answered', answeredBy: { surname: hotline.name.slice(0, 1) } });
  });

  it('twice within a minute: it is the same call, and it counts two', async () => {
    const { elder, path } = await aCall(town);
    town.pass(0.5);
    const again = await town.ask(elder, 'POST', '/api/emergencies', { commandId: town.ids.command() });
    expect(again.body).toMatchObject({ caseId: path.split('/').at(-1), isJoined: true });
    expect(await seen(town, await town.aCoordinator(), path)).toMatchObject({ calls: 2, state: 'open' });
  });

  it('on two telephones in the same millisecond: still one call', async () => {
    const elder = await town.anElder();
    const press = () => town.ask(elder, 'POST', '/api/emergencies', { commandId: town.ids.command() });
    const answers = await Promise.all([press(), press(), press(), press()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.caseId as string)).size).toBe(1);
    const [first] = answers;
    const coordinator = await town.aCoordinator();
    expect(await seen(town, coordinator, `/api/emergencies/${first.body.caseId as string}`)).toMatchObject({
      calls: 4,
    });
  });

  it('and the answer is lost on the way: the same press sent again is answered the same', async () => {
    const elder = await town.anElder();
    const body = { commandId: town.ids.command(), words: '摔倒了' };
    const first = await town.ask(elder, 'POST', '/api/emergencies', body);
    const again = await town.ask(elder, 'POST', '/api/emergencies', body);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await town.ask(elder, 'POST', '/api/emergencies', { ...body, words: '火' });
    expect(other.body.error.code).toBe('exists_with_different_content');
  });

  it('after she was handed over: that is a call of its own', async () => {
    const { elder, path, caseId } = await aCall(town);
    const coordinator = await town.aCoordinator();
    await act(town, coordinator, path, { act: 'answered' });
    await act(town, coordinator, path, { act: 'handed_over', to: 'ambulance' });
    expect((await aCall(town, elder)).caseId).not.toBe(caseId);
  });

  it('by mistake: nobody further is told, the desk looks at it all the same, and a real call after it is a new one', async () => {
    const { elder, path, caseId } = await aCall(town);
    const answer = await town.ask(elder, 'POST', `${path}/mistake`, { commandId: town.ids.command() });
    expect(answer.body).toMatchObject({ state: 'mistaken' });
    town.pass(60);
    await keepEmergencies(town.ports);
    expect(await toldSince(town, caseId)).toHaveLength(1);
    const coordinator = await town.aCoordinator();
    const list = EmergencyList.parse(
      (await town.ask(coordinator, 'GET', `/api/emergencies?community=${HOME}`)).body,
    );
    expect(list.items.find((call) => call.caseId === caseId)).toMatchObject({ state: 'mistaken' });
    expect((await act(town, coordinator, path, { act: 'closed' })).body.error.code).toBe('wrong_step');
    expect((await act(town, coordinator, path, { act: 'reviewed', words: '误触，已回电' })).status).toBe(201);
    expect((await act(town, coordinator, path, { act: 'closed' })).status).toBe(201);
    expect((await aCall(town, elder)).caseId).not.toBe(caseId);
  });
});

describe('what is done about a call', () => {
  it('stands on record step by step, with how long it took until somebody answered and was there', async () => {
    const { path, elder } = await aCall(town, undefined, '胸口疼');
    const coordinator = await town.aCoordinator();
    town.pass(0.5);
    await act(town, coordinator, path, { act: 'answered', words: '已通话' });
    town.pass(2);
    await act(town, coordinator, path, { act: 'dispatched', words: '李书记上门' });
    town.pass(10);
    await act(town, coordinator, path, { act: 'on_site' });
    town.pass(5);
    await act(town, coordinator, path, { act: 'handed_over', to: 'ambulance', words: '120已到' });
    await act(town, coordinator, path, { act: 'reviewed', words: '送县医院，家属陪同' });
    await act(town, coordinator, path, { act: 'closed' });
    const view = EmergencyView.parse(await seen(town, coordinator, path));
    expect(view).toMatchObject({
      state: 'closed',
      words: '胸口疼',
      answerSeconds: 30,
      onSiteMinutes: 12,
      elder: { name: elder.name, phone: elder.phone },
      address: elder.address,
    });
    expect(view.steps.map(({ step, to, words }) => [step, to, words])).toEqual([
      ['opened', undefined, '胸口疼'],
      ['answered', undefined, '已通话'],
      ['dispatched', undefined, '李书记上门'],
      ['on_site', undefined, undefined],
      ['handed_over', 'ambulance', '120已到'],
      ['reviewed', undefined, '送县医院，家属陪同'],
      ['closed', undefined, undefined],
    ]);
    expect((await act(town, coordinator, path, { act: 'answered' })).body.error.code).toBe('case_closed');
  });

  it('jumps over nothing that matters: nobody closes what nobody has answered', async () => {
    const { path } = await aCall(town);
    const coordinator = await town.aCoordinator();
    for (const said of [
      { act: 'on_site' },
      { act: 'handed_over', to: 'family' },
      { act: 'reviewed', words: '好' },
      { act: 'closed' },
    ]) {
      expect((await act(town, coordinator, path, said)).body.error.code, said.act).toBe('wrong_step');
    }
    for (const said of [{ act: 'reviewed' }, { act: 'handed_over' }, { act: 'answered', to: 'family' }]) {
      expect((await act(town, coordinator, path, said)).body.error.code, said.act).toBe('invalid_fields');
    }
  });

  it('two at the desk answer at once: both stand there, and the time is that of the first', async () => {
    const { path } = await aCall(town);
    const [one, other] = [await town.aCoordinator(), await ofRole(town, 'hotline')];
    const answers = await Promise.all([
      act(town, one, path, { act: 'answered' }),
      act(town, other, path, { act: 'answered' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('the ladder', () => {
  it('goes up by the clock: desk, family, township, county, each told once', async () => {
    const elder = await town.anElder();
    const daughter = await aDaughter(town);
    const township = await ofRole(town, 'township', HOME.slice(0, 9));
    const county = await ofRole(town, 'county', HOME.slice(0, 6));
    await aBinding(town, { elder, helper: daughter });
    const { path, caseId } = await aCall(town, elder);
    const coordinator = await town.aCoordinator();
    const rungs = async () => (await toldSince(town, caseId)).map(({ kind, to }) => ({ kind, to }));
    for (const people of [[daughter.memberId], [township.memberId], [county.memberId]]) {
      town.pass(0.5);
      await Promise.all([keepEmergencies(town.ports), keepEmergencies(town.ports)]);
      await keepEmergencies(town.ports);
      const last = (await rungs()).find(
        ({ to }) => 'people' in to && to.people.some((id) => people.includes(id)),
      );
      expect(last).toMatchObject({ kind: 'emergency_escalated' });
    }
    town.pass(29);
    await keepEmergencies(town.ports);
    expect(await rungs()).toHaveLength(4);
    const view = await seen(town, coordinator, path);
    expect(view).toMatchObject({ rung: 'county', state: 'open' });
    expect(view).not.toHaveProperty('nextRungAt');
    await act(town, coordinator, path, { act: 'answered' });
    await act(town, coordinator, path, { act: 'handed_over', to: 'family' });
    const over = (await toldSince(town, caseId)).find(({ kind }) => kind === 'emergency_over');
    expect(over?.to).toMatchObject({ people: expect.arrayContaining([daughter.memberId]) as unknown });
  });

  it('shows its true rung to whoever looks, also where no schedule has run, and their look tells who is due', async () => {
    const { path, caseId } = await aCall(town);
    town.pass(1);
    const view = await seen(town, await town.aCoordinator(), path);
    expect(view).toMatchObject({ rung: 'township', secondsOpen: 60 });
    expect(view.steps.filter(({ step }) => step === 'told').map(({ rung }) => rung)).toEqual([
      'family',
      'township',
    ]);
    const kinds = (await toldSince(town, caseId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'emergency_escalated').length).toBeGreaterThan(0);
  });

  it('stops where somebody answers, and goes on where nobody is there in time', async () => {
    const { path, caseId } = await aCall(town);
    const coordinator = await town.aCoordinator();
    await act(town, coordinator, path, { act: 'answered' });
    town.pass(29);
    await keepEmergencies(town.ports);
    expect(await toldSince(town, caseId)).toHaveLength(1);
    town.pass(1);
    await keepEmergencies(town.ports);
    expect(await seen(town, coordinator, path)).toMatchObject({ rung: 'township' });
    await act(town, coordinator, path, { act: 'on_site' });
    town.pass(120);
    await keepEmergencies(town.ports);
    expect(await seen(town, coordinator, path)).toMatchObject({ rung: 'township', onSiteMinutes: 30 });
  });
});

describe('who may call, and for whom', () => {
  it('a helper for their elder, the hotline for a caller, a volunteer on a visit; nobody for a stranger', async () => {
    const elder = await town.anElder();
    const daughter = await aDaughter(town);
    await aBinding(town, { elder, helper: daughter });
    const call = (who: Awaited<ReturnType<Town['anElder']>>, more: object = {}) =>
      town.ask(who, 'POST', '/api/emergencies', {
        commandId: town.ids.command(),
        elderId: elder.memberId,
        ...more,
      });
    expect((await call(daughter)).status).toBe(201);
    const path = `/api/emergencies/${(await call(await ofRole(town, 'hotline'), { words: '邻居来电' })).body.caseId as string}`;
    expect(await seen(town, await town.aCoordinator(), path)).toMatchObject({ source: 'helper', calls: 2 });
    expect((await call(await town.anElder())).body.error.code).toBe('unknown_member');
    const farAway = await ofRole(town, 'hotline', FAR_AWAY);
    expect((await call(farAway)).body.error.code).toBe('unknown_member');
    const visit = await aVisit(town, 'begun');
    const seenBy = await town.ask(visit.volunteer, 'POST', '/api/emergencies', {
      commandId: town.ids.command(),
      elderId: visit.elder.memberId,
      requestId: visit.body.requestId,
      words: '老人倒地',
    });
    expect(seenBy.status).toBe(201);
    const opened = await seen(town, visit.coordinator, `/api/emergencies/${seenBy.body.caseId as string}`);
    expect(opened).toMatchObject({ source: 'visit', requestId: visit.body.requestId });
  });

  it('staff of another community see nothing of it', async () => {
    const { path } = await aCall(town);
    const neighbour = await town.aCoordinator(NEXT_DOOR);
    expect((await town.ask(neighbour, 'GET', path)).body.error.code).toBe('unknown_case');
    expect((await act(town, neighbour, path, { act: 'answered' })).body.error.code).toBe('unknown_case');
    const list = await town.ask(neighbour, 'GET', `/api/emergencies?community=${NEXT_DOOR}`);
    expect(EmergencyList.parse(list.body).items).toEqual([]);
  });
});
