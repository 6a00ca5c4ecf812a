import { enrolFirst } from '@time-bank/desk/enrol-staff';
import { standardRules } from '@time-bank/desk/sign-in';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { type Town, startTown } from '../town.ts';
import { type Slip, anAuthenticator } from './authenticator.ts';
import { type Door, aDoor } from './door.ts';

let town: Town;
let door: Door;
beforeAll(async () => {
  town = await startTown();
  door = aDoor(town);
});
afterAll(async () => {
  await town.stop();
});

const notAccepted = { status: 401, body: { error: { code: 'passkey_not_accepted' } } };
const needed = { status: 403, body: { error: { code: 'passkey_needed' } } };

/** An elder with a passkey, added on a telephone that may move hours. */
const withPasskey = async () => {
  const member = await town.anElder();
  const { token, device } = await door.byCode(member);
  const { answer, authenticator } = await door.addPasskey(token, { device });
  expect(answer.status).toBe(201);
  return { member, token, device, authenticator, passkeyId: String(answer.body.passkeyId) };
};

/** A coordinator, a county officer who may enrol, and a code given out in person. */
const anEnrolment = async () => {
  const member = await town.aCoordinator();
  const county = await town.aMember({ roles: [{ role: 'county', region: '341302' }] });
  const body = { commandId: town.ids.command() };
  const path = `/api/members/${member.memberId}/enrolment`;
  const given = await town.ask(county, 'POST', path, body);
  expect(given.status).toBe(201);
  return { member, county, path, body, given, code: String(given.body.code) };
};

