/** What one visit costs, from the request to the banked hour: capacity units and round trips by the engine's account. */
import { meter } from '../store/meter.ts';
import { type Answer, type Town, aRequest, startTown } from '../town.ts';
import { type Consumed, consumed } from './consumed.ts';

/** The sum over a story, and each of its requests. */
export interface StoryCost extends Consumed {
  requests: number;
  steps: Record<string, Consumed>;
}

const add = (a: Consumed, b: Consumed): Consumed => ({
  wcu: a.wcu + b.wcu,
  rcu: a.rcu + b.rcu,
  roundTrips: a.roundTrips + b.roundTrips,
});

const live = async (town: Town): Promise<StoryCost> => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  const body = aRequest(town, elder);
  const path = `/api/requests/${body.requestId}`;
  const measure = meter(town.connection.client);
  const steps: Record<string, Consumed> = {};
  const step = async (name: string, work: () => Promise<Answer>): Promise<void> => {
    const used = await measure(async () => {
      const { status } = await work();
      if (status >= 300) throw new Error(`${name} answered ${String(status)}`);
    });
    steps[name] = consumed(used);
  };
  await step('post', () => town.ask(coordinator, 'POST', '/api/requests', body));
  await step('accept', () => town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() }));
  town.pass(60);
  const arrival = { commandId: town.ids.command(), code: elder.visitCode };
  await step('checkIn', () => town.ask(volunteer, 'POST', `${path}/check-in`, arrival));
  town.pass(60);
  const leaving = { commandId: town.ids.command() };
  await step('checkOut', () => town.ask(volunteer, 'POST', `${path}/check-out`, leaving));
  await step('confirm', () =>
    town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() }),
  );
  const total = Object.values(steps).reduce(add, { wcu: 0, rcu: 0, roundTrips: 0 });
  return { requests: Object.keys(steps).length, ...total, steps };
};

/** Lives one visit in a small town and counts. Every request is asked once, over HTTP's own types, on the engine. */
export const measureStory = async (): Promise<StoryCost> => {
  const town = await startTown();
  try {
    return await live(town);
  } finally {
    await town.stop();
  }
};
