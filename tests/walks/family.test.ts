import { FamilyList } from '@time-bank/contracts/giving';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aGiver, bind, booksIn, everythingIn, setFrozen } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const tie = (
  giver: Pick<Member, 'memberId'>,
  receiver: Pick<Member, 'memberId'>,
  change: Record<string, unknown> = {},
) => ({
  transferId: town.ids.transfer(),
  giverId: giver.memberId,
  receiverId: receiver.memberId,
  relation: 'parent',
  proof: '户口簿',
  ...change,
});
const bindBy = (who: Member, body: Record<string, unknown>) =>
  town.ask(who, 'POST', '/api/family-ties', body);
const endBy = (
  who: Member,
  giver: Pick<Member, 'memberId'>,
  receiver: Pick<Member, 'memberId'>,
  transferId: string = town.ids.transfer(),
) =>
  town.ask(who, 'POST', '/api/family-ties/end', {
    transferId,
    giverId: giver.memberId,
    receiverId: receiver.memberId,
    reason: '登记有误',
  });
const familyOf = async (who: Member) =>
  FamilyList.parse((await town.ask(who, 'GET', '/api/family')).body).items;
const refusal = (code: string, status: number) => ({ status, body: { error: { code } } });

it('a coordinator binds a mother to her daughter, who can give to her then', async () => {
  const [giver, mother] = [await town.aVolunteer(), await town.anElder({ name: '欧阳试娥' })];
  expect(await familyOf(giver)).toEqual([]);
  const body = tie(giver, mother, { document: 'HK-2026-0117' });
  expect(await bindBy(coordinator, body)).toMatchObject({
    status: 201,
    body: { transferId: body.transferId, kind: 'bond_made', amountMinutes: 0 },
  });
  expect(await familyOf(giver)).toEqual([
    {
      memberId: mother.memberId,
      surname: '欧阳',
      gender: 'female',
      relation: 'parent',
      from: '2026-11-21',
      canReceive: true,
    },
  ]);
  expect(await familyOf(mother)).toEqual([]);
  const [line] = (await town.ask(giver, 'GET', '/api/account/entries')).body.items;
  expect(line).toMatchObject({ kind: 'bond_made', reason: 'family_tie', note: '户口簿', changeMinutes: 0 });
  expect((await town.ask(mother, 'GET', '/api/account/entries')).body.items).toEqual([]);
});

it('shows no more of a relative than a family name', async () => {
  const { giver, mother } = await aGiver(town);
  const text = JSON.stringify((await town.ask(giver, 'GET', '/api/family')).body);
  for (const secret of [mother.name, mother.phone, mother.address, mother.birthDate]) {
    expect(text).not.toContain(secret);
  }
});

describe('the age of the receiver', () => {
  it.each([
    ['is reached today', '1966-11-21', '2026-11-21', true],
    ['was reached long ago', '1940-01-01', '2026-11-21', true],
    ['is reached tomorrow', '1966-11-22', '2026-11-22', false],
    ['is reached on 1 March, born on 29 February', '1980-02-29', '2040-02-29', false],
  ])('that %s', async (_, birthDate, from, canReceive) => {
    const [giver, receiver] = [await town.aVolunteer(), await town.aVolunteer({ birthDate })];
    expect((await bindBy(coordinator, tie(giver, receiver, { relation: 'spouse' }))).status).toBe(201);
    expect(await familyOf(giver)).toMatchObject([{ from, canReceive }]);
  });
});

it('those who can receive come first', async () => {
  const [giver, child] = [await town.aVolunteer(), await town.aVolunteer({ birthDate: '1990-01-01' })];
  const mother = await town.anElder();
  await bind(town, giver, child, 'child');
  await bind(town, giver, mother);
  expect((await familyOf(giver)).map(({ relation }) => relation)).toEqual(['parent', 'child']);
});

