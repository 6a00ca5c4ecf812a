/**
 * The stream of a table on a laptop: what the cloud's event source does for its consumer. Its place in the
 * stream is kept in the data folder; after a kill some records come again, which the consumer expects.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamRecord } from '@time-bank/projector/project';
import type { ChangeRecord } from '@time-bank/sealer/seal-records';
import type { Connection } from '@time-bank/store/client';
import { type StreamedTable, openStream } from '@time-bank/store/create-tables';
import * as z from 'zod/mini';
import { writeWhole } from './whole-file.ts';

const IDLE_MS = 250;
const AWAY_MS = 1000;
const BATCH = 1000;
const TRIES_MAX = 5;

/** What a stream tells of one change: all that any consumer looks at. */
export type PumpedRecord = StreamRecord & ChangeRecord;

/** Takes records in order; gives the sequence number of the first that failed. */
export type Handle = (records: PumpedRecord[]) => Promise<string | undefined>;

const Places = z.record(z.string(), z.string());

const readPlaces = (file: string): Record<string, string> => {
  try {
    return existsSync(file) ? Places.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  } catch {
    return {};
  }
};

/** One round over all shards. Gives how many records were handled, and whether one of them failed. */
const round = async (
  streams: DynamoDBStreamsClient,
  streamArn: string,
  places: Record<string, string>,
  handle: Handle,
  putAside: (failed: string) => boolean,
): Promise<{ handled: number; stuck: boolean }> => {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  let handled = 0;
  let stuck = false;
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    if (ShardId === undefined) continue;
    const place = places[ShardId];
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId,
        ...(place === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place }),
      }),
    );
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: BATCH }));
    const records = (Records ?? []).flatMap(({ dynamodb }) =>
      dynamodb?.SequenceNumber === undefined
        ? []
        : [{ sequenceNumber: dynamodb.SequenceNumber, newImage: dynamodb.NewImage, keys: dynamodb.Keys }],
    );
    const failed = await handle(records);
    const before =
      failed === undefined ? records.length : records.findIndex((each) => each.sequenceNumber === failed);
    // One that is put aside is passed over; what comes behind it is handled in the next round.
    const done = failed !== undefined && putAside(failed) ? before + 1 : before;
    const last = records[done - 1];
    if (last !== undefined) places[ShardId] = last.sequenceNumber;
    handled += done;
    stuck ||= failed !== undefined;
  }
  return { handled, stuck };
};

export interface Pump {
  /** Waits until the stream has nothing more to give. */
  drained: () => Promise<void>;
  stop: () => Promise<void>;
}

/** What a pump reads, who takes it, where it keeps how far it came. */
export interface PumpOrder {
  table: StreamedTable;
  handle: Handle;
  placeFile: string;
  log: (line: Record<string, string>) => void;
}

/** Starts to read the stream and goes on until stopped. */
export const startPump = async (
  connection: Connection,
  { table, handle, placeFile, log }: PumpOrder,
): Promise<Pump> => {
  const streamArn = await openStream(connection, table);
  const { endpoint, region, credentials } = connection.client.config;
  const streams = new DynamoDBStreamsClient({
    region,
    credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const places = readPlaces(placeFile);
  let stopping = false;
  let rounds = 0;
  let quiet = false;
  const tries = new Map<string, number>();
  // As the cloud does: after some tries the board lacks one row, not all that come behind it.
  const putAside = (failed: string): boolean => {
    const count = (tries.get(failed) ?? 0) + 1;
    tries.set(failed, count);
    if (count < TRIES_MAX) return false;
    log({ event: 'record_put_aside', sequenceNumber: failed });
    return true;
  };
  const run = async (): Promise<void> => {
    while (!stopping) {
      let pause = 0;
      try {
        const { handled, stuck } = await round(streams, streamArn, places, handle, putAside);
        quiet = handled === 0 && !stuck;
        if (handled > 0) writeWhole(placeFile, places);
        else pause = IDLE_MS;
      } catch (error) {
        log({ event: 'stream_away', name: error instanceof Error ? error.name : 'unknown' });
        pause = AWAY_MS;
      }
      rounds += 1;
      if (pause > 0) await wait(pause);
    }
  };
  const running = run();
  return {
    drained: async () => {
      // A round that began after this call and found nothing has seen all that was written before it.
      const from = rounds;
      while (rounds < from + 2 || !quiet) await wait(20);
    },
    stop: async () => {
      stopping = true;
      await running;
      streams.destroy();
    },
  };
};
