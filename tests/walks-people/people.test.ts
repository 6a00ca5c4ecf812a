import type { Member } from '@time-bank/contracts/member';
import { deviceAtSignIn } from '@time-bank/desk/device';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, aRequest, startTown } from '../town.ts';
import { everythingBesideTheLog, ofRole, pathOf, told } from './steps.ts';

let town: Town;
let counter: Member;
beforeAll(async () => {
  town = await startTown();
  counter = await ofRole(town, 'counter');
});
afterAll(async () => {
  await town.stop();
});

let names = 0;
const somebody = (change: Record<string, unknown> = {}) => {
  names += 1;
  return {
    memberId: town.ids.member(),
    communityCode: HOME,
    name: `周新${String(names)}`,
    birthDate: '1945-03-08',
    gender: 'male',
    address: '和平里9号楼',
    languages: ['wanbei'],
    skills: [],
    freeTimes: [],
    ...change,
  };
};
const enter = (body: Record<string, unknown>, who = counter) => town.ask(who, 'POST', '/api/members', body);

describe('a person who comes to the counter', () => {
  it('without a telephone is a full member: has an account and a card, and is visited', async () => {
    const body = somebody({ livingSituation: 'alone' });
    expect(await enter(body)).toMatchObject({ status: 201, body: { memberId: body.memberId, version: 0 } });
    const elder = await town.ports.people.readMember(body.memberId);
    expect(elder).toMatchObject({
      roles: [{ role: 'resident', region: HOME }],
      visitCode: expect.any(String),
    });
    expect(elder).not.toHaveProperty('phone');
    const coordinator = await town.aCoordinator();
    const asked = await town.ask(coordinator, 'POST', '/api/requests', aRequest(town, elder!));
    expect(asked.status).toBe(201);
  });

  it('is entered once, however often the message comes, and not a second time by somebody else', async () => {
    const body = somebody();
    await enter(body);
    const before = await everythingBesideTheLog(town);
    const again = await enter(body);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const taken = [409, 'exists_with_different_content'];
    expect(told(await enter({ ...body, memberId: town.ids.member() }))).toEqual(taken);
    expect(told(await enter({ ...body, address: '别处' }))).toEqual(taken);
    expect(told(await enter(somebody({ memberId: body.memberId })))).toEqual(taken);
    expect(await everythingBesideTheLog(town)).toEqual(before);
  });

  it('does not get the number of somebody else, nor a role by the way', async () => {
    const known = await town.anElder();
    expect(told(await enter(somebody({ phone: known.phone })))).toEqual([409, 'phone_taken']);
    for (const more of [
      { roles: [{ role: 'administrator', region: '34' }] },
      { abilityLevel: 4 },
      { version: 9 },
    ]) {
      expect(told(await enter(somebody(more)))).toEqual([400, 'invalid_fields']);
    }
  });

  it('is entered where they live, by those who sit there', async () => {
    expect(told(await enter(somebody({ communityCode: NEXT_DOOR })))).toEqual([404, 'unknown_region']);
    expect(told(await enter(somebody({ communityCode: '341302001999' })))).toEqual([404, 'unknown_region']);
    expect(told(await enter(somebody(), await town.anElder()))).toEqual([403, 'not_allowed']);
  });
});

