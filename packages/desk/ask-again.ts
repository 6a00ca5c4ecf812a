/** What waits for a word of the desk: it is asked again once a day, and not for ever. */
import { type RequestRecord, touched } from '@time-bank/care/request';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { plusMinutes } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { tellDesk } from './tell-steps.ts';

/** Between two askings. */
const A_DAY = 24 * 60;
/** Whoever has not answered by then will not: what happens by itself then is said beforehand, in the notice. */
const ASKED_MAX = 3;

/** True where the desk has been asked as often as it is asked. */
export const isGivenUp = ({ told = 0 }: Pick<RequestRecord, 'told'>): boolean => told >= ASKED_MAX;

/** Asks the desk, and looks again in a day. */
export const askDesk = async (
  ports: Pick<Ports, 'clock' | 'journal'>,
  request: RequestRecord,
  kind: NoticeKind,
): Promise<boolean> => {
  const at = nowOf(ports);
  const told = (request.told ?? 0) + 1;
  const stepId = `${request.requestId}.${String(request.history.length)}.${String(told)}`;
  const commit = await ports.journal.commit([
    touched(request, { told, dueAt: plusMinutes(at, A_DAY) }),
    tellDesk({ stepId, at }, request, kind),
  ]);
  return commit.kind === 'done';
};