describe('a passkey', () => {
  it('is made once and signs its owner in from then on, without a number or a name', async () => {
    const { member, authenticator } = await withPasskey();
    const { answer, token } = await door.byPasskey(authenticator);
    expect(answer).toMatchObject({ status: 200, body: { factor: 'passkey', roles: ['resident'] } });
    const me = await door.send('GET', '/api/me', { token });
    expect(me.body.member.memberId).toBe(member.memberId);
    const list = await door.send('GET', '/api/me/passkeys', { token });
    expect(list.body.items).toMatchObject([{ name: '我的手机', lastUsedAt: town.now(), isForStaff: false }]);
  });

  it('is asked for in a way that shows nothing of anybody, and finds itself', async () => {
    const question = await door.post('/api/sign-in/passkey/options');
    expect(question.body.options).toMatchObject({ rpId: 'time.example', userVerification: 'required' });
    expect(question.body.options.allowCredentials ?? []).toEqual([]);
    expect(question.body.expiresAt).toBe(town.soon(5));
    const { member, authenticator } = await withPasskey();
    const { token } = await door.byPasskey(authenticator);
    const fresh = await door.post('/api/me/passkeys/options', {}, { token });
    expect(fresh.body.options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    });
    expect(fresh.body.options.attestation).toBe('none');
    expect(fresh.body.options.user.id).not.toContain(member.memberId);
    expect(Buffer.from(String(fresh.body.options.user.id), 'base64url').toString()).not.toContain('mem_');
  });

  it.each<{ why: string; slip: Slip }>([
    { why: 'from another origin', slip: { origin: 'https://time.example.evil.example' } },
    { why: 'from the same host without https', slip: { origin: 'http://time.example' } },
    { why: 'for another site', slip: { rpId: 'evil.example' } },
    { why: 'without a check of the person', slip: { isVerified: false } },
    { why: 'without anybody in front of it', slip: { isPresent: false } },
    { why: 'for another challenge', slip: { challenge: Buffer.alloc(32).toString('base64url') } },
    { why: 'of another kind of ceremony', slip: { type: 'webauthn.create' } },
    { why: 'whose counter stands still', slip: { counter: 7 } },
    { why: 'whose counter goes back', slip: { counter: 3 } },
    {
      why: 'with the handle of somebody else',
      slip: { userHandle: Buffer.alloc(32, 1).toString('base64url') },
    },
    { why: 'with an unknown credential', slip: { id: Buffer.alloc(32, 2).toString('base64url') } },
  ])('$why is not accepted', async ({ slip }) => {
    const { authenticator } = await withPasskey();
    const show = async (change: Slip) => {
      const { challengeId, options } = (await door.post('/api/sign-in/passkey/options')).body;
      const answer = authenticator.show(options, change);
      return door.post('/api/sign-in/passkey', { challengeId, answer });
    };
    expect((await show({ counter: 7 })).status).toBe(200);
    expect(await show({ counter: 8, ...slip })).toMatchObject(notAccepted);
  });

  it('is not accepted a second time, nor for a question of somebody else, nor after five minutes', async () => {
    const { authenticator } = await withPasskey();
    const ask = () => door.post('/api/sign-in/passkey/options');
    const [first, second, late] = [(await ask()).body, (await ask()).body, (await ask()).body];
    const body = { challengeId: first.challengeId, answer: authenticator.show(first.options) };
    const both = await Promise.all([
      door.post('/api/sign-in/passkey', body),
      door.post('/api/sign-in/passkey', body),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await door.post('/api/sign-in/passkey', body)).toMatchObject(notAccepted);
    const swapped = { challengeId: second.challengeId, answer: authenticator.show(first.options) };
    expect(await door.post('/api/sign-in/passkey', swapped)).toMatchObject(notAccepted);
    town.pass(5);
    const old = { challengeId: late.challengeId, answer: authenticator.show(late.options) };
    expect(await door.post('/api/sign-in/passkey', old)).toMatchObject(notAccepted);
  });

  it('does not sign in with the question of a one-time code, nor a code with that of a passkey', async () => {
    const { authenticator, member } = await withPasskey();
    const { challengeId } = await door.aCode(member);
    const options = { challenge: Buffer.alloc(32).toString('base64url') };
    const body = { challengeId, answer: authenticator.show(options) };
    expect(await door.post('/api/sign-in/passkey', body)).toMatchObject(notAccepted);
    const question = await door.post('/api/sign-in/passkey/options');
    const tried = await door.signInWith(String(question.body.challengeId), '123456');
    expect(tried).toMatchObject({ status: 401, body: { error: { code: 'code_not_accepted' } } });
  });

  it.each<{ why: string; slip: Slip }>([
    { why: 'from another origin', slip: { origin: 'https://evil.example' } },
    { why: 'for another site', slip: { rpId: 'evil.example' } },
    { why: 'without a check of the person', slip: { isVerified: false } },
    { why: 'for another challenge', slip: { challenge: Buffer.alloc(32).toString('base64url') } },
  ])('made $why is not kept', async ({ slip }) => {
    const { token } = await door.byCode(await town.anElder());
    const { challengeId, options } = (await door.post('/api/me/passkeys/options', {}, { token })).body;
    const answer = anAuthenticator().make(options, slip);
    const added = await door.post('/api/me/passkeys', { challengeId, name: '手机', answer }, { token });
    expect(added).toMatchObject(notAccepted);
  });

  it('of somebody else is not kept as one’s own, nor made with a question of somebody else', async () => {
    const { authenticator } = await withPasskey();
    const { token } = await door.byCode(await town.anElder());
    expect((await door.addPasskey(token, { authenticator })).answer).toMatchObject(notAccepted);
    const stranger = await door.byCode(await town.anElder());
    const { challengeId, options } = (await door.post('/api/me/passkeys/options', {}, stranger)).body;
    const body = { challengeId, name: '手机', answer: anAuthenticator().make(options) };
    expect(await door.post('/api/me/passkeys', body, { token })).toMatchObject(notAccepted);
  });

  it('that was taken away signs nobody in; taking it away asks for a passkey', async () => {
    const { authenticator, token, passkeyId } = await withPasskey();
    const path = `/api/me/passkeys/${passkeyId}/remove`;
    expect(await door.post(path, {}, { token })).toMatchObject(needed);
    const strong = await door.byPasskey(authenticator);
    const stranger = await door.byPasskey((await withPasskey()).authenticator);
    const foreign = await door.post(path, {}, { token: stranger.token });
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'unknown_file' } } });
    expect((await door.post(path, {}, { token: strong.token })).status).toBe(200);
    expect((await door.byPasskey(authenticator)).answer).toMatchObject(notAccepted);
  });

  it('is followed by others only from a sign-in with it', async () => {
    const { authenticator, token } = await withPasskey();
    expect((await door.addPasskey(token)).answer).toMatchObject(needed);
    const strong = await door.byPasskey(authenticator);
    expect((await door.addPasskey(strong.token)).answer.status).toBe(201);
  });

  it('lets a new telephone of its owner move hours at once', async () => {
    const { authenticator } = await withPasskey();
    const { answer } = await door.byPasskey(authenticator, aDevice());
    expect(answer.body.spendsFrom).toBe(town.now());
  });

  it('that a thief of the number has added lets their telephone move hours no sooner than the number alone', async () => {
    const member = await town.anElder();
    await door.byCode(member);
    const stolen = await door.byCode(member);
    expect(stolen.answer.body.spendsFrom).toBe(town.soon(72 * 60));
    const { authenticator } = await door.addPasskey(stolen.token);
    const again = await door.byPasskey(authenticator, stolen.device);
    expect(again.answer.body.spendsFrom).toBe(town.soon(72 * 60));
    const fresh = await door.byPasskey(authenticator, aDevice());
    expect(fresh.answer.body.spendsFrom).toBe(town.soon(72 * 60));
  });
});

