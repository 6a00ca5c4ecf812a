/** What may happen next in a town, and how it is done. Choices are numbers, so that any history can be shrunk. */
import * as fc from 'fast-check';
import type { Known, Manner, World } from './world.ts';

const manner: fc.Arbitrary<Manner> = fc.constantFrom('once', 'once', 'again', 'altered', 'at once');
const pick = fc.nat({ max: 11 });
const planned = fc.constantFrom(15, 30, 45, 60, 90);
const ahead = fc.constantFrom(0, 20, 60, 150);

/** One step of a history. */
export const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('post' as const), who: pick, planned, ahead, manner }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('redeem' as const), who: pick, planned, ahead, manner }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('rush to redeem' as const), who: pick, planned, ahead }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rush to accept' as const), who: pick }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('next' as const),
      which: pick,
      who: pick,
      minutes: fc.constantFrom(5, 30, 45, 61, 125),
      manner,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: pick, desk: fc.boolean(), manner }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wrong code' as const), which: pick, manner }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('out of turn' as const),
      which: pick,
      who: pick,
      command: fc.constantFrom('accept', 'check-in', 'check-out', 'confirm'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replay' as const), which: fc.nat({ max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close unfilled' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 40, 200) }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('there is always somebody');
  return found;
};

/** The request with this number, the newest first: those are the ones that still move. */
const requestAt = (world: World, which: number): Known | undefined =>
  world.requests.length === 0 ? undefined : at([...world.requests].reverse(), which);

const pathOf = ({ requestId }: Known, command: string): string => `/api/requests/${requestId}/${command}`;

const order = ['pending_confirm', 'in_service', 'accepted', 'published'];

/** One of the three requests that have come furthest and are not at their end: most visits are lived to it. */
const runningAt = (world: World, which: number): Known | undefined => {
  const running = world.requests
    .filter(({ state }) => order.includes(state))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .slice(0, 3);
  return running.length === 0 ? undefined : at(running, which);
};

/** What is to be asked for, and the message that asks for it. */
const wanted = (
  world: World,
  given: Pick<Step & { kind: 'post' | 'redeem' }, 'kind' | 'who' | 'planned'> & { ahead: number },
) => {
  const { town } = world;
  const own = given.kind === 'redeem';
  const receiver = own ? at(world.helpers, given.who) : at(world.elders, given.who);
  const body = {
    requestId: town.ids.request(),
    serviceCode: 'C01',
    plannedStartAt: town.soon(given.ahead),
    plannedMinutes: given.planned,
    wishes: { languages: [] },
    ...(own ? {} : { receiverId: receiver.memberId }),
  };
  const known: Known = {
    requestId: body.requestId,
    receiver,
    plannedStartAt: body.plannedStartAt,
    state: 'published',
    heldMinutes: 0,
  };
  const message = {
    who: own ? receiver : world.coordinator,
    path: own ? '/api/redemptions' : '/api/requests',
    body,
    altered: { ...body, plannedMinutes: given.planned + 15 },
  };
  return { known, message };
};

const publish = async (world: World, given: Step & { kind: 'post' | 'redeem' }): Promise<void> => {
  const { known, message } = wanted(world, given);
  if (await world.give(known, message, given.manner)) world.requests.push(known);
};

/** One member asks three times in the same moment, for more than they may have. */
const rushToRedeem = async (world: World, given: Step & { kind: 'rush to redeem' }): Promise<void> => {
  const orders = [0, 60, 120].map((later) =>
    wanted(world, { ...given, kind: 'redeem', ahead: given.ahead + later }),
  );
  for (const { known } of await world.rush(orders)) world.requests.push(known);
};

/** One volunteer takes all that is open, and another the first of it, in the same moment. */
const rushToAccept = async (world: World, given: Step & { kind: 'rush to accept' }): Promise<void> => {
  const [who, other] = [at(world.helpers, given.who), at(world.helpers, given.who + 1)];
  const open = world.requests
    .filter(({ state, receiver }) => state === 'published' && receiver !== who)
    .slice(0, 3);
  const orders = [
    ...open.map((known) => ({ known, who })),
    ...open.slice(0, 1).map((known) => ({ known, who: other })),
  ]
    .filter((order) => order.known.receiver !== order.who)
    .map((order) => ({
      ...order,
      message: {
        who: order.who,
        path: pathOf(order.known, 'accept'),
        body: { visitId: world.town.ids.visit() },
      },
    }));
  const taken = new Set<Known>();
  for (const order of await world.rush(orders)) {
    if (taken.has(order.known)) throw new Error('two have the same visit');
    taken.add(order.known);
    order.known.volunteer = order.who;
  }
};

