/**
 * Signing in by way of another house: single sign-on, or WeChat. Whose name there is whose here was bound beforehand,
 * by the person or by staff; single sign-on also finds a person by the number that the provider has verified. Both
 * count like a telephone; a name at single sign-on that a colleague has bound, or its owner from an open office, opens
 * offices. Source: README "Sign-in".
 */
import type { ChallengeId, MemberId } from '@time-bank/contracts/ids';
import { type Member, wasMerged } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type {
  BindSso,
  DeviceMark,
  OutsideBound,
  OutsideStarted,
  OutsideWay,
  ReturnFromOutside,
  StartOutside,
} from '@time-bank/contracts/sign-in';
import { civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { OidcProvider, OidcSecrets } from '@time-bank/identity/oidc';
import { codeKeyOf, hashCode, sameHash, secretOf } from '@time-bank/identity/one-time-code';
import { OutsideUnavailable } from '@time-bank/identity/outside-fetch';
import { markOfOutside } from '@time-bank/identity/outside-mark';
import { holdsOffice } from '@time-bank/identity/session-limits';
import type { TokenKeys } from '@time-bank/identity/token';
import type { WechatHouse } from '@time-bank/identity/wechat';
import { nowOf } from './carry-out.ts';
import { leafOfCommand } from './enrol-staff.ts';
import { type NoteWork, noteSignIn } from './note-sign-in.ts';
import { hasOfficeOpen } from './open-office.ts';
import type { SsoLeaf, WechatLeaf } from './person-leaf.ts';
import { type Ports, Unavailable } from './ports.ts';
import { type SignInAnswer, type SignInRules, type SignInWork, signInAs } from './sign-in.ts';
import type { SignedInBy } from './start-session.ts';

/** People come back from another house within ten minutes. */
const AWAY_MINUTES = 10;

/** The houses that are set up, and what stands for names there: the same for the same name, nothing to others. */
export interface OutsideHouses {
  keys: TokenKeys;
  mark: (kind: string, value: string) => string;
  sso?: OidcProvider;
  wechat?: WechatHouse;
}

type ChallengeWork = Pick<Ports, 'clock' | 'ids' | 'challenges'>;
type FindWork = Pick<Ports, 'personFiles' | 'people'>;

const secretsOf = (keys: TokenKeys, challengeId: ChallengeId): OidcSecrets => ({
  state: challengeId,
  nonce: secretOf(codeKeyOf(keys), challengeId, 'nonce'),
  verifier: secretOf(codeKeyOf(keys), challengeId, 'verifier'),
});

const hashOf = (keys: TokenKeys, way: OutsideWay, challengeId: ChallengeId, device: DeviceMark): string =>
  hashCode(codeKeyOf(keys), { challengeId, device, code: `outside ${way}` });

/** What the other house does not answer is not there. */
const orUnavailable = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OutsideUnavailable) throw new Unavailable(error.message, { cause: error });
    throw error;
  }
};

/** Where to send the browser. Refuses: unavailable where the house is not set up. Throws Unavailable. */
export const startOutside = async (
  ports: ChallengeWork,
  { keys, sso, wechat }: OutsideHouses,
  { way, device }: StartOutside,
): Promise<Outcome<OutsideStarted>> => {
  const challengeId = ports.ids.challenge();
  const url =
    way === 'sso'
      ? await orUnavailable(async () => sso?.startUrl(secretsOf(keys, challengeId)))
      : wechat?.startUrl(challengeId);
  if (url === undefined) return refused('unavailable');
  const expiresAt = plusMinutes(nowOf(ports), AWAY_MINUTES);
  await ports.challenges.open({
    challengeId,
    codeHash: hashOf(keys, way, challengeId, device),
    expiresAt,
    triesLeft: 1,
  });
  return done({ challengeId, url, expiresAt });
};

interface Outsider {
  mark: MemberId;
  phone?: Member['phone'] | undefined;
}

/** Who came back on the device that left, once; undefined where that is not to be believed. */
const outsiderOf = async (
  ports: ChallengeWork,
  { keys, mark: nameMark, sso, wechat }: OutsideHouses,
  { way, challengeId, code, device }: ReturnFromOutside,
): Promise<Outsider | undefined> => {
  const kept = await ports.challenges.useTry(challengeId, nowOf(ports));
  if (kept === undefined || !sameHash(kept.codeHash, hashOf(keys, way, challengeId, device)))
    return undefined;
  if (way === 'wechat') {
    const openid = await orUnavailable(async () => wechat?.personOf(code));
    if (openid === undefined || wechat === undefined) return undefined;
    return { mark: markOfOutside(nameMark, `wechat ${wechat.appId}`, openid) };
  }
  const nowMs = ports.clock.nowMs();
  const person = await orUnavailable(async () => sso?.personOf(code, secretsOf(keys, challengeId), nowMs));
  if (person === undefined || sso === undefined) return undefined;
  return { mark: markOfOutside(nameMark, sso.issuer, person.subject), phone: person.phone };
};

