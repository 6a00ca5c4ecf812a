/**
 * Passkeys: made, used, listed and taken away. Everybody may have one. For somebody on the staff it opens the roles of
 * their office, so the first one asks for a code that a colleague gave out in person, and further ones for a sign-in
 * with it. Source: README "Sign-in"; NIST SP 800-63B, 6.1.2.
 */
import type { ChallengeId, FileId, MemberId } from '@time-bank/contracts/ids';
import { type Member, wasMerged } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type {
  AddPasskey,
  PasskeyList,
  PasskeyQuestion,
  PasskeyRow,
  SignInWithPasskey,
} from '@time-bank/contracts/sign-in';
import { type Instant, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import type { Actor } from '@time-bank/identity/actor';
import { CODE_MINUTES } from '@time-bank/identity/code-guard';
import type { Grant } from '@time-bank/identity/grant';
import { codeKeyOf, sameHash, secretOf } from '@time-bank/identity/one-time-code';
import { markOfCredential } from '@time-bank/identity/outside-mark';
import {
  type PasskeySite,
  checkPasskey,
  newPasskeyOptions,
  passkeyOptions,
  readNewPasskey,
} from '@time-bank/identity/passkey';
import { holdsOffice } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import { nowOf } from './carry-out.ts';
import { useEnrolment } from './enrol-staff.ts';
import { type NoteWork, noteSignIn } from './note-sign-in.ts';
import { cameStrongly, hasOfficeOpen } from './open-office.ts';
import type { PasskeyLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { type SignInAnswer, type SignInRules, type SignInWork, signInAs } from './sign-in.ts';
import type { SignedInBy } from './start-session.ts';

/** As many as anybody has devices. */
const PASSKEYS_MAX = 12;

/** The site, and the keys from which challenges are made. */
export interface PasskeyDoor {
  site: PasskeySite;
  keys: TokenKeys;
}

type Purpose = 'passkey' | 'new passkey';
type ChallengeWork = Pick<Ports, 'clock' | 'ids' | 'challenges'>;

const rowOf = (leaf: PasskeyLeaf): PasskeyRow => ({
  passkeyId: leaf.fileId,
  name: leaf.name,
  addedAt: leaf.addedAt,
  ...(leaf.lastUsedAt === undefined ? {} : { lastUsedAt: leaf.lastUsedAt }),
  isForStaff: leaf.isForStaff,
});

/** The passkeys of a person that have not been taken away, oldest first. Strongly consistent. */
export const passkeysOf = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
): Promise<PasskeyLeaf[]> =>
  (await ports.personFiles.listNow('passkey', memberId)).filter(({ removedAt }) => removedAt === undefined);

/** The challenge for the browser follows from the id that is kept, so that it can be worked out again. */
const openChallenge = async (
  ports: ChallengeWork,
  { keys }: PasskeyDoor,
  purpose: Purpose,
  memberId?: MemberId,
): Promise<{ challengeId: ChallengeId; challenge: string; expiresAt: Instant }> => {
  const challengeId = ports.ids.challenge();
  const expiresAt = plusMinutes(nowOf(ports), CODE_MINUTES);
  await ports.challenges.open({
    challengeId,
    codeHash: secretOf(codeKeyOf(keys), challengeId, `kept ${purpose}`),
    ...(memberId === undefined ? {} : { memberId }),
    expiresAt,
    triesLeft: 1,
  });
  return { challengeId, challenge: secretOf(codeKeyOf(keys), challengeId, purpose), expiresAt };
};

/** The challenge of a question that was asked for this purpose and this person, once; undefined otherwise. */
const useChallenge = async (
  ports: ChallengeWork,
  { keys }: PasskeyDoor,
  purpose: Purpose,
  { challengeId, memberId }: { challengeId: ChallengeId; memberId?: MemberId },
): Promise<string | undefined> => {
  const kept = await ports.challenges.useTry(challengeId, nowOf(ports));
  const codeKey = codeKeyOf(keys);
  if (kept === undefined || kept.memberId !== memberId) return undefined;
  if (!sameHash(kept.codeHash, secretOf(codeKey, challengeId, `kept ${purpose}`))) return undefined;
  return secretOf(codeKey, challengeId, purpose);
};

/** A question for any passkey of this site. */
export const askForPasskey = async (
  ports: ChallengeWork,
  door: PasskeyDoor,
): Promise<Outcome<PasskeyQuestion>> => {
  const { challenge, ...question } = await openChallenge(ports, door, 'passkey');
  return done({ ...question, options: await passkeyOptions(door.site, challenge) });
};

type FileWork = Pick<Ports, 'personFiles'>;

/** The passkey of a credential as it stands now; undefined where there is none or it was taken away. */
const findPasskey = async (ports: FileWork, credentialId: string): Promise<PasskeyLeaf | undefined> => {
  const found = await ports.personFiles.listAbout('passkey', markOfCredential(credentialId));
  for (const { memberId, fileId } of found) {
    const leaf = await ports.personFiles.readNow('passkey', memberId, fileId);
    if (leaf?.credentialId === credentialId && leaf.removedAt === undefined) return leaf;
  }
  return undefined;
};

/** Checks what the browser has answered and puts the counter down; a copy that was faster stops the original. */
const checkAnswer = async (
  ports: ChallengeWork & FileWork,
  door: PasskeyDoor,
  { challengeId, answer }: SignInWithPasskey,
): Promise<PasskeyLeaf | undefined> => {
  const challenge = await useChallenge(ports, door, 'passkey', { challengeId });
  const leaf = await findPasskey(ports, answer.id);
  if (challenge === undefined || leaf === undefined) return undefined;
  if (answer.response.userHandle !== leaf.userHandle) return undefined;
  const counter = await checkPasskey(door.site, challenge, leaf, answer);
  if (counter === undefined) return undefined;
  const used = { ...leaf, version: leaf.version + 1, counter, lastUsedAt: nowOf(ports) };
  return (await ports.personFiles.move(used)) ? used : undefined;
};

/** Signs in with a passkey. Refuses: passkey_not_accepted. */
export const signInWithPasskey = async (
  ports: SignInWork & ChallengeWork,
  door: PasskeyDoor,
  body: SignInWithPasskey,
  { by, rules }: { by: Pick<SignedInBy, 'deviceKey' | 'device'>; rules: SignInRules },
): Promise<Outcome<SignInAnswer>> => {
  const leaf = await checkAnswer(ports, door, body);
  const member = leaf === undefined ? undefined : await ports.people.readMember(leaf.memberId);
  if (leaf === undefined || member === undefined || wasMerged(member)) {
    const outcome = refused('passkey_not_accepted');
    await noteSignIn(ports, 'sign_in_refused', outcome);
    return outcome;
  }
  const answer = await signInAs(ports, door.keys, member, {
    ...by,
    factor: 'passkey',
    hasStaffFactor: leaf.isForStaff || rules.isCodeEnoughForStaff,
    trustsFrom: leaf.trustsFrom,
  });
  const outcome = done(answer);
  const { memberId } = member;
  await noteSignIn(ports, 'signed_in', outcome, { memberId, subject: answer.sessionId });
  return outcome;
};

/** One's own passkeys. */
export const listPasskeys = async (
  ports: FileWork,
  permit: Grant<'manage_sign_in'>,
): Promise<Outcome<PasskeyList>> =>
  done({ items: (await passkeysOf(ports, permit.actor.memberId)).map(rowOf) });

/** A question for a new passkey. Refuses: not_signed_in, passkey_needed. */
export const askForNewPasskey = async (
  ports: ChallengeWork & FileWork & Pick<Ports, 'people'>,
  door: PasskeyDoor,
  { actor }: Grant<'manage_sign_in'>,
): Promise<Outcome<PasskeyQuestion>> => {
  const member = await ports.people.readMember(actor.memberId);
  if (member === undefined) return refused('not_signed_in');
  const existing = await passkeysOf(ports, actor.memberId);
  const isOffice = holdsOffice(member.roles, civilDateOf(nowOf(ports)));
  // Staff may have been given another code in person; the rest show the passkey that they have.
  if (existing.length > 0 && !isOffice && !cameStrongly(actor)) return refused('passkey_needed');
  if (existing.length >= PASSKEYS_MAX) return refused('passkey_needed');
  const { challenge, ...question } = await openChallenge(ports, door, 'new passkey', actor.memberId);
  const options = await newPasskeyOptions(door.site, challenge, {
    userHandle: handleFor(door, question.challengeId, existing),
    name: member.name,
    has: existing.map(({ credentialId }) => credentialId),
  });
  return done({ ...question, options });
};

/** One handle for all passkeys of a person; the first one's is random and can be worked out again from the challenge. */
const handleFor = (
  { keys }: PasskeyDoor,
  challengeId: ChallengeId,
  existing: readonly PasskeyLeaf[],
): string => existing[0]?.userHandle ?? secretOf(codeKeyOf(keys), challengeId, 'user handle');

interface Right {
  isForStaff: boolean;
}

/** Whether the passkey may be added, and whether it opens offices. Refuses: code_not_accepted, passkey_needed. */
const rightToAdd = async (
  ports: NoteWork & FileWork,
  { keys }: PasskeyDoor,
  { actor, member }: { actor: Actor; member: Member },
  { enrolmentCode }: AddPasskey,
): Promise<Planned<Right>> => {
  if (enrolmentCode !== undefined) {
    const isRight = await useEnrolment(ports, keys, member.memberId, enrolmentCode);
    return isRight ? done({ isForStaff: true }) : refused('code_not_accepted');
  }
  if (holdsOffice(member.roles, civilDateOf(nowOf(ports)))) {
    return hasOfficeOpen(actor) ? done({ isForStaff: true }) : refused('passkey_needed');
  }
  const existing = await passkeysOf(ports, member.memberId);
  return existing.length > 0 && !cameStrongly(actor)
    ? refused('passkey_needed')
    : done({ isForStaff: false });
};

/** Whoever added it with a stolen number or token waits as long as for a new device. */
const trustsFromOf = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  { communityCode }: Member,
  isTrusted: boolean,
): Promise<Instant> => {
  const now = nowOf(ports);
  if (isTrusted) return now;
  return plusMinutes(now, (await policyNow(ports, communityCode)).newDeviceWaitHours * 60);
};