/** What comes next for a request, by whoever has to do it. */
const next = async (world: World, known: Known, given: Step & { kind: 'next' }): Promise<void> => {
  const { town } = world;
  const { volunteer, receiver } = known;
  if (known.state === 'published') {
    const who = at(world.helpers, given.who);
    const message = { who, path: pathOf(known, 'accept'), body: { visitId: town.ids.visit() } };
    if (await world.give(known, message, given.manner)) known.volunteer = who;
  } else if (known.state === 'accepted' && volunteer !== undefined) {
    if (town.now() < known.plannedStartAt) town.setClock(known.plannedStartAt);
    const body = { commandId: town.ids.command(), code: receiver.visitCode };
    const altered = { ...body, code: '000000' };
    const message = { who: volunteer, path: pathOf(known, 'check-in'), body, altered };
    if (await world.give(known, message, given.manner)) known.checkInId = body.commandId;
  } else if (known.state === 'in_service' && volunteer !== undefined) {
    town.pass(given.minutes);
    const message = {
      who: volunteer,
      path: pathOf(known, 'check-out'),
      body: { commandId: town.ids.command() },
      ...(known.checkInId === undefined ? {} : { altered: { commandId: known.checkInId } }),
    };
    await world.give(known, message, given.manner);
  } else if (known.state === 'pending_confirm') {
    const who = receiver.phone === undefined ? world.coordinator : receiver;
    const message = { who, path: pathOf(known, 'confirm'), body: { transferId: town.ids.transfer() } };
    await world.give(known, message, given.manner);
  }
};

/** A command by anybody at any time; most are refused, and what is done counts like any other. */
const outOfTurn = async (
  world: World,
  known: Known,
  given: Step & { kind: 'out of turn' },
): Promise<void> => {
  const { town } = world;
  const who = at([...world.helpers, ...world.elders.filter(({ phone }) => phone !== undefined)], given.who);
  const body = {
    accept: { visitId: town.ids.visit() },
    'check-in': { commandId: town.ids.command(), code: known.receiver.visitCode },
    'check-out': { commandId: town.ids.command() },
    confirm: { transferId: town.ids.transfer() },
  }[given.command];
  const isDone = await world.give(known, { who, path: pathOf(known, given.command), body }, 'once');
  if (isDone && given.command === 'accept') known.volunteer = who;
};

/** Does a step. */
export const take = async (world: World, given: Step): Promise<void> => {
  const { town } = world;
  const choose = given.kind === 'next' ? runningAt : requestAt;
  const known = 'which' in given ? choose(world, given.which) : undefined;
  switch (given.kind) {
    case 'post':
    case 'redeem':
      return publish(world, given);
    case 'rush to redeem':
      return rushToRedeem(world, given);
    case 'rush to accept':
      return rushToAccept(world, given);
    case 'next':
      return known && next(world, known, given);
    case 'out of turn':
      return known && outOfTurn(world, known, given);
    case 'cancel': {
      if (known === undefined) return;
      const who = given.desk || known.receiver.phone === undefined ? world.coordinator : known.receiver;
      const body = { commandId: town.ids.command(), reason: '有事' };
      const altered = { ...body, reason: '生病' };
      await world.give(known, { who, path: pathOf(known, 'cancel'), body, altered }, given.manner);
      return;
    }
    case 'wrong code': {
      if (known?.volunteer === undefined) return;
      const code = known.receiver.visitCode === '000000' ? '000001' : '000000';
      const message = {
        who: known.volunteer,
        path: pathOf(known, 'check-in'),
        body: { commandId: town.ids.command(), code },
      };
      expectRefused(await world.give(known, message, given.manner));
      return;
    }
    case 'replay':
      return world.replay(given.which);
    case 'close unfilled':
      return world.closeUnfilled();
    case 'pass':
      town.pass(given.minutes);
  }
};

const expectRefused = (done: boolean): void => {
  if (done) throw new Error('a wrong code opens no door');
};
