/**
 * The ledger's stream becomes seals. A record says only whose books changed; what is sealed is read from the
 * books. Records may come twice, late, in any order and in any batches.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  CannotSeal,
  type Changed,
  type SealReport,
  type SealWork,
  sealAccounts,
} from '@time-bank/desk/seal-accounts';
import { changedOf } from '@time-bank/store/changed-item';

/** What a stream tells of one change, as far as it is looked at. */
export interface ChangeRecord {
  sequenceNumber: string;
  keys: Record<string, AttributeValue> | undefined;
}

type Log = (line: Record<string, string | number>) => void;

/** A record with whose books it is about; one whose key says nothing is about nobody's. */
interface Told {
  sequenceNumber: string;
  changed: Changed | undefined;
}

const toldBy = ({ sequenceNumber, keys }: ChangeRecord, log: Log): Told => {
  try {
    return { sequenceNumber, changed: keys === undefined ? undefined : changedOf(keys) };
  } catch {
    log({ event: 'key_not_known', sequenceNumber });
    return { sequenceNumber, changed: undefined };
  }
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** One account that cannot be sealed does not keep the others from it. Gives the first record that failed. */
const sealEach = async (work: SealWork, told: readonly Told[], log: Log): Promise<string | undefined> => {
  const failed = new Set<string>();
  for (const [subject, own] of Map.groupBy(told, ({ changed }) => changed?.subject)) {
    try {
      await sealAccounts(
        work,
        own.flatMap(({ changed }) => changed ?? []),
      );
    } catch (error) {
      if (!(error instanceof CannotSeal)) throw error;
      log({ event: 'sealing_failed', subject: subject ?? '', name: nameOf(error) });
      for (const { sequenceNumber } of own) failed.add(sequenceNumber);
    }
  }
  return told.find(({ sequenceNumber }) => failed.has(sequenceNumber))?.sequenceNumber;
};

/** Seals what records tell of. Gives the sequence number of the first that failed, from which the stream goes on. */
export const sealRecords = async (
  work: SealWork,
  records: readonly ChangeRecord[],
  log: Log,
): Promise<string | undefined> => {
  const told = records.map((record) => toldBy(record, log));
  try {
    const report: SealReport = await sealAccounts(
      work,
      told.flatMap(({ changed }) => changed ?? []),
    );
    if (report.leaves > 0) log({ event: 'sealed', ...report });
    return undefined;
  } catch (error) {
    if (!(error instanceof CannotSeal)) {
      log({ event: 'sealing_failed', name: nameOf(error) });
      return told[0]?.sequenceNumber;
    }
  }
  try {
    return await sealEach(work, told, log);
  } catch (error) {
    log({ event: 'sealing_failed', name: nameOf(error) });
    return told[0]?.sequenceNumber;
  }
};