/**
 * A new passkey as it comes. `isOnTrusted`: the device that sends it has shown its key, and may move hours; another
 * passkey does not stand for that, for a thief of the number may have added it.
 */
export interface NewPasskey {
  body: AddPasskey;
  isOnTrusted: boolean;
}

/** Keeps a new passkey. Refuses: not_signed_in, code_not_accepted, passkey_needed, passkey_not_accepted. */
export const addPasskey = async (
  ports: ChallengeWork & NoteWork & FileWork & Pick<Ports, 'people' | 'policies'>,
  door: PasskeyDoor,
  { actor }: Grant<'manage_sign_in'>,
  { body, isOnTrusted }: NewPasskey,
): Promise<Outcome<PasskeyRow>> => {
  const { memberId } = actor;
  const add = async (): Promise<Outcome<PasskeyRow>> => {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('not_signed_in');
    const { challengeId, answer, name } = body;
    const challenge = await useChallenge(ports, door, 'new passkey', { challengeId, memberId });
    if (challenge === undefined) return refused('passkey_not_accepted');
    const made = await readNewPasskey(door.site, challenge, answer);
    if (made === undefined) return refused('passkey_not_accepted');
    const right = await rightToAdd(ports, door, { actor, member }, body);
    if (right.kind === 'refused') return right;
    // A credential that somebody has here already is not taken for a second person's.
    if ((await findPasskey(ports, made.credentialId)) !== undefined) return refused('passkey_not_accepted');
    const leaf: PasskeyLeaf = {
      kind: 'passkey',
      memberId,
      fileId: ports.ids.file(),
      version: 1,
      at: nowOf(ports),
      otherId: markOfCredential(made.credentialId),
      ...made,
      userHandle: handleFor(door, challengeId, await passkeysOf(ports, memberId)),
      name,
      addedAt: nowOf(ports),
      ...right.value,
      // A code that a colleague has given out in person is as good as a device that is known.
      trustsFrom: await trustsFromOf(ports, member, isOnTrusted || body.enrolmentCode !== undefined),
    };
    await ports.personFiles.put(leaf);
    return done(rowOf(leaf));
  };
  const outcome = await add();
  const subject = outcome.kind === 'refused' ? undefined : outcome.value.passkeyId;
  await noteSignIn(ports, 'passkey_added', outcome, { memberId, subject });
  return outcome;
};

/** Takes one of one's passkeys away. Refuses: passkey_needed (for what opens an office), unknown_file, changed_meanwhile. */
export const removePasskey = async (
  ports: NoteWork & FileWork,
  { actor }: Grant<'manage_sign_in'>,
  passkeyId: FileId,
): Promise<Outcome<PasskeyRow>> => {
  const { memberId } = actor;
  const leaf = await ports.personFiles.readNow('passkey', memberId, passkeyId);
  if (leaf === undefined || leaf.removedAt !== undefined) return refused('unknown_file');
  if (!cameStrongly(actor)) return refused('passkey_needed');
  const isMoved = await ports.personFiles.move({
    ...leaf,
    version: leaf.version + 1,
    removedAt: nowOf(ports),
  });
  const outcome = isMoved ? done(rowOf(leaf)) : refused('changed_meanwhile');
  await noteSignIn(ports, 'passkey_removed', outcome, { memberId, subject: passkeyId });
  return outcome;
};
