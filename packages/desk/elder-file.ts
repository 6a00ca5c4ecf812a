/** The elder's part of a person's file: read by those who care for them, changed by staff, masked for an auditor. */
import type { ElderFile, HardshipTag } from '@time-bank/contracts/elder-file';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import type { AssessElder, ChangeElderFile, ElderFileView } from '@time-bank/contracts/people';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { PersonReceipt } from '@time-bank/contracts/role';
import { type CivilDate, ageOn, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { type FilePorts, changeFile, personReceipt, versionOf } from './change-file.ts';
import type { Ports } from './ports.ts';

const emptyFile: ElderFile = { tags: [], assessments: [], doNotPair: [], emergencyContacts: [] };

/** The newest are kept in the file; those before them stand in the former file. */
const ASSESSMENTS_MAX = 20;

/** The tags of hardship that hold on a day. */
export const tagsOn = ({ elderFile }: Pick<Member, 'elderFile'>, day: CivilDate): HardshipTag[] =>
  (elderFile?.tags ?? [])
    .filter(({ from, until }) => from <= day && (until === undefined || day <= until))
    .map(({ tag }) => tag);

/** What an auditor may see: what was decided, and not about whom. */
const maskedView = (member: Member, file: ElderFile, today: CivilDate): ElderFileView => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  age: ageOn(member.birthDate, today),
  communityCode: member.communityCode,
  version: versionOf(member),
  ...(member.abilityLevel === undefined ? {} : { abilityLevel: member.abilityLevel }),
  ...(member.livingSituation === undefined ? {} : { livingSituation: member.livingSituation }),
  languages: member.languages,
  tags: file.tags,
  doNotPair: [],
  emergencyContacts: [],
  ...(file.visitTier === undefined ? {} : { visitTier: file.visitTier }),
  assessments: file.assessments,
});

/** An elder's file as the person asking may see it. The grant is over the elder. */
export const readElderFile = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<'read_elder_file'>,
  member: Member,
): Outcome<ElderFileView> => {
  const { elderFile: file = emptyFile, name, address, phone } = member;
  const masked = maskedView(member, file, civilDateOf(nowOf(ports)));
  if (permit.isMasked) return done(masked);
  return done({ ...masked, ...file, name, address, ...(phone === undefined ? {} : { phone }) });
};

const withElderPart = (
  { livingSituation: _living, elderFile, ...member }: Member,
  { fileId: _fileId, version: _version, livingSituation, languages, ...file }: ChangeElderFile,
): Member => ({
  ...member,
  languages,
  ...(livingSituation === undefined ? {} : { livingSituation }),
  elderFile: { ...file, assessments: elderFile?.assessments ?? [] },
});

/**
 * Writes an elder's file over the version that was read. The grant is over the elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile, busy_try_again.
 */
export const changeElderFile = (
  ports: FilePorts,
  permit: Grant<'change_elder_file'>,
  member: Member,
  body: ChangeElderFile,
): Promise<Outcome<PersonReceipt>> =>
  changeFile(
    ports,
    permit,
    member,
    { body, part: 'elder_file', version: body.version },
    (before) => done(withElderPart(before, body)),
    personReceipt,
  );

const withAssessment = (member: Member, { assessment }: AssessElder): Member => {
  const { elderFile: file = emptyFile } = member;
  const assessments = [...file.assessments, assessment]
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
    .slice(-ASSESSMENTS_MAX);
  const abilityLevel = assessments.at(-1)?.level ?? assessment.level;
  return { ...member, abilityLevel, elderFile: { ...file, assessments } };
};

/**
 * Keeps an assessment; the ability level of the elder is that of the newest one. The grant is over the elder.
 * Refuses: invalid_fields (of a day to come), exists_with_different_content, id_too_old, id_from_the_future,
 * busy_try_again.
 */
export const assessElder = async (
  ports: FilePorts,
  permit: Grant<'change_elder_file'>,
  member: Member,
  body: AssessElder,
): Promise<Outcome<PersonReceipt>> => {
  if (body.assessment.on > civilDateOf(nowOf(ports))) {
    return refused('invalid_fields', {
      details: [{ property: 'assessment.on', message: 'is a day to come' }],
    });
  }
  return changeFile(
    ports,
    permit,
    member,
    { body, part: 'elder_file' },
    (before) => done(withAssessment(before, body)),
    personReceipt,
  );
};