describe('somebody on the staff', () => {
  it('uses no office with a code, and is told that a passkey is needed', async () => {
    const { token, answer } = await door.byCode(await town.aCoordinator());
    expect(answer.body).toMatchObject({ roles: [], needs: 'passkey' });
    expect((await door.send('GET', '/api/communities', { token })).status).toBe(403);
    expect((await door.addPasskey(token)).answer).toMatchObject(needed);
  });

  it('adds the first passkey with a code that a colleague gave out in person, and works with it', async () => {
    const { member, code } = await anEnrolment();
    const { token } = await door.byCode(member);
    const { answer, authenticator } = await door.addPasskey(token, { enrolmentCode: code.toLowerCase() });
    expect(answer).toMatchObject({ status: 201, body: { isForStaff: true } });
    const strong = await door.byPasskey(authenticator);
    expect(strong.answer.body).toMatchObject({ factor: 'passkey', roles: ['coordinator'] });
    expect(strong.answer.body.needs).toBeUndefined();
    expect(strong.answer.body.endsAt).toBe(town.soon(12 * 60));
    expect((await door.send('GET', '/api/communities', { token: strong.token })).status).toBe(200);
    expect((await door.addPasskey(strong.token)).answer).toMatchObject({ body: { isForStaff: true } });
  });

  it('has a code for one passkey, for five tries, and for a day', async () => {
    const wrong = { status: 401, body: { error: { code: 'code_not_accepted' } } };
    const used = await anEnrolment();
    const { token } = await door.byCode(used.member);
    expect((await door.addPasskey(token, { enrolmentCode: used.code })).answer.status).toBe(201);
    expect((await door.addPasskey(token, { enrolmentCode: used.code })).answer).toMatchObject(wrong);

    const guessed = await anEnrolment();
    const guesser = await door.byCode(guessed.member);
    for (let n = 0; n < 5; n += 1) {
      const tried = await door.addPasskey(guesser.token, { enrolmentCode: 'AAAAA-AAAAA' });
      expect(tried.answer).toMatchObject(wrong);
    }
    expect((await door.addPasskey(guesser.token, { enrolmentCode: guessed.code })).answer).toMatchObject(
      wrong,
    );

    const late = await anEnrolment();
    town.pass(24 * 60);
    const { token: next } = await door.byCode(late.member);
    expect((await door.addPasskey(next, { enrolmentCode: late.code })).answer).toMatchObject(wrong);
    const other = await anEnrolment();
    const foreign = await door.byCode((await anEnrolment()).member);
    expect((await door.addPasskey(foreign.token, { enrolmentCode: other.code })).answer).toMatchObject(wrong);
  });

  it('whose number is stolen later loses no office: a passkey from before the office opens none', async () => {
    const elder = await town.anElder();
    const { authenticator } = await door.addPasskey((await door.byCode(elder)).token);
    const member = (await town.ports.people.readMember(elder.memberId))!;
    const roles = [...member.roles, { role: 'coordinator' as const, region: '341302001003' }];
    const version = (member.version ?? 0) + 1;
    expect(await town.ports.people.change(member, { ...member, roles, version })).toBe(true);
    const { answer } = await door.byPasskey(authenticator);
    expect(answer.body).toMatchObject({ factor: 'passkey', roles: ['resident'], needs: 'passkey' });
  });
});

