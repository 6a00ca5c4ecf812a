import type { Member } from '@time-bank/contracts/member';
import { NextVisits } from '@time-bank/contracts/notices';
import { OwnCopy } from '@time-bank/contracts/privacy';
import { portraitLeafOf } from '@time-bank/desk/portrait-leaf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEXT_DOOR, type Town, aRequest, liveVisit, startTown } from '../town.ts';
import { aBinding, aDaughter, terms } from '../walks-helping/steps.ts';
import { aFacePosted, agreeToPortrait } from './messages.ts';
import { aPicture } from './pictures.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

const agree = async (who: Member, isGiven = true): Promise<void> => {
  town.pass(1);
  await agreeToPortrait(town, who, isGiven);
};
const give = (who: Member, jpeg = aPicture()) => town.ask(who, 'POST', '/api/me/portrait', { jpeg });

/** The picture as a browser gets it, in base64; else the code of the refusal. */
const look = async (who: Member, path: string): Promise<string> => {
  const headers = await town.headersOf(who, { method: 'GET', path });
  const answer = await town.app.request(`http://localhost${path}`, { headers });
  if (answer.status === 200) return Buffer.from(await answer.arrayBuffer()).toString('base64');
  return ((await answer.json()) as { error: { code: string } }).error.code;
};
const ofVisit = (requestId: string) => `/api/requests/${requestId}/portrait`;

/** A visit in an hour that nobody has taken yet. */
const posted = async (coordinator: Member, elder: Member) => {
  const request = aRequest(town, elder);
  await town.ask(coordinator, 'POST', '/api/requests', request);
  return { requestId: request.requestId, path: `/api/requests/${request.requestId}` };
};

describe('a volunteer’s portrait', () => {
  it('is taken with their consent only, and the same one again changes nothing', async () => {
    const volunteer = await town.aVolunteer();
    expect((await give(volunteer)).body.error.code).toBe('consent_needed');
    await agree(volunteer);
    const first = await give(volunteer);
    town.pass(5);
    expect((await give(volunteer)).body).toEqual(first.body);
    expect(await look(volunteer, '/api/me/portrait')).toBe(aPicture());
    await give(volunteer, aPicture({ grain: 2 }));
    expect(await look(volunteer, '/api/me/portrait')).toBe(aPicture({ grain: 2 }));
  });

  it.each([
    ['tells where it was taken', aPicture({ beside: 'Exif 33.646N 116.964E' })],
    ['is too large', aPicture({ sidePx: 481 })],
    ['has no size', aPicture({ sidePx: 0 })],
    ['is no picture', Buffer.from('<script>alert(1)</script>').toString('base64')],
  ])('that %s is refused', async (_what, jpeg) => {
    const volunteer = await town.aVolunteer();
    await agree(volunteer);
    const answer = await give(volunteer, jpeg);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'not_a_portrait']);
    expect(await look(volunteer, '/api/me/portrait')).toBe('unknown_file');
  });

  it('heavier than 32 KiB is not even read', async () => {
    const volunteer = await town.aVolunteer();
    const heavy = Buffer.alloc(33 * 1024).toString('base64');
    expect((await give(volunteer, heavy)).body.error.code).toBe('invalid_fields');
  });

  it('is of no use to anybody else, and none is taken of them', async () => {
    expect((await give(await town.anElder())).body.error.code).toBe('not_allowed');
  });

  it('is gone from the file with the consent, and comes back with neither', async () => {
    const volunteer = await town.aVolunteer();
    await agree(volunteer);
    await give(volunteer);
    await agree(volunteer, false);
    expect((await portraitLeafOf(town.ports, volunteer.memberId))?.jpeg).toBeUndefined();
    expect(await look(volunteer, '/api/me/portrait')).toBe('unknown_file');
    await agree(volunteer);
    expect(await look(volunteer, '/api/me/portrait')).toBe('unknown_file');
  });

  it('is part of the copy of one’s own data', async () => {
    const volunteer = await town.aVolunteer();
    await agree(volunteer);
    await give(volunteer);
    const copy = OwnCopy.parse((await town.ask(volunteer, 'GET', '/api/me/copy')).body);
    expect(copy.portrait).toBe(aPicture());
  });
});

