/** Nobody learns from an answer, or from the work behind it, whether somebody or something exists. Calls are counted, not seconds. */
import { Phone } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Answer, type Town, startTown } from '../town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

/** What the store was asked while `work` ran: the commands in their order, each with its table. */
const askedOfStore = async <T>(work: () => Promise<T>): Promise<{ answer: T; asked: string[] }> => {
  const asked: string[] = [];
  const { middlewareStack } = town.connection.client;
  middlewareStack.add(
    (next, context) => (args) => {
      asked.push(context.commandName ?? '');
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  try {
    return { answer: await work(), asked };
  } finally {
    middlewareStack.remove('count');
  }
};

/** An answer without what is made anew each time. */
const shapeOf = ({ status, body, headers }: Answer) => ({
  status,
  headers: [...headers.keys()].filter((name) => name !== 'content-length').sort(),
  body: JSON.parse(
    JSON.stringify(body ?? null).replaceAll(
      /[a-z]{3}_[0-9A-Z]{26}|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=")[\w-]{43}(?=")/g,
      '…',
    ),
  ) as unknown,
});

/** Does both, and expects the same answer by the same work. */
const expectAlike = async (one: () => Promise<Answer>, other: () => Promise<Answer>) => {
  const [first, second] = [await askedOfStore(one), await askedOfStore(other)];
  expect(shapeOf(first.answer)).toEqual(shapeOf(second.answer));
  expect(first.asked).toEqual(second.asked);
  expect(first.asked.length).toBeGreaterThan(0);
};

describe('signing in', () => {
  const UNKNOWN = Phone.parse('+8615900000001');
  const device = async () => town.deviceOf(await town.anElder()).thumbprint;
  const askFor = (phone: string, thumbprint: string) =>
    town.ask(undefined, 'POST', '/api/sign-in/codes', { phone, device: thumbprint });

  it('asking for a code is the same for a number that is known and one that is not', async () => {
    const elder = await town.anElder();
    const [one, other] = [await device(), await device()];
    await expectAlike(
      () => askFor(elder.phone!, one),
      () => askFor(UNKNOWN, other),
    );
  });

  it('a wrong code is the same for both', async () => {
    const elder = await town.anElder();
    const tries = await Promise.all(
      [elder.phone!, Phone.parse('+8615900000002')].map(async (phone) => {
        const thumbprint = await device();
        const { body } = await askFor(phone, thumbprint);
        const wrong = town.sent[0]?.code === '000000' ? '000001' : '000000';
        const message = { challengeId: body.challengeId as string, code: wrong, device: thumbprint };
        return () => town.ask(undefined, 'POST', '/api/sign-in', message);
      }),
    );
    await expectAlike(tries[0]!, tries[1]!);
  });

  it('a question for a passkey is the same for everybody: nobody says who they are', async () => {
    const ask = () => town.ask(undefined, 'POST', '/api/sign-in/passkey/options', {});
    const first = await ask();
    expect(JSON.stringify(first.body)).not.toMatch(/mem_|allowCredentials":\[\{/);
    await expectAlike(ask, ask);
  });
});

// Ids have 80 random bits and cannot be tried; numbers can. That foreign ids answer like none: every-route.test.ts.
describe('what can be tried one by one', () => {
  it("a person of another county and nobody are the same work for a coordinator's search", async () => {
    const coordinator = await town.aCoordinator();
    const stranger = await town.anElder({ communityCode: FAR_AWAY });
    await town.ask(coordinator, 'GET', '/api/me');
    const find = (phone: string) => () =>
      town.ask(coordinator, 'POST', '/api/members/find', { phone: phone.slice(3) });
    await expectAlike(find(stranger.phone!), find('+8615900000003'));
  });
});