describe('an enrolment code', () => {
  it('is shown again to whoever sends the same command again, and kept as a hash', async () => {
    const { county, path, body, given, member } = await anEnrolment();
    const again = await town.ask(county, 'POST', path, body);
    expect([again.status, again.body]).toEqual([201, given.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(given.body.expiresAt).toBe(town.soon(24 * 60));
    const [leaf] = await town.ports.personFiles.listNow('enrolment', member.memberId);
    expect(JSON.stringify(leaf)).not.toContain(String(given.body.code).replace('-', ''));
  });

  it('is given by nobody to themselves, by no coordinator, over no other county, and to nobody without an office', async () => {
    const { member, county, path } = await anEnrolment();
    const ask = (who: typeof member, to: string) =>
      town.ask(who, 'POST', to, { commandId: town.ids.command() });
    expect((await ask(county, `/api/members/${county.memberId}/enrolment`)).status).toBe(403);
    expect((await ask(member, path)).status).toBe(403);
    const far = await town.aMember({ roles: [{ role: 'county', region: '340102' }] });
    expect((await ask(far, path)).status).toBe(404);
    const elder = await town.anElder();
    expect((await ask(county, `/api/members/${elder.memberId}/enrolment`)).status).toBe(404);
  });
});

it('on a laptop that says so a code opens an office, for a demonstration', async () => {
  const demo = aDoor(town, { rules: { ...standardRules, isCodeEnoughForStaff: true } });
  const { answer } = await demo.byCode(await town.aCoordinator());
  expect(answer.body).toMatchObject({ factor: 'code', roles: ['coordinator'] });
});

it('where no site is set up there are no passkeys, and nobody is asked for one', async () => {
  const { signIn: _, ...deps } = town.deps;
  const bare = aDoor(town, {}, { ...deps, signIn: { rules: standardRules } });
  expect((await bare.post('/api/sign-in/passkey/options')).status).toBe(503);
  const ways = await bare.send('GET', '/api/sign-in/ways');
  expect(ways.body).toEqual({ code: true, passkey: false, sso: false, wechat: false });
});

it('the audit log has every sign-in, good and bad, and the passkey, without a number or a code', async () => {
  const { member, authenticator } = await withPasskey();
  await door.byPasskey(authenticator);
  const { challengeId, wrong, code } = await door.aCode(member);
  await door.signInWith(challengeId, wrong(1));
  const { items } = await town.ports.auditLog.listAbout(member.memberId, { limit: 50 });
  const actions = items.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(actions).toEqual(
    expect.arrayContaining([
      'code_asked done',
      'signed_in done',
      'passkey_added done',
      'sign_in_refused refused',
    ]),
  );
  const text = JSON.stringify(items);
  for (const secret of [code, String(member.phone), String(member.phone).slice(3), authenticator.id]) {
    expect(text).not.toContain(secret);
  }
});

it('the first on the staff gets a code from whoever holds the keys of the installation; it stands on record', async () => {
  const administrator = await town.aMember({ roles: [{ role: 'administrator', region: '34' }] });
  const given = await enrolFirst(town.ports, town.keys, administrator);
  if (given.kind === 'refused') throw new Error(given.refusal.code);
  const { token } = await door.byCode(administrator);
  const { answer } = await door.addPasskey(token, { enrolmentCode: given.value.code });
  expect(answer).toMatchObject({ status: 201, body: { isForStaff: true } });
  const { items } = await town.ports.auditLog.listAbout(administrator.memberId, { limit: 20 });
  expect(items.map(({ action, channel }) => `${action} ${channel}`)).toContain('enrol_staff job');
  const nobody = await enrolFirst(town.ports, town.keys, await town.anElder());
  expect(nobody).toMatchObject({ refusal: { code: 'unknown_member' } });
});