describe('who comes, with a face', () => {
  it('is shown to the elder from the moment the visit is taken, and kept by nobody on the way', async () => {
    const { elder, requestId, accept } = await aFacePosted(town);
    const path = ofVisit(requestId);
    expect(await look(elder, path)).toBe('unknown_request');
    await accept();
    expect(await look(elder, path)).toBe(aPicture());
    const { headers } = await town.ask(elder, 'GET', path);
    expect(headers.get('Content-Type')).toBe('image/jpeg');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('is shown to who orders for the elder and to the community, and to nobody else', async () => {
    const { elder, coordinator, volunteer, requestId, accept } = await aFacePosted(town);
    await accept();
    const path = ofVisit(requestId);
    const helper = await aDaughter(town);
    await aBinding(town, { elder, helper, terms: terms({ scopes: ['order'], spendMinutesMax: 0 }) });
    expect(await look(helper, path)).toBe(aPicture());
    expect(await look(coordinator, path)).toBe(aPicture());
    const strangers = [
      await town.anElder(),
      await town.aVolunteer(),
      volunteer,
      await town.aCoordinator(NEXT_DOOR),
    ];
    for (const stranger of strangers) expect(await look(stranger, path)).toBe('unknown_request');
    expect(await look(elder, ofVisit(town.ids.request()))).toBe('unknown_request');
  });

  it('is nobody who does not come, and nobody without a portrait', async () => {
    const { elder, volunteer, requestId, accept } = await aFacePosted(town);
    await accept();
    const other = await town.aVolunteer();
    await agree(other);
    await give(other);
    const path = ofVisit(requestId);
    expect(await look(elder, `${path}?memberId=${other.memberId}`)).toBe('unknown_request');
    expect(await look(elder, `${path}?memberId=${volunteer.memberId}`)).toBe(aPicture());
    await agree(volunteer, false);
    expect(await look(elder, path)).toBe('unknown_request');
  });

  it('stands on record for the volunteer when the community looks, and not when the elder does', async () => {
    const { elder, coordinator, volunteer, requestId, accept } = await aFacePosted(town);
    await accept();
    await look(elder, ofVisit(requestId));
    await look(coordinator, ofVisit(requestId));
    const { items } = (await town.ask(volunteer, 'GET', '/api/me/readers')).body as {
      items: { act: string }[];
    };
    expect(items.filter(({ act }) => act === 'read_portrait')).toHaveLength(1);
  });

  it('is over when the visit was called off', async () => {
    const { elder, requestId, accept } = await aFacePosted(town);
    await accept();
    const cancel = { commandId: town.ids.command(), reason: 'elder_unwell' };
    await town.ask(elder, 'POST', `/api/requests/${requestId}/cancel`, cancel);
    expect(await look(elder, ofVisit(requestId))).toBe('unknown_request');
  });

  it('comes next until the visit is over, and then no more', async () => {
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer(),
    ];
    const { requestId, path } = await posted(coordinator, elder);
    const next = async () =>
      NextVisits.parse((await town.ask(elder, 'GET', '/api/next-visits?as=receiver')).body).items.map(
        (visit) => visit.requestId,
      );
    await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    town.pass(60);
    const key = { commandId: town.ids.command(), code: elder.visitCode };
    await town.ask(volunteer, 'POST', `${path}/check-in`, key);
    expect(await next()).toEqual([requestId]);
    town.pass(60);
    await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
    expect(await next()).toEqual([]);
  });

  it('is still shown after the visit, until it is closed', async () => {
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer(),
    ];
    await agree(volunteer);
    await give(volunteer);
    const { requestId } = await liveVisit(town, { coordinator, elder, volunteer });
    expect(await look(elder, ofVisit(requestId))).toBe(aPicture());
  });
});
