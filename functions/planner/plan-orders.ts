/**
 * The care table's stream as it tells of plans that somebody waits for: they are worked on at once, and those whose
 * worker was killed by the next run of the schedule.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type PlanWork, workOnPlan } from '@time-bank/desk/work-on-plan';
import { weekPlanOrderOf } from '@time-bank/store/case-item';

/** What a stream tells of one change. */
export interface PlanRecord {
  sequenceNumber: string;
  newImage: Record<string, AttributeValue> | undefined;
}

/** Works on the plans that are waited for. Gives the sequence number of the first that failed. */
export const workOnOrders = async (
  ports: PlanWork,
  records: readonly PlanRecord[],
  log: (line: Record<string, string>) => void,
): Promise<string | undefined> => {
  for (const { sequenceNumber, newImage } of records) {
    const caseId = newImage && weekPlanOrderOf(newImage);
    if (caseId === undefined) continue;
    try {
      await workOnPlan(ports, caseId);
    } catch (error) {
      log({ event: 'plan_failed', sequenceNumber, name: error instanceof Error ? error.name : 'unknown' });
      return sequenceNumber;
    }
  }
  return undefined;
};