it('who is bound again stands as was said last', async () => {
  const [giver, other] = [await town.aVolunteer(), await town.anElder()];
  await bind(town, giver, other, 'parent');
  await bind(town, giver, other, 'grandparent');
  expect(await familyOf(giver)).toMatchObject([{ memberId: other.memberId, relation: 'grandparent' }]);
});

it('a tie that has ended carries nothing any more; made again it does', async () => {
  const { giver, mother } = await aGiver(town);
  const give = () =>
    town.ask(giver, 'POST', '/api/gifts', {
      transferId: town.ids.transfer(),
      receiverId: mother.memberId,
      amountMinutes: 10,
    });
  expect((await give()).status).toBe(201);
  expect(await endBy(coordinator, giver, mother)).toMatchObject({
    status: 200,
    body: { kind: 'bond_ended', amountMinutes: 0 },
  });
  expect(await familyOf(giver)).toEqual([]);
  expect(await give()).toMatchObject(refusal('not_family', 422));
  const again = town.ids.transfer();
  expect(await endBy(coordinator, giver, mother, again)).toMatchObject(refusal('not_family', 422));
  await bind(town, giver, mother);
  const kept = await endBy(coordinator, giver, mother, again);
  expect(kept).toMatchObject(refusal('not_family', 422));
  expect(kept.headers.get('Idempotency-Hit')).toBe('true');
  expect((await give()).status).toBe(201);
  expect((await endBy(coordinator, giver, mother)).status).toBe(200);
});

describe('refused', () => {
  it('to bind a person to themselves', async () => {
    const giver = await town.aVolunteer();
    expect(await bindBy(coordinator, tie(giver, giver))).toMatchObject(refusal('same_account', 422));
  });

  it('a relation that the region does not allow', async () => {
    const [giver, friend] = [await town.aVolunteer(), await town.anElder()];
    const body = tie(giver, friend, { relation: 'friend' });
    expect(await bindBy(coordinator, body)).toMatchObject(refusal('not_family', 422));
  });

  it('a ninth relative, until one of the eight is bound no more', async () => {
    const giver = await town.aVolunteer();
    const relatives = [];
    while (relatives.length < 8) relatives.push(await town.anElder());
    for (const relative of relatives) await bind(town, giver, relative);
    const body = tie(giver, await town.anElder());
    expect(await bindBy(coordinator, body)).toMatchObject(refusal('too_many_bonds', 409));
    // One of the eight may still be said anew.
    await bind(town, giver, relatives[0]!, 'grandparent');
    await endBy(coordinator, giver, relatives[0]!);
    const again = await bindBy(coordinator, body);
    expect(again).toMatchObject(refusal('too_many_bonds', 409));
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const anew = { ...body, transferId: town.ids.transfer() };
    expect((await bindBy(coordinator, anew)).status).toBe(201);
  });

  it('on an account that is frozen, until it is free again', async () => {
    const [giver, mother] = [await town.aVolunteer(), await town.anElder()];
    await setFrozen(town, giver, true);
    const before = await booksIn(town);
    const body = tie(giver, mother);
    expect(await bindBy(coordinator, body)).toMatchObject(refusal('account_frozen', 409));
    expect(await booksIn(town)).toEqual(before);
    await setFrozen(town, giver, false);
    expect((await bindBy(coordinator, body)).headers.get('Idempotency-Hit')).toBe('true');
    const anew = { ...body, transferId: town.ids.transfer() };
    expect((await bindBy(coordinator, anew)).status).toBe(201);
  });

  it('a receiver who is not there', async () => {
    const giver = await town.aVolunteer();
    const nobody = { memberId: town.ids.member() };
    expect(await bindBy(coordinator, tie(giver, nobody))).toMatchObject(refusal('unknown_member', 404));
    expect(await endBy(coordinator, giver, nobody)).toMatchObject(refusal('not_family', 422));
  });

  it.each([
    ['no proof', { proof: ' ' }],
    ['a long proof', { proof: '长'.repeat(201) }],
    ['an unknown relation', { relation: 'cousin' }],
    ['a document of odd letters', { document: '户口' }],
  ])('%s', async (_, change) => {
    const body = tie(await town.aVolunteer(), await town.anElder(), change);
    expect(await bindBy(coordinator, body)).toMatchObject(refusal('invalid_fields', 400));
  });
});

