/**
 * A lost or stolen telephone: its owner comes to a counter, is made sure of in person, and gets another number. All
 * sign-ins end, all passkeys and names at other houses are taken away, the old number is told, and a device that is
 * new moves no hours before the region's wait is over. Whoever did not ask for this calls the counter: staff freeze the account.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, type Phone, phoneOf } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { RecoverSignIn, SignInRecovered } from '@time-bank/contracts/sign-in';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedById } from './carry-out.ts';
import { revokeSignIns } from './end-sessions.ts';
import { leafOfCommand } from './enrol-staff.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { RecoveryLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import { type Ports, Unavailable } from './ports.ts';
import type { SignInRules } from './sign-in.ts';

/** Somebody may sign in with a passkey while it is taken away, and add another; not time and again. */
const TRIES_MAX = 5;

type Work = Pick<Ports, 'clock' | 'people' | 'personFiles' | 'sessions' | 'journal' | 'policies'> & {
  /** Absent where no way to send a message is set up: then nobody is told. */
  codeSender?: Ports['codeSender'] | undefined;
};

interface Order {
  permit: Grant<'recover_sign_in'>;
  member: Member;
  body: RecoverSignIn;
  phone: Phone;
}

/** The leaf of this command, new or as an earlier try left it. Refuses: exists_with_different_content. */
const keepOrder = async (
  ports: Work,
  { permit, member, body, phone }: Order,
): Promise<Planned<RecoveryLeaf>> => {
  const { memberId, communityCode } = member;
  const now = nowOf(ports);
  const { newDeviceWaitHours } = await policyNow(ports, communityCode);
  const leaf: RecoveryLeaf = {
    kind: 'recovery',
    memberId,
    fileId: leafOfCommand(body.commandId),
    version: 1,
    at: now,
    by: permit.actor.memberId,
    check: body.check,
    note: body.note,
    fingerprint: fingerprintOf([memberId, phone, body.check, body.note]),
    ...(member.phone === undefined ? {} : { oldPhone: member.phone }),
    spendsFrom: plusMinutes(now, newDeviceWaitHours * 60),
  };
  if (await ports.personFiles.put(leaf)) return done(leaf);
  const before = await ports.personFiles.readNow('recovery', memberId, leaf.fileId);
  return before?.fingerprint === leaf.fingerprint && before.by === leaf.by
    ? done(before)
    : refused('exists_with_different_content');
};

/** Refuses: changed_meanwhile, phone_taken. */
const moveNumber = async (ports: Work, { member, phone }: Order): Promise<Planned<undefined>> => {
  if (member.phone === phone) return done(undefined);
  const after = { ...member, phone, version: (member.version ?? 0) + 1 };
  if (await ports.people.change(member, after)) return done(undefined);
  const holder = await ports.people.findByPhone(phone);
  return refused(holder === undefined ? 'changed_meanwhile' : 'phone_taken');
};

/** What signs a person in beside their number. */
const waysIn = async ({ personFiles }: Work, memberId: MemberId) => {
  const [passkeys, sso, wechat] = await Promise.all([
    personFiles.listNow('passkey', memberId),
    personFiles.listNow('sso', memberId),
    personFiles.listNow('wechat', memberId),
  ]);
  return [...passkeys, ...sso, ...wechat].filter(({ removedAt }) => removedAt === undefined);
};

/** Takes all of them away, one that is used at this very moment among them: which ones a thief has added is not known. */
const removeWaysIn = async (ports: Work, { member: { memberId } }: Order): Promise<void> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const left = await waysIn(ports, memberId);
    if (left.length === 0) return;
    const removedAt = nowOf(ports);
    for (const leaf of left) {
      await ports.personFiles.move({ ...leaf, version: leaf.version + 1, removedAt });
    }
  }
  throw new Unavailable('the ways in of a person changed all the time');
};

/** A number that is switched off cannot be told; the audit log says all the same what was done. */
const tellOldNumber = async ({ codeSender }: Work, { oldPhone }: RecoveryLeaf): Promise<void> => {
  if (oldPhone === undefined || codeSender === undefined) return;
  try {
    await codeSender.sendNotice({ phone: oldPhone, kind: 'number_replaced' });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
  }
};

const receiptOf = ({ memberId, fileId, at, spendsFrom }: RecoveryLeaf): SignInRecovered => ({
  memberId,
  fileId,
  at,
  spendsFrom,
});

/**
 * Replaces the number. The grant is over the person; whoever is cut off in between sends the same again. Refuses:
 * invalid_fields, country_not_served, exists_with_different_content, id_too_old, id_from_the_future,
 * changed_meanwhile, phone_taken.
 */
export const recoverSignIn = async (
  ports: Work,
  permit: Grant<'recover_sign_in'>,
  { member, body }: { member: Member; body: RecoverSignIn },
  rules: SignInRules,
): Promise<Outcome<SignInRecovered>> => {
  const phone = phoneOf(body.phone);
  if (phone === undefined) {
    return refused('invalid_fields', {
      details: [{ property: 'phone', message: 'is not a telephone number' }],
    });
  }
  if (!rules.countries.some((country) => phone.startsWith(country))) return refused('country_not_served');
  const order = { permit, member, body, phone };
  const before = await ports.personFiles.readNow('recovery', member.memberId, leafOfCommand(body.commandId));
  if (before === undefined) {
    const byId = refusedById(body.commandId, nowOf(ports));
    if (byId !== undefined) return byId;
    const holder = await ports.people.findByPhone(phone);
    if (holder !== undefined && holder !== member.memberId) return refused('phone_taken');
  }
  const kept = await keepOrder(ports, order);
  if (kept.kind === 'refused') return kept;
  const leaf = kept.value;
  if (leaf.doneAt !== undefined) return replayed(receiptOf(leaf));
  const moved = await moveNumber(ports, order);
  if (moved.kind === 'refused') return moved;
  // The ways in first, so that nobody comes in by one of them after the sign-ins have ended.
  await removeWaysIn(ports, order);
  await revokeSignIns(ports, member, {
    reason: 'recovered',
    by: leaf.by,
    cause: ['recovered', body.commandId],
    at: leaf.at,
  });
  await tellOldNumber(ports, leaf);
  await ports.personFiles.move({ ...leaf, version: leaf.version + 1, doneAt: nowOf(ports) });
  return done(receiptOf(leaf));
};
