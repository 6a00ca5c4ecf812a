/** An auditor checks without knowing whom: every route that is open to auditors is read as one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { type Message, writtenMessages } from '../walks/messages.ts';
import { routes } from '@time-bank/contracts/routes';
import { rules } from '@time-bank/identity/rules';
import { routeActions } from '@time-bank/api/route-actions';
import { everybodyIn } from './asking.ts';

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

const open = routes
  .filter(({ operationId, method }) => {
    const asks = routeActions[operationId];
    return (
      method === 'get' &&
      asks !== undefined &&
      asks !== 'public' &&
      asks.some((action) => 'auditor' in rules[action].may)
    );
  })
  .map(({ operationId }) => operationId);

/** How the people of the tests are called, where they live, what their numbers are. */
const personal = /[一-龥]试\d|李协调|和平里\d|\+?86100\d|"100\d{8}"/;

describe('an auditor', () => {
  it.each(open)('%s shows no name, no address and no number', async (operationId) => {
    const message = messages.get(operationId);
    if (message === undefined) throw new Error(`write a message for ${operationId}`);
    const { answer, status, bytes, events } = await everybody.ask('auditor', 'own', message);
    expect(answer).toBe('allowed');
    expect(status).toBe(200);
    expect(bytes.match(personal)?.[0]).toBeUndefined();
    if (operationId !== 'listCommunities') expect(events).toMatchObject([{ as: 'auditor', outcome: 'done' }]);
  });

  it('the same is shown in full to whoever may know', async () => {
    const { bytes } = await everybody.ask('coordinator', 'own', messages.get('listElders')!);
    expect(bytes).toMatch(personal);
  });
});
