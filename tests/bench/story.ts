/** What one visit costs, from the request to the banked hour: capacity units and round trips by the engine's account. */
import { type Town, aRequest, startTown } from '../town.ts';
import { type Consumed, meter } from './meter.ts';

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

const live = async (town: Town, take: () => Consumed): Promise<StoryCost> => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  const body = aRequest(town, elder);
  const path = `/api/requests/${body.requestId}`;
  const steps: Record<string, Consumed> = {};
  take();
  const step = async (name: string, work: () => Promise<{ status: number }>): Promise<void> => {
    const { status } = await work();
    if (status >= 300) throw new Error(`${name} answered ${String(status)}`);
    steps[name] = take();
  };
  await step('post', () => town.ask(coordinator, 'POST', '/api/requests', body));
  await step('accept', () => town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() }));
  town.pass(60);
  await step('checkIn', () =>
    town.ask(volunteer, 'POST', `${path}/check-in`, { commandId: town.ids.command(), code: elder.visitCode }),
  );
  town.pass(60);
  await step('checkOut', () =>
    town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() }),
  );
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
    return await live(town, meter(town.connection.client).take);
  } finally {
    await town.stop();
  }
};
