import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aSaver, credit } from '../walks/steps.ts';
import { aStranger, ofTownship, told } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const at = (member: Pick<Member, 'memberId'>, what = '') =>
  `/api/accounts/${accountOf(member.memberId)}${what}`;
const get = (who: Member | undefined, path: string) => town.ask(who, 'GET', path);

describe('a member at the counter', () => {
  it('is shown by the coordinator of the home what they see themselves: the balance and the statement', async () => {
    const member = await aSaver(town);
    for (const who of [coordinator, await ofTownship(town)]) {
      expect(await get(who, at(member))).toMatchObject({
        status: 200,
        body: (await get(member, '/api/account')).body,
      });
      expect(await get(who, at(member, '/entries'))).toMatchObject({
        status: 200,
        body: (await get(member, '/api/account/entries')).body,
      });
    }
  });

  it('with many lines is read page by page, newest first, each line once', async () => {
    const member = await town.aVolunteer();
    for (let minutes = 1; minutes <= 27; minutes += 1) await credit(town, member, minutes);
    const first = (await get(coordinator, at(member, '/entries'))).body;
    expect(first.items).toHaveLength(25);
    const second = (await get(coordinator, at(member, `/entries?cursor=${String(first.cursor)}`))).body;
    const amounts = [...first.items, ...second.items].map(({ amountMinutes }) => Number(amountMinutes));
    expect(amounts).toEqual(Array.from({ length: 27 }, (_, index) => 27 - index));
    expect(second.cursor).toBeUndefined();
    const odd = await get(coordinator, at(await aSaver(town), `/entries?cursor=${String(first.cursor)}`));
    expect(told(odd)).toEqual([400, 'invalid_fields']);
  });

  it('of an organisation is its account', async () => {
    const accountId = accountOf(town.ids.member());
    const body = { accountId, name: '东仙桥合唱队', communityCode: HOME };
    expect((await town.ask(coordinator, 'POST', '/api/organisations', body)).status).toBe(201);
    expect((await get(coordinator, `/api/accounts/${accountId}`)).body).toMatchObject({
      accountId,
      state: 'donate_only',
    });
  });

  it.each(['', '/entries'])(
    'is shown to nobody else%s: without a sign-in, without the role, of another home, or nobody at all',
    async (what) => {
      const member = await aSaver(town);
      const path = at(member, what);
      expect(told(await get(undefined, path))).toEqual([401, 'not_signed_in']);
      expect(told(await get(member, path))).toEqual([403, 'not_allowed']);
      expect(told(await get(await town.anElder(), path))).toEqual([403, 'not_allowed']);
      const missing = await get(coordinator, at({ memberId: town.ids.member() }, what));
      expect(told(missing)).toEqual([404, 'unknown_account']);
      for (const stranger of [await aStranger(town), await town.aCoordinator(NEXT_DOOR)]) {
        expect((await get(stranger, path)).body).toEqual(missing.body);
      }
      expect((await get(coordinator, `/api/accounts/x${what}`)).body).toEqual(missing.body);
    },
  );
});

describe('a telephone number', () => {
  const find = (who: Member | undefined, phone: string) =>
    town.ask(who, 'POST', '/api/members/find', { phone });

  it('finds the person whose it is, however it is written', async () => {
    const member = await town.aVolunteer();
    const phone = member.phone!;
    const local = phone.slice(3);
    for (const written of [phone, local, `${local.slice(0, 3)}-${local.slice(3, 7)} ${local.slice(7)}`]) {
      expect(await find(coordinator, written)).toMatchObject({
        status: 200,
        body: { memberId: member.memberId, name: member.name, surname: member.name.slice(0, 1) },
      });
    }
    const { body } = await find(coordinator, local);
    expect(Object.keys(body as object).sort()).toEqual(['gender', 'memberId', 'name', 'phone', 'surname']);
  });

  it('of another home, and nobody’s, answer alike; a part of a number finds nobody', async () => {
    const far = await town.aVolunteer({ communityCode: NEXT_DOOR });
    const nobody = await find(coordinator, '19999999999');
    expect(told(nobody)).toEqual([404, 'unknown_member']);
    expect((await find(coordinator, far.phone!)).body).toEqual(nobody.body);
    expect((await find(await aStranger(town), far.phone!)).body).toEqual(nobody.body);
    expect((await find(await ofTownship(town), far.phone!)).status).toBe(200);
    for (const part of ['10000', far.phone!.slice(0, -1)]) {
      expect((await find(coordinator, part)).status).toBeGreaterThanOrEqual(400);
    }
    expect(told(await find(coordinator, '没有电话号码'))).toEqual([400, 'invalid_fields']);
  });

  it('is looked up by coordinators only', async () => {
    const member = await town.aVolunteer();
    expect(told(await find(undefined, member.phone!))).toEqual([401, 'not_signed_in']);
    for (const who of [member, await town.anElder()]) {
      expect(told(await find(who, member.phone!))).toEqual([403, 'not_allowed']);
    }
  });
});
