/** The schedule as a Lambda function; it is also woken by the care table's stream where somebody waits for a plan. */
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { connect } from '@time-bank/store/client';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { openVault } from '@time-bank/store/secret-vault';
import { readStoreSettings, readVaultSettings } from '@time-bank/store/settings';
import { jitter, systemClock } from '@time-bank/store/system';
import { type PlanRecord, workOnOrders } from './plan-orders.ts';
import { runSchedule } from './run.ts';

const vault = await openVault(readVaultSettings());
const ports = {
  clock: systemClock,
  ...dynamoPorts(connect(readStoreSettings()), vault, systemClock, jitter),
};

/** The timer's event has no records, the stream's has; every minute a timer asks for calls for help alone. */
export interface PlannerEvent {
  job?: 'emergencies';
  Records?: readonly { dynamodb?: { SequenceNumber?: string; NewImage?: PlanRecord['newImage'] } }[];
}

/** By these lines the alarms know that a run came to its end, each schedule's by its event. */
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const onStream = async (
  records: NonNullable<PlannerEvent['Records']>,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
  const orders = records.flatMap(({ dynamodb }) =>
    dynamodb?.SequenceNumber === undefined
      ? []
      : [{ sequenceNumber: dynamodb.SequenceNumber, newImage: dynamodb.NewImage }],
  );
  const failed = await workOnOrders(ports, orders, say);
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
};

export const handler = async (
  event: PlannerEvent,
): Promise<
  Awaited<ReturnType<typeof runSchedule>> | Awaited<ReturnType<typeof onStream>> | { told: number }
> => {
  if (event.Records !== undefined) return onStream(event.Records);
  if (event.job === 'emergencies') {
    const told = await keepEmergencies(ports);
    say({ event: 'emergencies', told });
    return { told };
  }
  const report = await runSchedule(ports);
  say({ event: 'schedule', ...report });
  return report;
};
