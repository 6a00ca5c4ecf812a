/**
 * Every route x everybody x own, foreign or missing: what the API answers is what the table says. Made from the list
 * of routes, so that a new one is walked as soon as it is there.
 */
import { routes } from '@time-bank/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { type Message, writtenMessages } from '../walks/messages.ts';
import { everybodyIn } from './asking.ts';
import { askers, cellsOf, countCells } from './cells.ts';

let town: Town;
let messages: ReadonlyMap<string, Message>;
let everybody: Awaited<ReturnType<typeof everybodyIn>>;
beforeAll(async () => {
  town = await startTown();
  messages = await writtenMessages(town);
  everybody = await everybodyIn(town);
});
afterAll(async () => {
  await town.stop();
});

const messageFor = (operationId: string): Message => {
  const message = messages.get(operationId);
  if (message === undefined) throw new Error(`write a message for ${operationId}`);
  return message;
};

it('there is a cell for every route, and it says something', () => {
  expect(countCells().uncovered).toBe(0);
  expect(askers).toHaveLength(21);
});

const closed = routes.filter(({ signedIn }) => signedIn).map((route) => ({ route, name: route.operationId }));

// First all that is refused, which changes nothing; then what is allowed, which does.
describe('whoever may not is refused as the table says, once on record', () => {
  it.each(closed)('$name', async ({ route, name }) => {
    const refusals = cellsOf(route).filter(({ expected }) => expected !== 'allowed');
    const differences: string[] = [];
    for (const { asker, place, expected, action } of refusals) {
      const { answer, events } = await everybody.ask(asker, place, messageFor(name));
      const cell = `${asker} ${place}`;
      if (answer !== expected) differences.push(`${cell}: ${answer} instead of ${expected}`);
      if (asker === 'nobody') continue;
      if (events.length !== 1) differences.push(`${cell}: ${String(events.length)} events`);
      if (events[0]?.action !== action) differences.push(`${cell}: ${String(events[0]?.action)} on record`);
    }
    expect(differences).toEqual([]);
  });
});

describe('what is another’s and what is not there answer alike, to the letter', () => {
  it.each(closed)('$name', async ({ route, name }) => {
    const foreign = cellsOf(route).filter(
      ({ asker, place, expected }) => asker !== 'nobody' && place === 'foreign' && expected !== 'allowed',
    );
    const differences: string[] = [];
    for (const { asker } of foreign) {
      const there = await everybody.ask(asker, 'foreign', messageFor(name));
      const nowhere = await everybody.askNowhere(asker, messageFor(name));
      if (there.bytes !== nowhere.bytes) differences.push(`${asker}: ${there.bytes} and ${nowhere.bytes}`);
    }
    expect(differences).toEqual([]);
  });
});

describe('whoever may is not refused', () => {
  it.each(closed)('$name', async ({ route, name }) => {
    const allowed = cellsOf(route).filter(({ expected }) => expected === 'allowed');
    const differences: string[] = [];
    for (const { asker, place } of allowed) {
      const { answer, status } = await everybody.ask(asker, place, messageFor(name));
      if (answer !== 'allowed') differences.push(`${asker} ${place}: ${answer}`);
      if (status === 500) differences.push(`${asker} ${place}: ${String(status)}`);
    }
    expect(differences).toEqual([]);
  });
});

describe('what is public is open to everybody, signed in or not', () => {
  it.each(routes.filter(({ signedIn }) => !signedIn).map(({ operationId }) => operationId))(
    '%s',
    async (name) => {
      for (const asker of askers) {
        const { events } = await everybody.ask(asker, 'own', messageFor(name));
        expect(events.filter(({ code }) => code === 'not_allowed')).toEqual([]);
      }
    },
  );
});