/** The binding of a name as it stands now; undefined where there is none or it was taken away. */
const boundTo = async (
  { personFiles }: Pick<Ports, 'personFiles'>,
  way: OutsideWay,
  mark: MemberId,
): Promise<SsoLeaf | WechatLeaf | undefined> => {
  for (const { memberId, fileId } of await personFiles.listAbout(way, mark)) {
    const leaf = await personFiles.readNow(way, memberId, fileId);
    if (leaf !== undefined && leaf.removedAt === undefined) return leaf;
  }
  return undefined;
};

interface Found {
  member: Member;
  opensOffices: boolean;
}

/** Who it is here. A number opens no office, whoever has verified it: it may be stolen. */
const findMember = async (
  ports: FindWork,
  way: OutsideWay,
  { mark, phone }: Outsider,
): Promise<Found | undefined> => {
  const leaf = await boundTo(ports, way, mark);
  const byNumber = async () => (phone === undefined ? undefined : ports.people.findByPhone(phone));
  const memberId = leaf?.memberId ?? (await byNumber());
  const member = memberId === undefined ? undefined : await ports.people.readMember(memberId);
  if (member === undefined || wasMerged(member)) return undefined;
  return { member, opensOffices: leaf?.isForStaff === true };
};

/** Signs in. Refuses: code_not_accepted, whether the code is wrong, old, of another device, or nobody's here. Throws Unavailable. */
export const signInOutside = async (
  ports: SignInWork & ChallengeWork,
  houses: OutsideHouses,
  body: ReturnFromOutside,
  { by, rules }: { by: Pick<SignedInBy, 'deviceKey' | 'device'>; rules: SignInRules },
): Promise<Outcome<SignInAnswer>> => {
  const outsider = await outsiderOf(ports, houses, body);
  const found = outsider === undefined ? undefined : await findMember(ports, body.way, outsider);
  if (found === undefined) {
    const outcome = refused('code_not_accepted');
    await noteSignIn(ports, 'sign_in_refused', outcome);
    return outcome;
  }
  const { member, opensOffices } = found;
  const answer = await signInAs(ports, houses.keys, member, {
    ...by,
    factor: body.way,
    hasStaffFactor: opensOffices || rules.isCodeEnoughForStaff,
  });
  const outcome = done(answer);
  const { memberId } = member;
  await noteSignIn(ports, 'signed_in', outcome, { memberId, subject: answer.sessionId });
  return outcome;
};

/**
 * Binds a name at another house to oneself. Somebody on the staff does so from their open office; what others bind
 * opens no office later either. Refuses: not_signed_in, code_not_accepted, passkey_needed, already_bound. Throws
 * Unavailable.
 */
export const bindOutside = async (
  ports: NoteWork & ChallengeWork & FindWork,
  houses: OutsideHouses,
  { actor }: Grant<'manage_sign_in'>,
  body: ReturnFromOutside,
): Promise<Outcome<OutsideBound>> => {
  const { memberId } = actor;
  const bind = async (): Promise<Outcome<OutsideBound>> => {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('not_signed_in');
    const isOffice = holdsOffice(member.roles, civilDateOf(nowOf(ports)));
    if (isOffice && !hasOfficeOpen(actor)) return refused('passkey_needed');
    const outsider = await outsiderOf(ports, houses, body);
    if (outsider === undefined) return refused('code_not_accepted');
    if ((await boundTo(ports, body.way, outsider.mark)) !== undefined) return refused('already_bound');
    const [fileId, at] = [ports.ids.file(), nowOf(ports)];
    const isForStaff = body.way === 'sso' && isOffice;
    const leaf = { memberId, fileId, version: 1, at, otherId: outsider.mark, by: memberId, isForStaff };
    await ports.personFiles.put({ kind: body.way, ...leaf });
    return done({ fileId, way: body.way, memberId, at });
  };
  const outcome = await bind();
  const subject = outcome.kind === 'refused' ? undefined : outcome.value.fileId;
  await noteSignIn(ports, 'outside_bound', outcome, { memberId, subject });
  return outcome;
};

/**
 * Staff bind what somebody is called at the provider of single sign-on. The grant is over the person. Refuses:
 * already_bound, unavailable where there is no provider.
 */
export const bindSso = async (
  ports: Pick<Ports, 'clock' | 'personFiles' | 'people'>,
  { mark: nameMark, sso }: OutsideHouses,
  permit: Grant<'enrol_staff'>,
  { member, body }: { member: Member; body: BindSso },
): Promise<Outcome<OutsideBound>> => {
  if (sso === undefined) return refused('unavailable');
  const { memberId } = member;
  const mark = markOfOutside(nameMark, sso.issuer, body.subject);
  const fileId = leafOfCommand(body.commandId);
  const before = await ports.personFiles.readNow('sso', memberId, fileId);
  if (before !== undefined) {
    return before.otherId === mark
      ? replayed({ fileId, way: 'sso', memberId, at: before.at })
      : refused('exists_with_different_content');
  }
  if ((await boundTo(ports, 'sso', mark)) !== undefined) return refused('already_bound');
  const at = nowOf(ports);
  await ports.personFiles.put({
    kind: 'sso',
    memberId,
    fileId,
    version: 1,
    at,
    otherId: mark,
    by: permit.actor.memberId,
    isForStaff: true,
  });
  return done({ fileId, way: 'sso', memberId, at });
};
