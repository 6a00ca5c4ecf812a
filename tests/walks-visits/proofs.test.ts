/** Being there: which code, whose card, whose telephone, and whose clock. */
import { consentVersions } from '@time-bank/contracts/privacy';
import type { Member } from '@time-bank/contracts/member';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';

let town: Town;
// Clocks only go forward: each test has a town of its own.
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await town.stop();
});

const atTheDoor = async (given: Parameters<typeof aVisit>[2] = {}) => {
  const visit = await aVisit(town, 'accepted', given);
  town.setClock(visit.body.plannedStartAt);
  const begin = (body: Record<string, unknown>) =>
    town.ask(visit.volunteer, 'POST', `${visit.path}/check-in`, { commandId: town.ids.command(), ...body });
  const end = (body: Record<string, unknown> = {}) =>
    town.ask(visit.volunteer, 'POST', `${visit.path}/check-out`, { commandId: town.ids.command(), ...body });
  const spoken = (who: Member) => town.ask(who, 'POST', `${visit.path}/spoken-code`, {});
  const kept = async () => (await town.ports.careBook.readRequestNow(visit.requestId))?.visit;
  return { ...visit, begin, end, spoken, kept };
};

const says = (who: Member, purpose: 'location' | 'photo', isGiven = true) =>
  town.ask(who, 'POST', '/api/me/consents', {
    consentId: town.ids.file(),
    purpose,
    version: consentVersions[purpose],
    isGiven,
  });

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a code that the elder reads aloud', () => {
  it('begins the visit once; the next one is another', async () => {
    const { elder, begin, end, spoken, kept } = await atTheDoor();
    const { body: first } = await spoken(elder);
    expect(await begin({ code: first.code })).toMatchObject({ status: 200, body: { state: 'in_service' } });
    town.pass(10);
    expect((await end({ code: first.code })).body.error.code).toBe('visit_code_incorrect');
    const { body: second } = await spoken(elder);
    expect(await end({ code: second.code })).toMatchObject({ status: 200, body: { servedMinutes: 10 } });
    expect((await kept())?.proofs).toMatchObject([
      { kind: 'spoken_code', moment: 'check_in', isGood: true },
      { kind: 'spoken_code', moment: 'check_out', isGood: true },
    ]);
  });

  it('is good for half an hour at most', async () => {
    const { elder, begin, spoken } = await atTheDoor();
    const { body } = await spoken(elder);
    town.pass(31);
    expect((await begin({ code: body.code })).body.error.code).toBe('visit_code_incorrect');
  });

  it('is read out by the hotline, and never to the one who stands at the door', async () => {
    const { coordinator, volunteer, spoken } = await atTheDoor();
    expect((await spoken(coordinator)).status).toBe(200);
    expect((await spoken(volunteer)).body.error.code).toBe('unknown_request');
  });

  it('is made for nobody whose visit is not about to begin', async () => {
    const { elder, path } = await aVisit(town, 'posted');
    const answer = await town.ask(elder, 'POST', `${path}/spoken-code`, {});
    expect(answer.body.error.code).toBe('not_accepted');
  });
});

describe('the wrong house', () => {
  it('the digits of another elder are a wrong code, and count', async () => {
    const { elder, begin } = await atTheDoor();
    expect((await begin({ code: other(String(elder.visitCode)) })).body.error).toMatchObject({
      code: 'visit_code_incorrect',
      triesLeft: 4,
    });
  });

  it('the QR of another elder is told as such, and counts as no try', async () => {
    const { elder, begin } = await atTheDoor();
    const stranger = await town.anElder();
    const token = `${stranger.memberId.slice(4)}${town.ids.file().slice(4)}${'A'.repeat(22)}`;
    expect((await begin({ code: token })).body.error).toMatchObject({ code: 'card_of_another_person' });
    expect((await begin({ code: elder.visitCode })).status).toBe(200);
  });

  it('a telephone far away stops nobody, and speaks against the visit', async () => {
    const { elder, volunteer, begin, kept } = await atTheDoor();
    await says(volunteer, 'location');
    const answer = await begin({ code: elder.visitCode, point: { latitude: 33.9, longitude: 116.97 } });
    expect(answer.status).toBe(200);
    expect((await kept())?.proofs).toMatchObject([
      { kind: 'code', isGood: true },
      { kind: 'gps', isGood: false },
    ]);
  });
});