describe('who binds', () => {
  it('the coordinator of the giver, wherever the receiver lives', async () => {
    const [giver, far] = [await town.aVolunteer(), await town.anElder({ communityCode: FAR_AWAY })];
    expect((await bindBy(coordinator, tie(giver, far))).status).toBe(201);
  });

  it('to the coordinator of another community the giver is like one who is not there', async () => {
    const { giver, mother } = await aGiver(town);
    const elsewhere = await town.aCoordinator(NEXT_DOOR);
    const before = await everythingIn(town);
    const nobody = { memberId: town.ids.member() };
    for (const [foreign, missing] of [
      [await bindBy(elsewhere, tie(giver, mother)), await bindBy(elsewhere, tie(nobody, mother))],
      [await endBy(elsewhere, giver, mother), await endBy(elsewhere, nobody, mother)],
    ] as const) {
      expect(foreign).toMatchObject(refusal('unknown_member', 404));
      expect([missing.status, missing.body]).toEqual([foreign.status, foreign.body]);
    }
    expect(await everythingIn(town)).toEqual(before);
  });

  it('neither the members themselves nor anybody else', async () => {
    const { giver, mother } = await aGiver(town);
    const people = [giver, mother, await town.aVolunteer()];
    const before = await everythingIn(town);
    for (const who of people) {
      expect(await bindBy(who, tie(giver, mother))).toMatchObject(refusal('not_allowed', 403));
      expect(await endBy(who, giver, mother)).toMatchObject(refusal('not_allowed', 403));
    }
    expect(await everythingIn(town)).toEqual(before);
  });

  it('no coordinator binds or unbinds themselves, on either side', async () => {
    const own = await town.aMember({
      birthDate: '1962-05-01',
      roles: [
        { role: 'volunteer', region: HOME },
        { role: 'coordinator', region: HOME },
      ],
    });
    const other = await town.aVolunteer();
    await bind(town, other, own, 'spouse');
    for (const answer of [
      await bindBy(own, tie(own, other)),
      await bindBy(own, tie(other, own)),
      await endBy(own, other, own),
    ]) {
      expect(answer).toMatchObject(refusal('not_allowed', 403));
    }
    expect((await bindBy(coordinator, tie(own, other, { relation: 'spouse' }))).status).toBe(201);
  });
});

describe('the list of ties', () => {
  it('is for oneself, and for the coordinator who acts for one', async () => {
    const { giver, mother } = await aGiver(town);
    const ask = (who: Member, memberId: string) => town.ask(who, 'GET', `/api/family?memberId=${memberId}`);
    const own = await town.ask(giver, 'GET', '/api/family');
    expect((await ask(coordinator, giver.memberId)).body).toEqual(own.body);
    expect((await ask(giver, giver.memberId)).body).toEqual(own.body);
    const elsewhere = await town.aCoordinator(NEXT_DOOR);
    for (const who of [mother, await town.aVolunteer(), elsewhere]) {
      const foreign = await ask(who, giver.memberId);
      const missing = await ask(who, town.ids.member());
      expect(foreign).toMatchObject(refusal('unknown_member', 404));
      expect([missing.status, missing.body]).toEqual([foreign.status, foreign.body]);
    }
  });

  it('of two ties made in the same moment both stand', async () => {
    const giver = await town.aVolunteer();
    const [one, other] = [await town.anElder(), await town.anElder()];
    const bodies = [tie(giver, one), tie(giver, other)];
    const answers = await Promise.all(bodies.map((body) => bindBy(coordinator, body)));
    for (const { status } of answers) expect([201, 503]).toContain(status);
    const made = answers.filter(({ status }) => status === 201).length;
    expect(await familyOf(giver)).toHaveLength(made);
  });
});
