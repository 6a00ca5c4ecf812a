/** What is known of anybody: name, number, address, languages, free times. Staff keep it right. */
import type { Member } from '@time-bank/contracts/member';
import type { ChangePerson, PersonView } from '@time-bank/contracts/people';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { PersonReceipt } from '@time-bank/contracts/role';
import type { Grant } from '@time-bank/identity/grant';
import { type FilePorts, changeFile, personReceipt, versionOf } from './change-file.ts';
import { revokeSignIns } from './end-sessions.ts';
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

const numberStays = {
  details: [
    { property: 'phone', message: 'is replaced by a recovery of the sign-in, with the person there' },
  ],
};

const withParticulars = (
  { phone: _phone, point: _point, ...member }: Member,
  { fileId: _fileId, version: _version, ...particulars }: ChangePerson,
): Member => ({ ...member, ...particulars });

/**
 * Writes a person's particulars over the version that was read. The grant is over the person. A number that is there
 * opens the door: it is replaced by a recovery of the sign-in and in no other way. Where there was none one is added;
 * then all sign-ins end, and a device that is new from then on waits before it moves hours (device.ts).
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile, invalid_fields (another
 * number, or none, where there is one), phone_taken, busy_try_again.
 */
export const changePerson = async (
  ports: FilePorts & Pick<Ports, 'sessions' | 'journal' | 'policies'>,
  permit: Grant<'change_particulars'>,
  member: Member,
  body: ChangePerson,
): Promise<Outcome<PersonReceipt>> => {
  const outcome = await changeFile(
    ports,
    permit,
    member,
    { body, part: 'particulars', version: body.version },
    async (before): Promise<Planned<Member>> => {
      if (before.phone !== undefined && before.phone !== body.phone)
        return refused('invalid_fields', numberStays);
      const holder = body.phone === undefined ? undefined : await ports.people.findByPhone(body.phone);
      if (holder !== undefined && holder !== before.memberId) return refused('phone_taken');
      return done(withParticulars(before, body));
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
