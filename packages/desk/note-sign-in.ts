/** Puts what happens at the door into the audit log: who, whether it was done, and why not; no number and no code. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import { type SignInEvent } from './audit-event.ts';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

/** What writing to the log asks of the world. */
export type NoteWork = Pick<Ports, 'clock' | 'ids' | 'auditLog'>;

/** Notes an event, good or bad. `memberId`: who it turned out to be; `subject`: the id of the thing. */
export const noteSignIn = (
  ports: NoteWork,
  action: SignInEvent,
  outcome: Outcome<unknown>,
  { memberId, subject }: { memberId?: MemberId | undefined; subject?: string | undefined } = {},
): Promise<void> =>
  ports.auditLog.append({
    eventId: ports.ids.event(),
    at: nowOf(ports),
    action,
    channel: 'web',
    ...(outcome.kind === 'refused'
      ? { outcome: 'refused', code: outcome.refusal.code }
      : { outcome: 'done', ...(memberId === undefined ? {} : { actorId: memberId }) }),
    ...(memberId === undefined ? {} : { about: memberId }),
    ...(subject === undefined ? {} : { subject }),
  });