describe('where somebody is', () => {
  it('is kept to about a kilometre, and only with consent', async () => {
    const { elder, volunteer, begin, requestId, kept } = await atTheDoor();
    await says(volunteer, 'location');
    await begin({ code: elder.visitCode, point: { latitude: 33.641234, longitude: 116.968765 } });
    const facts = await town.ports.careBook.readRequestNow(requestId);
    expect(facts?.request.history.at(-1)?.point).toEqual({ latitude: 33.64, longitude: 116.97 });
    expect((await kept())?.proofs).toMatchObject([{ kind: 'code' }, { kind: 'gps', isGood: true }]);
  });

  it('is dropped where it was taken back, and the code still works', async () => {
    const { elder, volunteer, begin, requestId, kept } = await atTheDoor();
    await says(volunteer, 'location');
    await says(volunteer, 'location', false);
    const answer = await begin({ code: elder.visitCode, point: { latitude: 33.64, longitude: 116.97 } });
    expect(answer.status).toBe(200);
    const facts = await town.ports.careBook.readRequestNow(requestId);
    expect(facts?.request.history.at(-1)?.point).toBeUndefined();
    expect((await kept())?.proofs).toMatchObject([{ kind: 'code' }]);
  });

  it('of a picture what stands for it is kept, where the elder agrees to pictures', async () => {
    const digest = 'ab'.repeat(32);
    const agreed = await atTheDoor();
    await says(agreed.elder, 'photo');
    await agreed.begin({ code: agreed.elder.visitCode, photo: digest });
    expect((await agreed.kept())?.proofs).toMatchObject([{ kind: 'code' }, { kind: 'photo', digest }]);
    const silent = await atTheDoor();
    await silent.begin({ code: silent.elder.visitCode, photo: digest });
    expect((await silent.kept())?.proofs).toHaveLength(1);
  });
});

describe('twice, late, and on two telephones', () => {
  it('the same message again answers the same; a second telephone is told that the visit has begun', async () => {
    const { elder, volunteer, path, begin } = await atTheDoor();
    const message = { commandId: town.ids.command(), code: elder.visitCode };
    const first = await town.ask(volunteer, 'POST', `${path}/check-in`, message);
    const again = await town.ask(volunteer, 'POST', `${path}/check-in`, message);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect((await begin({ code: elder.visitCode })).body.error.code).toBe('already_checked_in');
  });

  it('two telephones in the same moment begin one visit', async () => {
    const { elder, begin } = await atTheDoor();
    const both = await Promise.all([begin({ code: elder.visitCode }), begin({ code: elder.visitCode })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('already_checked_in');
  });

  it('a day late is too late', async () => {
    const { elder, begin } = await atTheDoor();
    town.pass(24 * 60);
    expect((await begin({ code: elder.visitCode })).body.error.code).toBe('too_late_to_check_in');
  });
});

describe('clocks', () => {
  it('a message cannot say when it was: the service’s own clock counts', async () => {
    const { elder, begin, end } = await atTheDoor();
    expect((await begin({ code: elder.visitCode, at: town.soon(-600) })).body.error.code).toBe(
      'invalid_fields',
    );
    await begin({ code: elder.visitCode });
    town.pass(60);
    expect((await end({ servedMinutes: 600 })).body.error.code).toBe('invalid_fields');
    expect((await end()).body).toMatchObject({ servedMinutes: 60 });
  });

  it.each([
    { zone: 'America/New_York', start: '2027-03-14T06:30:00.000Z', offsets: [300, 240] },
    { zone: 'Europe/Berlin', start: '2027-03-28T00:30:00.000Z', offsets: [-60, -120] },
    { zone: 'Europe/Berlin', start: '2027-10-31T00:30:00.000Z', offsets: [-120, -60] },
    { zone: 'Asia/Kolkata', start: '2027-03-28T00:30:00.000Z', offsets: [-330, -330] },
    { zone: 'Asia/Shanghai', start: '2027-03-28T00:30:00.000Z', offsets: [-480, -480] },
    { zone: 'UTC', start: '2027-03-28T00:30:00.000Z', offsets: [0, 0] },
  ])('on a machine in $zone an hour from $start is an hour', async ({ zone, start, offsets }) => {
    vi.stubEnv('TZ', zone);
    // The hour over which that country changes its clocks, where it does.
    const end60 = new Date(Date.parse(start) + 60 * 60_000);
    expect([new Date(start), end60].map((moment) => moment.getTimezoneOffset())).toEqual(offsets);
    town.setClock(new Date(Date.parse(start) - 60 * 60_000).toISOString());
    const { elder, begin, end } = await atTheDoor();
    expect((await begin({ code: elder.visitCode })).status).toBe(200);
    town.pass(60);
    expect((await end()).body).toMatchObject({ servedMinutes: 60 });
  });
});
