/** What a merge makes of two records, what its undoing makes of them again, and how either is written. */
import { type MergeReceipt, UNDO_DAYS } from '@time-bank/contracts/merging';
import type { Member } from '@time-bank/contracts/member';
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import { versionOf } from './change-file.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { MergeLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** Two records of one person. */
export interface Pair {
  keep: Member;
  drop: Member;
}

const united = <T>(one: readonly T[], other: readonly T[], keyOf: (value: T) => unknown): T[] => [
  ...new Map([...other, ...one].map((value) => [JSON.stringify(keyOf(value)), value])).values(),
];

const nextOf = (member: Member, steps: number): Member => ({
  ...member,
  version: versionOf(member) + steps,
});

const elderFileOf = ({ keep, drop }: Pair): Pick<Member, 'elderFile'> => {
  const elderFile = keep.elderFile ?? drop.elderFile;
  if (elderFile === undefined) return {};
  // Whoever must not be sent to one of the two must not be sent to the one person that they are.
  const doNotPair = united(elderFile.doNotPair, drop.elderFile?.doNotPair ?? [], (memberId) => memberId);
  return { elderFile: { ...elderFile, doNotPair } };
};

/** Papers, ability and the like go over only where the kept record has nothing of the kind. */
const filledIn = ({ keep, drop }: Pair): Partial<Member> => {
  const volunteering = keep.volunteering ?? drop.volunteering;
  const livingSituation = keep.livingSituation ?? drop.livingSituation;
  const abilityLevel = keep.abilityLevel ?? drop.abilityLevel;
  const phone = keep.phone ?? drop.phone;
  return {
    ...(volunteering === undefined ? {} : { volunteering }),
    ...(livingSituation === undefined ? {} : { livingSituation }),
    ...(abilityLevel === undefined ? {} : { abilityLevel }),
    ...(phone === undefined ? {} : { phone }),
    ...elderFileOf({ keep, drop }),
  };
};

/** Both as a merge leaves them: one with everything, the other with no number and no role. */
export const afterMerge = ({ keep, drop }: Pair): Pair => {
  const { phone: _phone, ...rest } = drop;
  return {
    keep: nextOf(
      {
        ...keep,
        ...filledIn({ keep, drop }),
        languages: united(keep.languages, drop.languages, (language) => language),
        skills: united(keep.skills, drop.skills, (skill) => skill),
        freeTimes: united(keep.freeTimes, drop.freeTimes, (slot) => [
          slot.weekday,
          slot.fromMinute,
          slot.toMinute,
        ]),
        roles: united(keep.roles, drop.roles, ({ role, region, organisationId }) => [
          role,
          region,
          organisationId,
        ]),
      },
      1,
    ),
    drop: nextOf({ ...rest, roles: [] }, 1),
  };
};

/** Both as they were before it, in the version after next. */
export const afterUndo = ({ keep, drop }: Pair): Pair => ({ keep: nextOf(keep, 2), drop: nextOf(drop, 2) });

/** Until when a merge can be taken back. */
export const undoUntil = (at: Instant): Instant => plusMinutes(at, UNDO_DAYS * 24 * 60);

/** What a merge answers; with `undo`, what its undoing does. */
export const mergeReceipt = (leaf: MergeLeaf, undo?: MergeLeaf['undo']): MergeReceipt => {
  const { keep, drop } = (undo === undefined ? afterMerge : afterUndo)(leaf.was);
  return {
    mergeId: leaf.fileId,
    keepId: leaf.memberId,
    dropId: leaf.otherId,
    at: undo?.at ?? leaf.at,
    undoUntil: undoUntil(leaf.at),
    keepVersion: versionOf(keep),
    dropVersion: versionOf(drop),
  };
};

/** Writes a record over the one that was read. True also where it stands so already: somebody was cut off after it. */
export const isWrittenOver = async (
  ports: Pick<Ports, 'people'>,
  before: Member,
  after: Member,
): Promise<boolean> => {
  if (await ports.people.change(before, after)) return true;
  const now = await ports.people.readMember(after.memberId);
  return now !== undefined && fingerprintOf(now) === fingerprintOf(after);
};
