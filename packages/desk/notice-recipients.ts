/**
 * Whom a notice is for: people, or whoever sits at the desk of a community today. Of what an elder hears as the one who
 * is helped, those hear, too, who are bound to them today and may do what it is about.
 */
import type { Notice } from '@time-bank/care/notice';
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { HelperScope } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, wasMerged } from '@time-bank/contracts/member';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { noticeTraits } from '@time-bank/contracts/notices';
import { type CommunityCode, type RegionCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import { type Role, isInForce } from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import { isBindingInForce } from '@time-bank/identity/binding';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

type Work = Pick<Ports, 'people' | 'clock' | 'personFiles'>;

/** Somebody whom a notice is for; `helps`: the elder whose matter it is, where they hear of it as a helper. */
export interface Recipient {
  member: Member;
  helps?: Member;
}

/** What a helper has to be allowed to hear of a kind; of kinds that are not here no helper hears by the elder. */
const helperScopes: Partial<Record<NoticeKind, HelperScope>> = {
  person_found: 'order',
  person_changed: 'order',
  visit_cancelled: 'order',
  visit_soon: 'order',
  unfilled_apology: 'order',
  request_rejected: 'order',
  series_stopped: 'order',
  series_date_short: 'order',
  activity_place: 'order',
  activity_cancelled: 'order',
  please_confirm: 'confirm',
  please_confirm_again: 'confirm',
  please_rate: 'confirm',
  correction_made: 'see_balance',
};

/** Who hears of what the desk has to do; of danger whoever answers a telephone, too. */
const deskRoles: readonly Role[] = ['coordinator'];
const dangerRoles: readonly Role[] = ['coordinator', 'counter', 'hotline'];

const holds = (member: Member, role: Role, region: RegionCode, today: CivilDate): boolean =>
  member.roles.some((grant) => grant.role === role && grant.region === region && isInForce(grant, today));

/** Those of a role nearest to a community: its own, else those of its township, else those of its county. */
export const nearestOf = async (
  ports: Pick<Ports, 'people' | 'clock'>,
  role: Role,
  communityCode: CommunityCode,
): Promise<Member[]> => {
  const today = civilDateOf(nowOf(ports));
  for (const region of [communityCode, townshipOf(communityCode), countyOf(communityCode)]) {
    const holders = (await ports.people.listHolders(role, region)).filter((member) =>
      holds(member, role, region, today),
    );
    if (holders.length > 0) return holders;
  }
  return [];
};

/** Who is bound to an elder: all who ever were, and those who are today and may do what the scope says. */
const helpersOf = async (
  ports: Work,
  elderId: MemberId,
  scope: HelperScope,
): Promise<{ ever: MemberId[]; now: MemberId[] }> => {
  const today = civilDateOf(nowOf(ports));
  const bindings = await ports.personFiles.listNow('binding', elderId);
  const may = bindings.filter(
    (binding) =>
      isBindingInForce(binding, today) &&
      (binding.terms.kind === 'guardian' || binding.terms.scopes.includes(scope)),
  );
  return {
    ever: bindings.filter(({ confirmed }) => confirmed !== undefined).map(({ otherId }) => otherId),
    now: may.map(({ otherId }) => otherId),
  };
};

/** Of people who are told, those whose own matter it is and who may have helpers: of a request its receiver. */
const eldersOf = (people: readonly MemberId[], request: RequestRecord | undefined): readonly MemberId[] =>
  request === undefined ? people : people.filter((id) => id === request.receiverId);

/**
 * People and helpers by their ids: whom each helps. Whoever was named as a helper when it was written and is bound no
 * more is taken out, unless they go there themselves.
 */
const withHelpers = async (
  ports: Work,
  people: readonly MemberId[],
  scope: HelperScope,
  request: RequestRecord | undefined,
): Promise<Map<MemberId, MemberId | undefined>> => {
  const heard = new Map<MemberId, MemberId | undefined>(people.map((id) => [id, undefined]));
  const goThere = request === undefined ? [] : volunteersOf(request);
  for (const elderId of eldersOf(people, request)) {
    const { ever, now } = await helpersOf(ports, elderId, scope);
    for (const id of ever) if (!goThere.includes(id)) heard.delete(id);
    for (const id of now) if (!heard.has(id)) heard.set(id, elderId);
  }
  return heard;
};

/**
 * Everybody whom a notice is for, each once. `request`: what it is about, where that is one. People who were erased or
 * merged into others are left out.
 */
export const recipientsOf = async (
  ports: Work,
  { to, kind }: Pick<Notice, 'to' | 'kind'>,
  request?: RequestRecord,
): Promise<Recipient[]> => {
  if ('people' in to) {
    const scope = helperScopes[kind];
    const heard =
      scope === undefined
        ? new Map<MemberId, MemberId | undefined>(to.people.map((id) => [id, undefined]))
        : await withHelpers(ports, to.people, scope, request);
    const elders = [...heard.values()].filter((id) => id !== undefined);
    const people = await ports.people.readMembers([...new Set([...heard.keys(), ...elders])]);
    return [...heard].flatMap(([id, elderId]): Recipient[] => {
      const member = people.get(id);
      if (member === undefined || wasMerged(member)) return [];
      const helps = elderId === undefined ? undefined : people.get(elderId);
      return elderId !== undefined && helps === undefined ? [] : [{ member, ...(helps && { helps }) }];
    });
  }
  const roles = noticeTraits[kind].isUrgent ? dangerRoles : deskRoles;
  const found = await Promise.all(roles.map((role) => nearestOf(ports, role, to.deskOf)));
  const desk = new Map(found.flat().map((member): [MemberId, Member] => [member.memberId, member]));
  return [...desk.values()].map((member) => ({ member }));
};
