/** What is known of anybody: name, number, address, languages, free times. Staff keep it right. */
import type { FileId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { ChangePerson, PersonView } from '@time-bank/contracts/people';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { PersonReceipt } from '@time-bank/contracts/role';
import type { CivilDate } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { type FilePorts, changeFile, personReceipt, versionOf } from './change-file.ts';
import { revokeSignIns } from './end-sessions.ts';
import { type FollowWork, followHome } from './follow-home.ts';
import type { Ports } from './ports.ts';

/** A person's particulars. The grant is over the person. */
export const readPerson = (_permit: Grant<'read_particulars'>, member: Member): Outcome<PersonView> => {
  const { memberId, communityCode, name, phone, birthDate, gender, address, point } = member;
  const { languages, skills, freeTimes } = member;
  return done({
    memberId,
    communityCode,
    version: versionOf(member),
    name,
    ...(phone === undefined ? {} : { phone }),
    birthDate,
    gender,
    address,
    ...(point === undefined ? {} : { point }),
    languages,
    skills,
    freeTimes,
  });
};

/**
 * Where somebody lived before the change of this id, for whoever sends it again after they have moved: it was theirs to
 * make. Where nothing was changed under it, where they live now.
 */
export const livedAt = async (
  ports: Pick<Ports, 'personFiles'>,
  { memberId, communityCode }: Member,
  fileId: FileId,
): Promise<CommunityCode> => {
  const kept = await ports.personFiles.readNow('former', memberId, fileId);
  return kept?.was.communityCode ?? communityCode;
};

const numberStays = {
  details: [
    { property: 'phone', message: 'is replaced by a recovery of the sign-in, with the person there' },
  ],
};

/** Where somebody is at home their roles of everyday are, too, from today on; what they are for staff elsewhere stays. */
const rolesAt = ({ communityCode, roles }: Member, to: CommunityCode, today: CivilDate): Member['roles'] =>
  communityCode === to
    ? roles
    : roles.map((grant) =>
        (grant.role === 'resident' || grant.role === 'volunteer') && grant.region === communityCode
          ? { ...grant, region: to, from: today }
          : grant,
      );

const withParticulars = (
  before: Member,
  { fileId: _fileId, version: _version, ...particulars }: ChangePerson,
  today: CivilDate,
): Member => {
  const { phone: _phone, point: _point, ...member } = before;
  const { communityCode = member.communityCode } = particulars;
  return { ...member, ...particulars, communityCode, roles: rolesAt(before, communityCode, today) };
};

/**
 * Writes a person's particulars over the version that was read. The grant is over the person. A number that is there
 * opens the door: it is replaced by a recovery of the sign-in and in no other way. Where there was none one is added;
 * then all sign-ins end, and a device that is new from then on waits before it moves hours (device.ts). Whoever moves
 * is followed by their visits to come (follow-home.ts).
 * Refuses: unknown_region, exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile,
 * invalid_fields (another number, or none, where there is one), phone_taken, busy_try_again.
 */
export const changePerson = async (
  ports: FilePorts & FollowWork & Pick<Ports, 'sessions' | 'regions'>,
  permit: Grant<'change_particulars'>,
  member: Member,
  body: ChangePerson,
): Promise<Outcome<PersonReceipt>> => {
  const { communityCode = member.communityCode } = body;
  const isMove = communityCode !== member.communityCode;
  if (isMove && (await ports.regions.read(communityCode)) === undefined) return refused('unknown_region');
  const outcome = await changeFile(
    ports,
    permit,
    member,
    { body, part: 'particulars', version: body.version },
    async (before, today): Promise<Planned<Member>> => {
      if (before.phone !== undefined && before.phone !== body.phone)
        return refused('invalid_fields', numberStays);
      const holder = body.phone === undefined ? undefined : await ports.people.findByPhone(body.phone);
      if (holder !== undefined && holder !== before.memberId) return refused('phone_taken');
      const after = withParticulars(before, body, today);
      // Before the file: whoever is cut off in between still looks after the person, and sends the same again.
      if (isMove) await followHome(ports, after, { permit, fileId: body.fileId });
      return done(after);
    },
    (leaf) => ({ receipt: personReceipt(leaf), isNewNumber: leaf.was.phone !== body.phone }),
  );
  if (outcome.kind === 'refused') return outcome;
  const { receipt, isNewNumber } = outcome.value;
  if (isNewNumber) {
    await revokeSignIns(ports, member, {
      reason: 'ended_by_staff',
      by: permit.actor.memberId,
      cause: ['phone_changed', body.fileId],
      at: receipt.at,
    });
  }
  return { kind: outcome.kind, value: receipt };
};
