/** What is done about a call for help: staff answer, send, arrive, hand over, review, close; the elder takes it back. */
import { isLive, planMistake, planMove } from '@time-bank/care/emergency';
import { type NoticeChange, tell } from '@time-bank/care/notice';
import type { EmergencyReceipt, MoveEmergency, TakeBackEmergency } from '@time-bank/contracts/emergency';
import type { CommandId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { type EmergencyMove, emergencyCommand, stepEmergency } from './emergency-step.ts';
import { emergencyDueAt } from './keep-emergencies.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { EmergencyCase } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'policies'>;

/** Family, township and county hear how it ended, where they heard that it began. */
const overTold = (record: EmergencyCase, next: EmergencyCase, at: Instant): NoticeChange[] =>
  !isLive(record.state) || isLive(next.state) || next.toldPeople.length === 0
    ? []
    : [
        tell(`${next.caseId}.${String(next.history.length)}`, {
          kind: 'emergency_over',
          to: { people: next.toldPeople },
          about: { caseId: next.caseId },
          at,
        }),
      ];

const withLadder = async (
  ports: Work,
  record: EmergencyCase,
  planned: Planned<EmergencyCase>,
  at: Instant,
): Promise<Planned<EmergencyMove>> => {
  if (planned.kind === 'refused') return planned;
  const times = await policyNow(ports, record.communityCode);
  const next = { ...planned.value, dueAt: emergencyDueAt(planned.value, times, at) };
  return done({ next, tells: overTold(record, next, at) });
};

const said = (record: { caseId: CommandId }, body: unknown) => [record.caseId, body];

/**
 * Staff do the next thing about a call. The grant is over its community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, case_closed, busy_try_again.
 */
export const moveEmergency = (
  ports: Work,
  permit: Grant<'move_emergency'>,
  asRead: EmergencyCase,
  body: MoveEmergency,
): Promise<Outcome<EmergencyReceipt>> => {
  const command = emergencyCommand(ports, permit, body.commandId, said(asRead, body));
  return stepEmergency(ports, asRead, command, (record) =>
    withLadder(ports, record, planMove(record, command, body), command.at),
  );
};

/**
 * The elder, or a helper, says that it was a mistake: nobody further is told, and the desk still looks at it.
 * The grant is over the elder. Refuses: as moveEmergency.
 */
export const takeBackEmergency = (
  ports: Work,
  permit: Grant<'take_back_emergency'>,
  asRead: EmergencyCase,
  body: TakeBackEmergency,
): Promise<Outcome<EmergencyReceipt>> => {
  const command = emergencyCommand(ports, permit, body.commandId, said(asRead, body));
  return stepEmergency(ports, asRead, command, (record) =>
    withLadder(ports, record, planMistake(record, command), command.at),
  );
};
