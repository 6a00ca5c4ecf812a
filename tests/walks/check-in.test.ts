import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NOW, type Town, startTown } from '../town.ts';
import { aVisit, everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
// In daylight: at night two people go.
beforeEach(() => {
  town.setClock(NOW);
});
afterAll(async () => {
  await town.stop();
});

const checkIn = (who: Member, path: string, code: unknown, commandId = town.ids.command()) =>
  town.ask(who, 'POST', `${path}/check-in`, { commandId, code });

/** A visit whose time has come; `wrong(n)` is a code that is not on the card, another for each `n`. */
const atTheDoor = async () => {
  const visit = await aVisit(town, 'accepted');
  town.setClock(visit.body.plannedStartAt);
  const wrong = (n: number) => String((Number(visit.elder.visitCode) + 1 + n) % 1_000_000).padStart(6, '0');
  return { ...visit, code: String(visit.elder.visitCode), wrong };
};

it('with the code on the card the visit begins', async () => {
  const { volunteer, elder, path, code, requestId, visitId } = await atTheDoor();
  expect(await checkIn(volunteer, path, code)).toMatchObject({
    status: 200,
    body: { requestId, visitId, state: 'in_service', at: town.now() },
  });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({
    state: 'in_service',
    visit: { checkedInAt: town.now() },
  });
});

describe('when', () => {
  it.each([
    ['31 minutes before the start', -31, 'too_early_to_check_in'],
    ['30 minutes before the start', -30, undefined],
    ['two hours after it', 120, undefined],
    ['two hours and a minute after it', 121, 'too_late_to_check_in'],
  ])('%s', async (_, minutes, refusal) => {
    const { volunteer, path, code, body } = await atTheDoor();
    town.setClock(body.plannedStartAt);
    town.pass(minutes);
    const before = await everythingIn(town);
    const answer = await checkIn(volunteer, path, code);
    expect(answer.body.error?.code).toBe(refusal);
    if (refusal !== undefined) expect(await everythingIn(town)).toEqual(before);
  });

  it('a wrong code before the time is not held against the volunteer', async () => {
    const { volunteer, path, wrong, body } = await atTheDoor();
    town.setClock(body.plannedStartAt);
    town.pass(-60);
    expect((await checkIn(volunteer, path, wrong(0))).body.error.code).toBe('too_early_to_check_in');
    town.pass(60);
    expect((await checkIn(volunteer, path, wrong(0))).body.error.triesLeft).toBe(4);
  });
});

describe('a wrong code', () => {
  it('says how many tries are left; after five the right one does not help any more', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await checkIn(volunteer, path, wrong(triesLeft))).toMatchObject({
        status: 422,
        body: { error: { code: 'visit_code_incorrect', triesLeft } },
      });
    }
    const before = await everythingIn(town);
    for (const last of [code, wrong(9)]) {
      expect(await checkIn(volunteer, path, last)).toMatchObject({
        status: 409,
        body: { error: { code: 'visit_code_locked' } },
      });
    }
    expect(await everythingIn(town)).toEqual(before);
  });

  it('four times does no harm', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    for (const n of [0, 1, 2, 3]) await checkIn(volunteer, path, wrong(n));
    expect((await checkIn(volunteer, path, code)).status).toBe(200);
  });

  it('counts once when the very same message comes again, also the fifth', async () => {
    const { volunteer, path, wrong } = await atTheDoor();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const commandId = town.ids.command();
      for (let sent = 0; sent < 3; sent += 1) {
        const { body } = await checkIn(volunteer, path, wrong(triesLeft), commandId);
        expect(body.error).toMatchObject({ code: 'visit_code_incorrect', triesLeft });
      }
    }
  });

  it('counts each time when one command id is used for several codes', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    const commandId = town.ids.command();
    const tries = [];
    for (const n of [0, 1, 2, 3, 4]) {
      tries.push((await checkIn(volunteer, path, wrong(n), commandId)).body.error.triesLeft);
    }
    expect(tries).toEqual([4, 3, 2, 1, 0]);
    expect((await checkIn(volunteer, path, code, commandId)).body.error.code).toBe('visit_code_locked');
  });

  it('counts each time when many are tried in the same moment', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        Array.from({ length: 10 }, (_, n) => checkIn(volunteer, path, wrong(round * 10 + n))),
      );
    }
    expect((await checkIn(volunteer, path, code)).body.error.code).toBe('visit_code_locked');
  });

  it('corrected under the same command id begins the visit', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    const commandId = town.ids.command();
    await checkIn(volunteer, path, wrong(0), commandId);
    expect((await checkIn(volunteer, path, code, commandId)).status).toBe(200);
  });

  it("is also the one on another elder's card", async () => {
    const { volunteer, path, elder } = await atTheDoor();
    const other = await town.anElder();
    if (other.visitCode === elder.visitCode) return;
    expect((await checkIn(volunteer, path, other.visitCode)).body.error.code).toBe('visit_code_incorrect');
  });

  it('is kept nowhere, and the right one neither', async () => {
    const { volunteer, path, wrong, requestId, code } = await atTheDoor();
    await checkIn(volunteer, path, wrong(0));
    await checkIn(volunteer, path, code);
    const kept = Object.entries(await everythingIn(town)).filter(([key]) => key.includes(requestId));
    for (const tried of [wrong(0), code]) expect(JSON.stringify(kept)).not.toContain(`"${tried}"`);
  });
});

describe('sent again', () => {
  it('it answers the same, also after the visit has ended', async () => {
    const { volunteer, path, code } = await atTheDoor();
    const commandId = town.ids.command();
    const first = await checkIn(volunteer, path, code, commandId);
    town.pass(45);
    await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
    const again = await checkIn(volunteer, path, code, commandId);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('with another code it is refused', async () => {
    const { volunteer, path, code, wrong } = await atTheDoor();
    const commandId = town.ids.command();
    await checkIn(volunteer, path, code, commandId);
    expect(await checkIn(volunteer, path, wrong(0), commandId)).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
  });

  it('under another id the visit has begun already', async () => {
    const { volunteer, path, code } = await atTheDoor();
    await checkIn(volunteer, path, code);
    expect((await checkIn(volunteer, path, code)).body.error.code).toBe('already_checked_in');
  });
});

it('only the volunteer who took the visit checks in; for all others it does not exist', async () => {
  const { elder, coordinator, path, code } = await atTheDoor();
  const others = [elder, coordinator, await town.aVolunteer(), await town.anElder()];
  const before = await everythingIn(town);
  for (const who of others) {
    expect(await checkIn(who, path, code)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
  }
  expect(await everythingIn(town)).toEqual(before);
});
