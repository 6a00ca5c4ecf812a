/** Whoever is at an elder's door and sees danger has help called. */
import type { RequestFacts } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { openEmergency } from './open-emergency.ts';
import type { Ports } from './ports.ts';

/** From what it was seen: a visitor's report, or a visit that was broken off. */
export type DangerSeen = 'danger' | 'broken_off_for_danger';

/**
 * Calls help for the elder of a visit, once for each visit and way of seeing, whatever is said of it when it is sent
 * again. Refuses: as `openEmergency`.
 */
export const callHelpAtVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'personFiles'>,
  { request }: Pick<RequestFacts, 'request'>,
  seen: DangerSeen,
  { volunteerId, words }: { volunteerId: MemberId; words: string | undefined },
): ReturnType<typeof openEmergency> => {
  const { requestId, receiverId: memberId, communityCode, plannedStartAt } = request;
  const cause = [seen, requestId];
  return openEmergency(
    ports,
    { elder: { memberId, communityCode }, by: volunteerId, source: 'visit', words, requestId },
    {
      commandId: derivedCommand(plannedStartAt, cause),
      fingerprint: fingerprintOf(cause),
      actorId: volunteerId,
      // The id is the service's own, and as old as the visit was planned.
      channel: 'job',
      at: nowOf(ports),
    },
  );
};
