/** A safety alarm is given: whoever looks after the place is told at once, and the alarm stays until it is closed. */
import { newAlarm } from '@time-bank/care/alarm';
import { tell } from '@time-bank/care/notice';
import type { RequestRecord } from '@time-bank/care/request';
import type { AlarmKind } from '@time-bank/contracts/alarm';
import type { ActorId, CommandId } from '@time-bank/contracts/ids';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';

/**
 * Gives the alarm of a visit, once for each kind and visit however often it is called; gives its id. It is called
 * before the step that it belongs to is written: what is cut off between the two leaves an alarm too many, never one
 * too few. The notice goes first for the same reason; whoever reads it finds the case.
 */
export const openAlarm = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook'>,
  request: Pick<RequestRecord, 'requestId' | 'receiverId' | 'communityCode' | 'plannedStartAt'>,
  { alarm, by }: { alarm: AlarmKind; by: ActorId },
): Promise<CommandId> => {
  const { requestId, receiverId, communityCode, plannedStartAt } = request;
  const caseId = derivedCommand(plannedStartAt, ['alarm', alarm, requestId]);
  if ((await ports.caseBook.readNow('alarm', caseId)) !== undefined) return caseId;
  const at = nowOf(ports);
  await ports.journal.commit([
    tell(caseId, { kind: 'safety_alarm', to: { deskOf: communityCode }, about: { caseId }, at }),
  ]);
  await ports.caseBook.put({
    kind: 'alarm',
    caseId,
    version: 1,
    region: communityCode,
    communityCode,
    fingerprint: fingerprintOf(['alarm', alarm, requestId]),
    ...newAlarm({ alarm, elderId: receiverId, requestId, openedBy: by, openedAt: at }),
  });
  return caseId;
};
