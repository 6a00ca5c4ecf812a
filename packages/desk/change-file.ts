/**
 * The one way in which a person's file is changed: the part as it stood is kept first, under the id of the command, then
 * the file is written over the version that was read, then the command is marked as done. Whoever is cut off in between
 * sends the same again.
 */
import type { FileId, MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { FormerPart } from '@time-bank/contracts/people';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { VolunteerReceipt } from '@time-bank/contracts/volunteering';
import type { PersonReceipt } from '@time-bank/contracts/role';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf, refusedById } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { FilePart, FormerLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** What a change of a file needs. */
export type FilePorts = Pick<Ports, 'clock' | 'people' | 'personFiles'>;

/** A change: its message, the part of the file that it replaces, and over which version where it must be that one. */
export interface FileOrder {
  body: { fileId: FileId };
  part: FilePart;
  version?: number;
}

/** A few people of the staff of one place work on one file; five at the same moment hardly ever. */
const TRIES_MAX = 5;

/** The version of a file: 0 where it was never changed. */
export const versionOf = ({ version = 0 }: Pick<Member, 'version'>): number => version;

const parts: Record<FilePart, (member: Member) => FormerPart> = {
  particulars: ({
    communityCode,
    name,
    phone,
    birthDate,
    gender,
    address,
    point,
    languages,
    skills,
    freeTimes,
  }) => ({
    communityCode,
    name,
    phone,
    birthDate,
    gender,
    address,
    point,
    languages,
    skills,
    freeTimes,
  }),
  roles: ({ roles }) => ({ roles }),
  volunteering: ({ volunteering, roles }) => ({ volunteering, roles }),
  elder_file: ({ elderFile, livingSituation, abilityLevel, languages }) => ({
    elderFile,
    livingSituation,
    abilityLevel,
    languages,
  }),
};

/** The part of a file, without what is not known. */
const partOf = (member: Member, part: FilePart): FormerPart =>
  Object.fromEntries(Object.entries(parts[part](member)).filter(([, value]) => value !== undefined));

/** What every change answers. */
export const personReceipt = (leaf: FormerLeaf): PersonReceipt => ({
  memberId: leaf.memberId,
  version: leaf.over + 1,
  at: leaf.at,
});

/** What a step of a volunteer answers. */
export const volunteerReceipt = (leaf: FormerLeaf): VolunteerReceipt => ({
  ...personReceipt(leaf),
  state: leaf.volunteerState ?? 'left',
});

interface Work {
  ports: FilePorts;
  order: FileOrder;
  by: MemberId;
  fingerprint: string;
}

const leafOf = (
  { ports, order, by, fingerprint }: Work,
  before: Member,
  after: Member,
  kept: FormerLeaf | undefined,
): FormerLeaf => ({
  kind: 'former',
  memberId: before.memberId,
  fileId: order.body.fileId,
  version: (kept?.version ?? 0) + 1,
  // Begun by a sender who was cut off, it stays the same act.
  at: kept?.at ?? nowOf(ports),
  part: order.part,
  by,
  fingerprint,
  over: versionOf(before),
  was: partOf(before, order.part),
  becomes: fingerprintOf(partOf(after, order.part)),
  state: 'begun',
  ...(order.part === 'volunteering' && after.volunteering !== undefined
    ? { volunteerState: after.volunteering.state }
    : {}),
});

const markDone = async ({ ports }: Work, leaf: FormerLeaf): Promise<void> => {
  await ports.personFiles.move({ ...leaf, version: leaf.version + 1, state: 'done' });
};

/** True where the file stands as a command that was begun would have left it; other parts may have changed since. */
const isWritten = (kept: FormerLeaf, member: Member): boolean =>
  versionOf(member) > kept.over && fingerprintOf(partOf(member, kept.part)) === kept.becomes;

/**
 * Marks what others have written and not marked, before it is written over: nobody could tell afterwards that it was
 * written once.
 */
const markOthers = async (work: Work, before: Member): Promise<void> => {
  const { order, ports } = work;
  const leaves = await ports.personFiles.listNow('former', before.memberId);
  const written = leaves.filter(
    (leaf) => leaf.state === 'begun' && leaf.fileId !== order.body.fileId && isWritten(leaf, before),
  );
  await Promise.all(written.map((leaf) => markDone(work, leaf)));
};

/** What is known of a command under its id, if it is known: where it was written and not marked yet, it is marked. */
const answerOfKept = async (
  work: Work,
  kept: FormerLeaf | undefined,
  member: Member,
): Promise<{ kind: 'kept'; leaf: FormerLeaf } | ReturnType<typeof refused> | undefined> => {
  if (kept === undefined) return refusedById(work.order.body.fileId, nowOf(work.ports));
  if (kept.fingerprint !== work.fingerprint) return refused('exists_with_different_content');
  if (kept.state === 'done') return { kind: 'kept', leaf: kept };
  if (!isWritten(kept, member)) return undefined;
  await markDone(work, kept);
  return { kind: 'kept', leaf: kept };
};

/**
 * Changes the file of `member` as it was read, once for each `fileId`. `decide` gives the file as it is to be, on the
 * day of China; it is asked again where somebody else was faster.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, changed_meanwhile, what `decide` refuses,
 * busy_try_again.
 */
export const changeFile = async <T>(
  ports: FilePorts,
  permit: Grant<Action>,
  member: Member,
  order: FileOrder,
  decide: (before: Member, today: CivilDate) => Planned<Member> | Promise<Planned<Member>>,
  receiptOf: (leaf: FormerLeaf) => T,
): Promise<Outcome<T>> => {
  const { memberId } = member;
  const by = permit.actor.memberId;
  const fingerprint = fingerprintOf([permit.action, by, memberId, order.body]);
  const work: Work = { ports, order, by, fingerprint };
  let before: Member | undefined = member;
  for (let tries = 0; tries < TRIES_MAX && before !== undefined; tries += 1) {
    const kept = await ports.personFiles.readNow('former', memberId, order.body.fileId);
    const known = await answerOfKept(work, kept, before);
    if (known !== undefined) return known.kind === 'refused' ? known : replayed(receiptOf(known.leaf));
    if (order.version !== undefined && order.version !== versionOf(before)) {
      return refused('changed_meanwhile');
    }
    const decided = await decide(before, civilDateOf(nowOf(ports)));
    if (decided.kind === 'refused') return decided;
    const after: Member = { ...decided.value, version: versionOf(before) + 1 };
    await markOthers(work, before);
    const leaf = leafOf(work, before, after, kept);
    const isKept = await (kept === undefined ? ports.personFiles.put(leaf) : ports.personFiles.move(leaf));
    if (isKept && (await ports.people.change(before, after))) {
      await markDone(work, leaf);
      return done(receiptOf(leaf));
    }
    before = await ports.people.readMember(memberId);
  }
  return refused(before === undefined ? 'unknown_member' : 'busy_try_again');
};
