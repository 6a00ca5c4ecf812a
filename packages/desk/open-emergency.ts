/**
 * A call for help begins, or is the same as one for which somebody is still needed. It asks for no balance and for no
 * other state of the elder. A leaf of the elder's file leads to the last call, so that two presses at once are one case.
 */
import { type EmergencyCommand, emergencyStepDone, isLive, planAgain } from '@time-bank/care/emergency';
import { tell } from '@time-bank/care/notice';
import type { EmergencyReceipt, EmergencySource } from '@time-bank/contracts/emergency';
import { type CommandId, FileId, type MemberId, type RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { countyOf } from '@time-bank/contracts/region';
import { msOf } from '@time-bank/contracts/time';
import { refusedByAge } from './carry-out.ts';
import { stepEmergency } from './emergency-step.ts';
import type { HelpLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';
import type { EmergencyCase } from './staff-case.ts';

/** A leaf whose case is not there yet: somebody is writing it, or was cut off; after a minute it stands for nothing. */
const BEGUN_MS = 60_000;

const TRIES_MAX = 5;

/**
 * Who calls: for whom, by which way, why. `by`: who is on record as having opened it; of a device, the elder.
 * `requestId`: the visit on which it was seen.
 */
export interface HelpCall {
  elder: Pick<Member, 'memberId' | 'communityCode'>;
  by: MemberId;
  source: EmergencySource;
  words?: string | undefined;
  requestId?: RequestId | undefined;
}

type Work = Pick<Ports, 'journal' | 'caseBook' | 'personFiles'>;

/** The one leaf of an elder's file that leads to their last call. */
export const helpLeafOf = (elderId: MemberId): FileId => FileId.parse(`fil_${elderId.slice(4)}`);

/** An elder's last call; undefined where there was none, or it is just being written. */
export const lastCallOf = async (
  ports: Pick<Ports, 'caseBook' | 'personFiles'>,
  elderId: MemberId,
): Promise<{ leaf?: HelpLeaf; last?: EmergencyCase }> => {
  const leaf = await ports.personFiles.readNow('help', elderId, helpLeafOf(elderId));
  if (leaf === undefined) return {};
  const last = await ports.caseBook.readNow('emergency', leaf.lastId);
  return { leaf, ...(last === undefined ? {} : { last }) };
};

/** Under which id the call stands: that of the one it is the same as, or its own, which nobody else then takes. */
const placeOf = async (
  ports: Work,
  { elder }: HelpCall,
  { commandId, at }: EmergencyCommand,
  { leaf, last }: Awaited<ReturnType<typeof lastCallOf>>,
): Promise<CommandId | undefined> => {
  if (leaf !== undefined) {
    const isBeing = last === undefined && msOf(at) - msOf(leaf.at) < BEGUN_MS;
    if (isBeing || leaf.lastId === commandId || (last !== undefined && isLive(last.state)))
      return leaf.lastId;
  }
  const next: HelpLeaf = {
    kind: 'help',
    memberId: elder.memberId,
    fileId: helpLeafOf(elder.memberId),
    version: (leaf?.version ?? 0) + 1,
    at,
    lastId: commandId,
  };
  const isMine = await (leaf === undefined ? ports.personFiles.put(next) : ports.personFiles.move(next));
  return isMine ? commandId : undefined;
};

const newCase = (caseId: CommandId, call: HelpCall, command: EmergencyCommand): EmergencyCase => ({
  kind: 'emergency',
  caseId,
  version: 1,
  region: countyOf(call.elder.communityCode),
  communityCode: call.elder.communityCode,
  openedBy: call.by,
  openedAt: command.at,
  dueAt: command.at,
  fingerprint: command.fingerprint,
  elderId: call.elder.memberId,
  source: call.source,
  ...(call.words === undefined ? {} : { words: call.words }),
  ...(call.requestId === undefined ? {} : { requestId: call.requestId }),
  state: 'open',
  calls: 1,
  isFlooded: false,
  told: 'desk',
  toldPeople: [],
  history: [
    {
      ...command,
      step: 'opened',
      state: 'open',
      rung: 'desk',
      ...(call.words === undefined ? {} : { words: call.words }),
    },
  ],
});

/**
 * Begins a case under `caseId`, and tells the desk in the same write; where it is there already, this is a
 * further call of it. Refuses: as openEmergency, and wrong_step where it has just ended.
 */
const beginOrJoin = async (
  ports: Work,
  caseId: CommandId,
  call: HelpCall,
  command: EmergencyCommand,
): Promise<Outcome<EmergencyReceipt>> => {
  let record = await ports.caseBook.readNow('emergency', caseId);
  if (record === undefined) {
    const told = tell(caseId, {
      kind: 'emergency_opened',
      to: { deskOf: call.elder.communityCode },
      about: { caseId },
      at: command.at,
    });
    const begun = newCase(caseId, call, command);
    const commit = await ports.journal.commit([told, { change: 'put_case', record: begun }]);
    if (commit.kind === 'done') {
      return done({ caseId, state: 'open', at: command.at, isJoined: false });
    }
    record = await ports.caseBook.readNow('emergency', caseId);
  }
  return record === undefined
    ? refused('busy_try_again')
    : stepEmergency(ports, record, command, (now) =>
        isLive(now.state)
          ? done({ next: planAgain(now, command, call.words), tells: [] })
          : refused('wrong_step'),
      );
};

/**
 * Opens a call for help under its command's id, once; a call while somebody is still needed joins the one that is open
 * and is counted there. Safe to send again, also after a kill half-way. The caller has leave to call for this elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const openEmergency = async (
  ports: Work,
  call: HelpCall,
  command: EmergencyCommand,
): Promise<Outcome<EmergencyReceipt>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = await lastCallOf(ports, call.elder.memberId);
    const seen =
      before.last === undefined
        ? undefined
        : emergencyStepDone(before.last.caseId, before.last.history, command);
    if (seen !== undefined) return seen;
    const byAge = command.channel === 'job' ? undefined : refusedByAge(command.commandId, command.at);
    if (byAge !== undefined) return byAge;
    const caseId = await placeOf(ports, call, command, before);
    if (caseId === undefined) continue;
    const outcome = await beginOrJoin(ports, caseId, call, command);
    // It has ended since it was looked for: this is a call of its own.
    if (outcome.kind !== 'refused' || outcome.refusal.code !== 'wrong_step') return outcome;
  }
  return refused('busy_try_again');
};
