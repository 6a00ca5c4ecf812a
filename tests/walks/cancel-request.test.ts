import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit, everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const cancel = (who: Member, path: string, commandId = town.ids.command(), reason = '要去医院检查') =>
  town.ask(who, 'POST', `${path}/cancel`, { commandId, reason });

it.each(['posted', 'accepted'] as const)(
  'the elder takes a request back while it is %s, and so may the coordinator',
  async (step) => {
    for (const role of ['elder', 'coordinator'] as const) {
      const visit = await aVisit(town, step);
      const answer = await cancel(visit[role], visit.path);
      expect(answer).toMatchObject({
        status: 200,
        body: { requestId: visit.requestId, state: 'cancelled' },
      });
      expect(answer.body).not.toHaveProperty('releasedMinutes');
    }
  },
);

it.each(['begun', 'ended', 'settled'] as const)(
  'once the visit has %s it cannot be taken back',
  async (step) => {
    const { elder, path } = await aVisit(town, step);
    const before = await everythingIn(town);
    expect(await cancel(elder, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_cancellable' } },
    });
    expect(await everythingIn(town)).toEqual(before);
  },
);

it('hours that were set aside are free again, once', async () => {
  const member = await aSaver(town);
  const body = aRedemption(town);
  await town.ask(member, 'POST', '/api/redemptions', body);
  const path = `/api/requests/${body.requestId}`;
  expect((await cancel(member, path)).body).toMatchObject({ state: 'cancelled', releasedMinutes: 60 });
  expect((await cancel(member, path)).body.error.code).toBe('not_cancellable');
  const account = await town.ask(member, 'GET', '/api/account');
  expect(account.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
  const statement = await town.ask(member, 'GET', '/api/account/entries');
  expect(statement.body.items).toMatchObject([
    {
      kind: 'released',
      reason: 'request_cancelled',
      amountMinutes: 60,
      changeMinutes: 60,
      heldMinutes: -60,
      resolves: `trf_${body.requestId.slice(4)}`,
    },
    { kind: 'held', amountMinutes: 60, changeMinutes: -60, heldMinutes: 60 },
    { kind: 'earned', amountMinutes: 60, changeMinutes: 60, heldMinutes: 0 },
  ]);
});

describe('sent again', () => {
  it('it answers the same', async () => {
    const { elder, path } = await aVisit(town, 'accepted');
    const commandId = town.ids.command();
    const first = await cancel(elder, path, commandId);
    town.pass(5);
    const again = await cancel(elder, path, commandId);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('with another reason it is refused', async () => {
    const { elder, path } = await aVisit(town, 'accepted');
    const commandId = town.ids.command();
    await cancel(elder, path, commandId);
    expect(await cancel(elder, path, commandId, '别的原因')).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
  });

  it('ten times in the same moment the hours come back once', async () => {
    const member = await aSaver(town);
    const body = aRedemption(town);
    await town.ask(member, 'POST', '/api/redemptions', body);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => cancel(member, `/api/requests/${body.requestId}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const account = await town.ask(member, 'GET', '/api/account');
    expect(account.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
  });
});

it('a stranger, another coordinator, and the volunteer who took it cannot cancel: for them it does not exist', async () => {
  const { volunteer, path } = await aVisit(town, 'accepted');
  const before = await everythingIn(town);
  for (const who of [volunteer, await town.anElder(), await town.aVolunteer()]) {
    expect(await cancel(who, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
  }
  const elsewhere = await town.aCoordinator(NEXT_DOOR);
  const after = { ...(await everythingIn(town)) };
  expect((await cancel(elsewhere, path)).status).toBe(404);
  expect(await everythingIn(town)).toEqual(after);
  expect(Object.keys(before).every((key) => key in after)).toBe(true);
});

it('a cancelled visit leaves the volunteer free for another at the same time', async () => {
  const { elder, volunteer, path } = await aVisit(town, 'accepted');
  await cancel(elder, path);
  const other = await aVisit(town, 'posted');
  const answer = await town.ask(volunteer, 'POST', `${other.path}/accept`, { visitId: town.ids.visit() });
  expect(answer.status).toBe(201);
});

it('a cancelled request cannot be taken, begun or confirmed', async () => {
  const { elder, volunteer, path } = await aVisit(town, 'accepted');
  await cancel(elder, path);
  const codes = [
    await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() }),
    await town.ask(volunteer, 'POST', `${path}/check-in`, {
      commandId: town.ids.command(),
      code: elder.visitCode,
    }),
    await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() }),
    await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() }),
  ].map(({ body }) => String(body.error.code));
  expect(codes).toEqual(['request_not_open', 'not_accepted', 'not_in_service', 'not_awaiting_confirmation']);
});

it('taken and taken back in the same moment, it ends as cancelled or as taken, and both hear the truth', async () => {
  const { elder, path } = await aVisit(town, 'posted');
  const volunteer = await town.aVolunteer();
  const [taken, back] = await Promise.all([
    town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() }),
    cancel(elder, path),
  ]);
  const { state } = (await town.ask(elder, 'GET', path)).body;
  expect([taken.status, back.status]).toContain(state === 'cancelled' ? back.status : taken.status);
  expect(state === 'cancelled').toBe(back.status === 200);
});
