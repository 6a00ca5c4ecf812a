import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { booksIn } from '../walks/steps.ts';
import { DAY, HOUR, aDayVisit, aHotline, balanceOf, kept, theScheduleRuns } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const confirmations = async (kind: 'waiting' | 'call_back', who = town.aCoordinator()) => {
  const answer = await town.ask(await who, 'GET', `/api/confirmations?community=${HOME}&kind=${kind}`);
  expect(answer.status).toBe(200);
  return answer.body.items as {
    request: { requestId: string };
    told: number;
    isForgotten: boolean;
    reasons: string[];
  }[];
};
const rowOf = async (requestId: string, kind: 'waiting' | 'call_back') =>
  (await confirmations(kind)).find(({ request }) => request.requestId === requestId);

describe('nobody says anything', () => {
  it('the elder is reminded after one, two and three days, then a visit that is fully shown counts by itself', async () => {
    const { requestId, volunteer } = await aDayVisit(town, 'ended');
    expect(await rowOf(requestId, 'waiting')).toMatchObject({ told: 0, isForgotten: false });
    town.pass(23 * HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.told).toBeUndefined();
    town.pass(HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request).toMatchObject({ state: 'pending_confirm', told: 1 });
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.told).toBe(1);
    town.pass(DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request).toMatchObject({ state: 'pending_confirm', told: 2 });
    expect(await rowOf(requestId, 'waiting')).toMatchObject({ told: 2, isForgotten: true });
    town.pass(DAY);
    await theScheduleRuns(town);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request).toMatchObject({ state: 'pending_confirm', told: 3 });
    town.pass(2 * HOUR);
    await Promise.all([theScheduleRuns(town), theScheduleRuns(town)]);
    expect((await kept(town, requestId)).request.state).toBe('settled');
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
    expect(
      (await kept(town, requestId)).request.history.filter(({ receipt }) => receipt.state === 'settled'),
    ).toHaveLength(1);
  });

  it('a visit that took much longer than planned is called about, and does not count by itself', async () => {
    const { requestId, volunteer } = await aDayVisit(town, 'ended', { minutes: 200 });
    town.pass(3 * DAY + 2 * HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request).toMatchObject({
      state: 'callback',
      callbackReasons: ['too_long'],
    });
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
    expect(await rowOf(requestId, 'call_back')).toMatchObject({ reasons: ['too_long'], isForgotten: true });
    town.pass(10 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('callback');
    expect(await rowOf(requestId, 'call_back')).toBeDefined();
  });

  it('a visit without any proof is called about', async () => {
    const { requestId } = await aDayVisit(town, 'ended');
    const { request, visit } = await kept(town, requestId);
    await town.ports.journal.commit([
      {
        change: 'move_request',
        fromVersion: request.version,
        request: { ...request, version: request.version + 1 },
      },
      { change: 'move_visit', visit: { ...visit!, proofs: [] } },
    ]);
    town.pass(3 * DAY + 2 * HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request).toMatchObject({
      state: 'callback',
      callbackReasons: ['proof_missing'],
    });
  });
});

describe('the hotline calls', () => {
  const waiting = async () => {
    const visit = await aDayVisit(town, 'ended', { minutes: 200 });
    town.pass(3 * DAY + 2 * HOUR);
    await theScheduleRuns(town);
    return visit;
  };
  const call = async (path: string, outcome: string, commandId = town.ids.command(), who = aHotline(town)) =>
    town.ask(await who, 'POST', `${path}/call-back`, { commandId, outcome });

  it('it took place: the hours are booked', async () => {
    const { path, volunteer } = await waiting();
    expect(await call(path, 'confirmed')).toMatchObject({
      status: 200,
      body: { state: 'settled', creditedMinutes: 90 },
    });
    expect((await balanceOf(town, volunteer)).availableMinutes).toBe(90);
  });

  it('nobody answered: it is tried again, and the same word twice counts once', async () => {
    const { path, requestId } = await waiting();
    const commandId = town.ids.command();
    const hotline = await aHotline(town);
    const first = await call(path, 'no_answer', commandId, Promise.resolve(hotline));
    const again = await call(path, 'no_answer', commandId, Promise.resolve(hotline));
    expect(first).toMatchObject({ status: 200, body: { state: 'callback' } });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(await rowOf(requestId, 'call_back')).toMatchObject({
      told: 1,
      reasons: ['too_long', 'no_answer'],
    });
    const other = await call(path, 'did_not_happen', commandId, Promise.resolve(hotline));
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
  });

  it('it did not take place: a dispute is open, and nothing moves', async () => {
    const { path, volunteer } = await waiting();
    expect(await call(path, 'did_not_happen')).toMatchObject({ status: 200, body: { state: 'disputed' } });
    expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 0, heldMinutes: 0 });
  });

  it('whoever made the visit does not call about it', async () => {
    const volunteer = await town.aVolunteer({
      roles: [
        { role: 'volunteer', region: HOME },
        { role: 'hotline', region: HOME },
      ],
    });
    const { path } = await aDayVisit(town, 'ended', { volunteer, minutes: 200 });
    expect((await call(path, 'confirmed', town.ids.command(), Promise.resolve(volunteer))).status).toBe(404);
  });
});

