import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aSaver } from '../walks/steps.ts';
import { headOf, schedule } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const freezing = (reason: 'death' | 'dispute') => ({
  transferId: town.ids.transfer(),
  reason,
  note: '家属来电',
});
const thawing = () => ({ transferId: town.ids.transfer(), note: '已核实' });
const post = async (member: Member, what: 'freeze' | 'unfreeze', body: unknown) => {
  town.pass(1);
  const path = `/api/accounts/${accountOf(member.memberId)}/${what}`;
  return (await town.ask(coordinator, 'POST', path, body)).status;
};
const estateOf = async (member: Member) =>
  (await town.ports.caseBook.readNow('estate', accountOf(member.memberId)))?.state;

/** Moves of cases fail once: as if the process had died, or somebody else had been faster. */
const failingOnce = async <T>(move: () => Promise<boolean>, work: () => Promise<T>): Promise<T> => {
  const { caseBook } = town.deps.ports;
  const { move: kept } = caseBook;
  caseBook.move = () => {
    caseBook.move = kept;
    return move();
  };
  try {
    return await work();
  } finally {
    caseBook.move = kept;
  }
};
const killed = () => Promise.reject(new Error('killed'));

/** Frozen for a death that was none; the process died between the account's being freed and the end of the case. */
const aMistake = async () => {
  const member = await aSaver(town);
  await post(member, 'freeze', freezing('death'));
  const body = thawing();
  expect(await failingOnce(killed, () => post(member, 'unfreeze', body))).toBe(500);
  expect(await estateOf(member)).toBe('open');
  return { member, body };
};

it('an account freed by a command that was cut off, and frozen in a dispute, is not settled as an estate', async () => {
  const { member } = await aMistake();
  await post(member, 'freeze', freezing('dispute'));
  town.pass(400 * 24 * 60);
  expect((await schedule(town)).settled).toBe(0);
  expect(await headOf(town, member)).toMatchObject({ state: 'frozen', minutes: { earned: 60 } });
  expect(await estateOf(member)).toBe('ended');
});

it('a command that was cut off ends the case of the estate when it is sent again', async () => {
  const { member, body } = await aMistake();
  expect(await post(member, 'unfreeze', body)).toBe(201);
  expect(await estateOf(member)).toBe('ended');
});

it('a freeing sent again late does not end the case of a death since', async () => {
  const { member, body } = await aMistake();
  await post(member, 'freeze', freezing('death'));
  expect(await post(member, 'unfreeze', body)).toBe(201);
  expect(await estateOf(member)).toBe('open');
  town.pass(400 * 24 * 60);
  await schedule(town);
  expect(await headOf(town, member)).toMatchObject({ state: 'closed', minutes: { earned: 0 } });
});

it('a case that somebody else has just moved is ended all the same', async () => {
  const member = await aSaver(town);
  await post(member, 'freeze', freezing('death'));
  const faster = () => Promise.resolve(false);
  expect(await failingOnce(faster, () => post(member, 'unfreeze', thawing()))).toBe(201);
  expect(await estateOf(member)).toBe('ended');
});

it('an older freeze that is sent again late opens no estate', async () => {
  const member = await aSaver(town);
  const first = freezing('death');
  await post(member, 'freeze', first);
  await post(member, 'unfreeze', thawing());
  await post(member, 'freeze', freezing('death'));
  await post(member, 'unfreeze', thawing());
  expect(await post(member, 'freeze', first)).toBe(201);
  expect(await estateOf(member)).toBe('ended');
});
