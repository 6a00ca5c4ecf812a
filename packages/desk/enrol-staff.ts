/**
 * The first passkey of somebody on the staff: a colleague who may enrol sees them in person and gives out a code, good
 * once and for a day. A stolen telephone number alone opens no office.
 */
import { type CommandId, FileId, type MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { EnrolStaff, EnrolmentGiven } from '@time-bank/contracts/sign-in';
import { civilDateOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import {
  ENROLMENT_MINUTES,
  ENROLMENT_TRIES_MAX,
  enrolmentCodeOf,
  hashEnrolmentCode,
} from '@time-bank/identity/enrolment-code';
import type { Grant } from '@time-bank/identity/grant';
import { sameHash } from '@time-bank/identity/one-time-code';
import { holdsOffice } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import type { EnrolmentLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** The leaf that a command writes shares its ULID. */
export const leafOfCommand = (commandId: CommandId): FileId => FileId.parse(`fil_${commandId.slice(4)}`);

interface Enrolment {
  member: Pick<Member, 'memberId' | 'roles'>;
  by: MemberId;
  commandId: CommandId;
}

const giveOut = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  keys: TokenKeys,
  { member: { memberId, roles }, by, commandId }: Enrolment,
): Promise<Outcome<EnrolmentGiven>> => {
  const now = nowOf(ports);
  if (!holdsOffice(roles, civilDateOf(now))) return refused('unknown_member');
  const code = enrolmentCodeOf(keys, memberId, commandId);
  const leaf: EnrolmentLeaf = {
    kind: 'enrolment',
    memberId,
    fileId: leafOfCommand(commandId),
    version: 1,
    at: now,
    by,
    codeHash: hashEnrolmentCode(keys, memberId, code),
    expiresAt: plusMinutes(now, ENROLMENT_MINUTES),
    triesLeft: ENROLMENT_TRIES_MAX,
  };
  if (await ports.personFiles.put(leaf)) return done({ memberId, code, expiresAt: leaf.expiresAt });
  const before = await ports.personFiles.readNow('enrolment', memberId, leaf.fileId);
  if (before?.by !== leaf.by || before.codeHash !== leaf.codeHash) {
    return refused('exists_with_different_content');
  }
  return replayed({ memberId, code, expiresAt: before.expiresAt });
};

/** Gives out a code. Refuses: unknown_member (nobody on the staff), exists_with_different_content. */
export const enrolStaff = (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  keys: TokenKeys,
  permit: Grant<'enrol_staff'>,
  { member, body: { commandId } }: { member: Member; body: EnrolStaff },
): Promise<Outcome<EnrolmentGiven>> => giveOut(ports, keys, { member, by: permit.actor.memberId, commandId });

/**
 * A code for the first on the staff, who has no colleague: whoever holds the keys of the installation and of its tables
 * gives it out, and it stands in the audit log as the member's own. Refuses: unknown_member.
 */
export const enrolFirst = async (
  ports: Pick<Ports, 'clock' | 'ids' | 'personFiles' | 'auditLog'>,
  keys: TokenKeys,
  member: Pick<Member, 'memberId' | 'roles' | 'communityCode'>,
): Promise<Outcome<EnrolmentGiven>> => {
  const { memberId, communityCode } = member;
  const commandId = ports.ids.command();
  const outcome = await giveOut(ports, keys, { member, by: memberId, commandId });
  if (outcome.kind === 'refused') return outcome;
  await ports.auditLog.append({
    eventId: ports.ids.event(),
    at: nowOf(ports),
    about: memberId,
    action: 'enrol_staff',
    outcome: 'done',
    subject: commandId,
    region: communityCode,
    channel: 'job',
  });
  return outcome;
};

/** Uses the code up; each wrong one takes a try off the newest enrolment. True where it was the right one, once. */
export const useEnrolment = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  keys: TokenKeys,
  memberId: MemberId,
  code: string,
): Promise<boolean> => {
  const now = nowOf(ports);
  const leaf = (await ports.personFiles.listNow('enrolment', memberId)).findLast(
    ({ usedAt, triesLeft, expiresAt }) =>
      usedAt === undefined && triesLeft > 0 && msOf(expiresAt) > msOf(now),
  );
  if (leaf === undefined) return false;
  const isRight = sameHash(leaf.codeHash, hashEnrolmentCode(keys, memberId, code));
  const next = { ...leaf, version: leaf.version + 1, triesLeft: leaf.triesLeft - 1 };
  // Whoever is slower than somebody else at the same moment has lost a try and learns nothing.
  const isMine = await ports.personFiles.move(isRight ? { ...next, usedAt: now } : next);
  return isRight && isMine;
};