describe('with the card', () => {
  const withDigits = async (path: string, code: string, who = aHotline(town)) =>
    town.ask(await who, 'POST', `${path}/confirm-by-card`, {
      transferId: town.ids.transfer(),
      shown: { code },
    });

  it('the elder reads the six digits aloud', async () => {
    const { path, elder } = await aDayVisit(town, 'ended');
    expect(await withDigits(path, elder.visitCode!)).toMatchObject({
      status: 200,
      body: { state: 'settled' },
    });
  });

  it('wrong digits count, and after five tries the right ones are not asked for any more', async () => {
    const { path, elder } = await aDayVisit(town, 'ended');
    const wrong = elder.visitCode === '000000' ? '000001' : '000000';
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await withDigits(path, wrong)).toMatchObject({
        status: 422,
        body: { error: { code: 'visit_code_incorrect', triesLeft } },
      });
    }
    expect((await withDigits(path, elder.visitCode!)).body.error.code).toBe('visit_code_locked');
  });

  it("the card and PIN at a counter confirm; another elder's do not", async () => {
    const coordinator = await town.aCoordinator();
    const cardOf = async (owner: { memberId: string }) => {
      const answer = await town.ask(coordinator, 'POST', '/api/cards', {
        cardId: town.ids.file(),
        memberId: owner.memberId,
        pin: '2468',
        check: 'known_in_person',
      });
      expect(answer.status).toBe(201);
      return { token: answer.body.token as string, pin: '2468' };
    };
    const { path, elder } = await aDayVisit(town, 'ended');
    const shown = await cardOf(elder);
    const confirm = (card: object) =>
      town.ask(coordinator, 'POST', `${path}/confirm-by-card`, {
        transferId: town.ids.transfer(),
        shown: card,
      });
    expect((await confirm(await cardOf(await town.anElder()))).body.error.code).toBe('card_not_accepted');
    expect((await confirm({ ...shown, pin: '1357' })).body.error).toMatchObject({
      code: 'card_not_accepted',
      triesLeft: 4,
    });
    expect(await confirm(shown)).toMatchObject({ status: 200, body: { state: 'settled' } });
  });
});

describe('a link for somebody without a sign-in', () => {
  const aLink = async () => {
    const visit = await aDayVisit(town, 'ended');
    const linkId = town.ids.command();
    const answer = await town.ask(visit.elder, 'POST', `${visit.path}/confirm-link`, { linkId });
    expect(answer.status).toBe(201);
    return { ...visit, token: answer.body.token as string };
  };
  const look = (token: string) => town.ask(undefined, 'POST', '/api/confirm-links/look', { token });
  const use = (token: string) => town.ask(undefined, 'POST', '/api/confirm-links/confirm', { token });

  it('shows two family names, and no telephone, address or id', async () => {
    const { token, elder, volunteer, requestId } = await aLink();
    const answer = await look(token);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        servedMinutes: 60,
        receiver: { surname: '王', gender: 'female' },
        volunteer: { surname: '王' },
      },
    });
    const shown = JSON.stringify(answer.body);
    for (const secret of [
      elder.memberId,
      volunteer.memberId,
      requestId,
      elder.address,
      elder.phone!,
      elder.name,
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('confirms once; the same link again answers the same and moves nothing', async () => {
    const { token, volunteer } = await aLink();
    const first = await use(token);
    expect(first).toMatchObject({ status: 200, body: { state: 'settled' } });
    const before = await booksIn(town);
    expect((await use(token)).body).toEqual(first.body);
    expect(await booksIn(town)).toEqual(before);
    expect((await balanceOf(town, volunteer)).availableMinutes).toBe(60);
    expect((await look(token)).body.error.code).toBe('link_not_accepted');
  });

  it('is no good after three days, with another letter in it, or for a visit that was confirmed otherwise', async () => {
    const { token, elder, path } = await aLink();
    const forged = `${token.slice(0, 30)}${token[30] === '0' ? '1' : '0'}${token.slice(31)}`;
    expect((await use(forged)).body.error.code).toBe('link_not_accepted');
    const late = await aLink();
    await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    expect((await use(token)).body.error.code).toBe('link_not_accepted');
    town.pass(3 * DAY);
    expect((await use(late.token)).body.error.code).toBe('link_not_accepted');
  });

  it('is not made by whoever made the visit', async () => {
    const { volunteer, path } = await aDayVisit(town, 'ended');
    const answer = await town.ask(volunteer, 'POST', `${path}/confirm-link`, { linkId: town.ids.command() });
    expect(answer.status).toBe(404);
  });
});
