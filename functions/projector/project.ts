/**
 * The care table's stream becomes the week's board. Records of one item come in order, of two items in any;
 * any record may come twice. A record that cannot be handled stops its batch there, and only from there on.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keepWeek } from '@time-bank/desk/keep-week';
import type { Ports } from '@time-bank/desk/ports';
import { decodeWeekRequest, isRequestItem } from '@time-bank/store/request-item';

/** What a stream tells of one change. */
export interface StreamRecord {
  sequenceNumber: string;
  newImage: Record<string, AttributeValue> | undefined;
}

/** Handles records in order. Gives the sequence number of the first that failed, from which the stream goes on. */
export const project = async (
  ports: Pick<Ports, 'weekBook'>,
  records: readonly StreamRecord[],
  log: (line: Record<string, string>) => void,
): Promise<string | undefined> => {
  for (const { sequenceNumber, newImage } of records) {
    if (newImage === undefined || !isRequestItem(newImage)) continue;
    try {
      await keepWeek(ports, decodeWeekRequest(newImage));
    } catch (error) {
      log({
        event: 'projection_failed',
        sequenceNumber,
        name: error instanceof Error ? error.name : 'unknown',
      });
      return sequenceNumber;
    }
  }
  return undefined;
};