describe('particulars', () => {
  const changing = async (member: Member, change: Record<string, unknown> = {}, who = counter) => {
    const path = pathOf(member, 'particulars');
    const { memberId: _id, communityCode: _home, ...read } = (await town.ask(who, 'GET', path)).body;
    const body = { fileId: town.ids.file(), ...read, ...change };
    return { body, answer: await town.ask(who, 'POST', path, body) };
  };

  it('are read and written over the version that was read; what they were stays on record', async () => {
    const member = await town.anElder({ name: '吴旧名' });
    const { body, answer } = await changing(member, { name: '吴新名', address: '解放路1号' });
    expect(answer).toMatchObject({ status: 201, body: { version: 1 } });
    expect(await town.ports.people.readMember(member.memberId)).toMatchObject({ name: '吴新名', version: 1 });
    const [former] = await town.ports.personFiles.listNow('former', member.memberId);
    expect(former).toMatchObject({ by: counter.memberId, was: { name: '吴旧名', address: member.address } });
    const again = await town.ask(counter, 'POST', pathOf(member, 'particulars'), body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const late = await town.ask(counter, 'POST', pathOf(member, 'particulars'), {
      ...body,
      fileId: town.ids.file(),
    });
    expect(told(late)).toEqual([409, 'changed_meanwhile']);
  });

  it('of two who write over the same version one does', async () => {
    const member = await town.anElder();
    const other = await ofRole(town, 'counter');
    const answers = await Promise.all([
      changing(member, { address: '一号' }),
      changing(member, { address: '二号' }, other),
    ]);
    const statuses = answers.map(({ answer }) => answer.status).sort();
    // The second may have read after the first had written: then both are in order.
    expect([
      [201, 409],
      [201, 201],
    ]).toContainEqual(statuses);
  });

  it('keep the number that is there: it is replaced by a recovery of the sign-in, and not taken away', async () => {
    const member = await town.anElder();
    for (const change of [{ phone: '+8610099990002' }, { phone: undefined }]) {
      const { answer } = await changing(member, change);
      expect(told(answer)).toEqual([400, 'invalid_fields']);
      expect(answer.body.error.details).toMatchObject([{ property: 'phone' }]);
    }
    expect(await town.ports.people.findByPhone(member.phone!)).toBe(member.memberId);
    const open = await town.ports.sessions.listNow(member.memberId);
    expect(open.filter(({ endedAt }) => endedAt !== undefined)).toEqual([]);
  });

  it('with a number where there was none lead to the person by it; a telephone waits before it moves hours', async () => {
    const member = await town.aMember({}, { phoneless: true });
    await town.tokenOf(member);
    const phone = '+8610099990001';
    expect((await changing(member, { phone })).answer.status).toBe(201);
    expect(await town.ports.people.findByPhone(phone as never)).toBe(member.memberId);
    const open = (await town.ports.sessions.listNow(member.memberId)).filter(
      ({ endedAt }) => endedAt === undefined,
    );
    expect(open).toEqual([]);
    const device = aDevice();
    const asked = await town.ask(undefined, 'POST', '/api/sign-in/codes', {
      phone,
      device: device.thumbprint,
    });
    const { challengeId } = asked.body;
    const message = { challengeId, code: town.sent[0]?.code, device: device.thumbprint };
    const sent = { method: 'POST', path: '/api/sign-in', body: JSON.stringify(message) };
    const DPoP = device.prove({ ...sent, nowMs: town.ports.clock.nowMs() });
    const signedIn = await town.ask(undefined, 'POST', sent.path, sent.body, { DPoP });
    expect(signedIn.body.spendsFrom).toBe(town.soon(72 * 60));
    const other = await town.aMember({}, { phoneless: true });
    expect(told((await changing(other, { phone })).answer)).toEqual([409, 'phone_taken']);
  });

  it('with the number that they had let the first device move hours at once', async () => {
    const same = await town.anElder();
    expect((await changing(same, { address: '平安里 9 号' })).answer.status).toBe(201);
    const first = await deviceAtSignIn(town.ports, same, { deviceKey: 'new', factor: 'code' });
    expect(first.spendsFrom).toBe(town.now());
  });

  it('are one’s own to read, and staff of the place change them, nobody else and not their own', async () => {
    const member = await town.anElder();
    const path = pathOf(member, 'particulars');
    expect((await town.ask(member, 'GET', path)).status).toBe(200);
    expect(told((await changing(counter, {})).answer)).toEqual([403, 'not_allowed']);
    const body = { ...(await changing(member)).body, fileId: town.ids.file() };
    expect(told(await town.ask(member, 'POST', path, body))).toEqual([403, 'not_allowed']);
    const neighbour = await town.anElder();
    expect(told(await town.ask(neighbour, 'GET', path))).toEqual([404, 'unknown_member']);
    const far = await ofRole(town, 'counter', FAR_AWAY);
    expect(told(await town.ask(far, 'GET', path))).toEqual([404, 'unknown_member']);
    expect(told(await town.ask(far, 'POST', path, body))).toEqual([404, 'unknown_member']);
  });

  it('take no field that is not theirs', async () => {
    const member = await town.anElder();
    for (const more of [
      { roles: [] },
      { visitCode: '123456' },
      { volunteering: {} },
      { livingSituation: 'alone' },
    ]) {
      expect(told((await changing(member, more)).answer)).toEqual([400, 'invalid_fields']);
    }
  });
});
