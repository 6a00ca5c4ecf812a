/** A visit that is broken off because somebody is in danger. */
import { Receipt } from '@time-bank/contracts/request';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { aBinding, aDaughter } from '../walks-helping/steps.ts';
import { aCall, act, seen, toldSince } from './steps.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.stop());

const callsFor = async ({ memberId }: { memberId: string }) => {
  const { items } = await town.ports.caseBook.listOpen('emergency', HOME.slice(0, 6), { limit: 50 });
  return items.filter(({ elderId }) => elderId === memberId);
};

const breakOff = (more: Record<string, unknown> = {}) => ({
  commandId: town.ids.command(),
  reason: 'danger',
  note: '老人摔倒，站不起来',
  ...more,
});

describe('a visit that is broken off for danger', () => {
  it('calls for help in the name of whoever was there, and the desk hears of it in the same moment', async () => {
    const { volunteer, coordinator, elder, path, requestId } = await aVisit(town, 'begun');
    const answer = await town.ask(volunteer, 'POST', `${path}/abort`, breakOff());
    expect(Receipt.parse(answer.body)).toMatchObject({ state: 'aborted' });
    const [call, ...others] = await callsFor(elder);
    expect(others).toEqual([]);
    expect(await seen(town, coordinator, `/api/emergencies/${String(call?.caseId)}`)).toMatchObject({
      state: 'open',
      source: 'visit',
      words: '老人摔倒，站不起来',
      requestId,
      calls: 1,
    });
    expect(await toldSince(town, String(call?.caseId))).toEqual([
      { kind: 'emergency_opened', to: { deskOf: HOME } },
    ]);
    const alarms = await town.ask(coordinator, 'GET', `/api/alarms?community=${HOME}`);
    expect(alarms.body.items).toEqual([expect.objectContaining({ alarm: 'danger', requestId })]);
  });

  it('has the ladder run as for every call: nobody answers, and the family is told', async () => {
    const elder = await town.anElder();
    const daughter = await aDaughter(town);
    await aBinding(town, { elder, helper: daughter });
    const { volunteer, path } = await aVisit(town, 'begun', { elder });
    await town.ask(volunteer, 'POST', `${path}/abort`, breakOff());
    town.pass(0.5);
    await keepEmergencies(town.ports);
    const [call] = await callsFor(elder);
    expect(await toldSince(town, String(call?.caseId))).toContainEqual(
      expect.objectContaining({ kind: 'emergency_escalated', to: { people: [daughter.memberId] } }),
    );
  });

  it('calls once, however often it is sent, also after help has been there and gone', async () => {
    const { volunteer, coordinator, elder, path } = await aVisit(town, 'begun');
    const said = breakOff();
    const first = await town.ask(volunteer, 'POST', `${path}/abort`, said);
    const [call] = await callsFor(elder);
    const again = await town.ask(volunteer, 'POST', `${path}/abort`, said);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const emergency = `/api/emergencies/${String(call?.caseId)}`;
    await act(town, coordinator, emergency, { act: 'answered' });
    await act(town, coordinator, emergency, { act: 'handed_over', to: 'ambulance' });
    await town.ask(volunteer, 'POST', `${path}/abort`, said);
    expect((await callsFor(elder)).map(({ caseId, calls }) => ({ caseId, calls }))).toEqual([
      { caseId: call?.caseId, calls: 1 },
    ]);
  });

  it('is the same call where the elder has pressed the button already', async () => {
    const { volunteer, coordinator, elder, path } = await aVisit(town, 'begun');
    const { path: pressed } = await aCall(town, elder);
    expect((await town.ask(volunteer, 'POST', `${path}/abort`, breakOff())).status).toBe(200);
    expect(await callsFor(elder)).toHaveLength(1);
    expect(await seen(town, coordinator, pressed)).toMatchObject({ calls: 2, source: 'own_button' });
  });

  it('is broken off all the same by who begins anew with other words, after help was called and no more was written', async () => {
    const { volunteer, elder, path } = await aVisit(town, 'begun');
    const { commit } = town.ports.journal;
    const cut = vi
      .spyOn(town.ports.journal, 'commit')
      .mockImplementation((changes) =>
        changes.some(({ change }) => change === 'move_request')
          ? Promise.reject(new Error('cut off'))
          : commit.call(town.ports.journal, changes),
      );
    expect((await town.ask(volunteer, 'POST', `${path}/abort`, breakOff())).status).toBe(500);
    cut.mockRestore();
    expect(await callsFor(elder)).toHaveLength(1);
    const anew = await town.ask(volunteer, 'POST', `${path}/abort`, breakOff({ note: '已打120' }));
    expect(anew.body).toMatchObject({ state: 'aborted' });
    expect((await callsFor(elder)).map(({ calls }) => calls)).toEqual([1]);
  });

  it('calls nobody for any other reason, and nobody for whoever is not there', async () => {
    const { volunteer, elder, path } = await aVisit(town, 'begun');
    const other = await town.aVolunteer();
    expect((await town.ask(other, 'POST', `${path}/abort`, breakOff())).status).toBe(404);
    await town.ask(volunteer, 'POST', `${path}/abort`, breakOff({ reason: 'unwell' }));
    expect(await callsFor(elder)).toEqual([]);
  });
});
