/** Bindings as elders, helpers and staff see them. */
import type { BindingList, BindingView, HelpedList, HelpedRow } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import { type MaskedPerson, type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import { isBindingInForce } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { BindingLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';
import { reachablePerson } from './request-view.ts';

/** What a list of staff shows before "more". */
const PAGE = 25;

type Lists = Pick<Ports, 'clock' | 'people' | 'personFiles'>;
type People = ReadonlyMap<MemberId, Member>;

const maskedPerson = ({ memberId, name, gender }: Member): MaskedPerson => ({
  memberId,
  surname: surnameOf(name),
  gender,
});

const termsOf = (leaf: BindingLeaf, today: CivilDate) => ({
  bindingId: leaf.fileId,
  state: leaf.state,
  kind: leaf.terms.kind,
  scopes: leaf.terms.scopes,
  spendMinutesMax: leaf.terms.spendMinutesMax,
  spentMinutes: leaf.spentMinutes,
  until: leaf.terms.until,
  proposedAt: leaf.at,
  isInForce: isBindingInForce(leaf, today),
});

const datesOf = ({ checkedAt, confirmed, ended }: BindingLeaf) => ({
  ...(checkedAt === undefined ? {} : { checkedAt }),
  ...(confirmed === undefined ? {} : { confirmedBy: confirmed.by, confirmedAt: confirmed.at }),
  ...(ended === undefined ? {} : { endedAt: ended.at }),
});

const forStaff = ({ terms: { proof, document } }: BindingLeaf) => ({
  proof,
  ...(document === undefined ? {} : { document }),
});

const viewOf = (
  leaf: BindingLeaf,
  sight: { people: People; today: CivilDate; isOfStaff: boolean },
): BindingView[] => {
  const { people, today, isOfStaff } = sight;
  const [elder, helper] = [people.get(leaf.memberId), people.get(leaf.otherId)];
  if (elder === undefined || helper === undefined) return [];
  return [
    {
      ...termsOf(leaf, today),
      ...datesOf(leaf),
      elder: maskedPerson(elder),
      helper: isOfStaff ? reachablePerson(helper) : maskedPerson(helper),
      ...(isOfStaff ? forStaff(leaf) : {}),
    },
  ];
};

const viewsOf = async (
  ports: Lists,
  permit: Grant<'list_bindings' | 'check_binding'>,
  leaves: readonly BindingLeaf[],
): Promise<BindingView[]> => {
  const ids = new Set(leaves.flatMap(({ memberId, otherId }) => [memberId, otherId]));
  const people = await ports.people.readMembers([...ids]);
  const today = civilDateOf(nowOf(ports));
  const isOfStaff = permit.via.relation === 'own_region' && !permit.isMasked;
  return leaves.flatMap((leaf) => viewOf(leaf, { people, today, isOfStaff }));
};

/** The bindings of an elder, newest first; to a helper their own alone. The grant is over the elder. */
export const listBindings = async (
  ports: Lists,
  permit: Grant<'list_bindings'>,
  { memberId }: Pick<Member, 'memberId'>,
): Promise<Outcome<BindingList>> => {
  const leaves = await ports.personFiles.listNow('binding', memberId);
  const isHelper = permit.via.relation === 'bound';
  const seen = leaves.filter(({ otherId }) => !isHelper || otherId === permit.actor.memberId);
  return done({ items: await viewsOf(ports, permit, seen.reverse()) });
};

/** The bindings of a community that wait for staff or for the elder, oldest first. Throws InvalidCursor. */
export const listWaitingBindings = async (
  ports: Lists,
  permit: Grant<'check_binding'>,
  { community, cursor }: { community: CommunityCode; cursor?: string | undefined },
): Promise<Outcome<BindingList>> => {
  const page = await ports.personFiles.listWaiting('binding', community, { limit: PAGE, cursor });
  const items = await viewsOf(ports, permit, page.items);
  return done({ items, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) });
};

/** Whoever is not bound yet, or no longer, learns nothing of the elder that they did not say themselves. */
const rowOf = (leaf: BindingLeaf, elder: Member | undefined, today: CivilDate): HelpedRow => {
  const terms = termsOf(leaf, today);
  return {
    ...terms,
    elderId: leaf.memberId,
    ...(terms.isInForce && elder !== undefined
      ? { elder: reachablePerson(elder), communityCode: elder.communityCode }
      : {}),
  };
};

/** The elders whom somebody helps, or asks to help; those in force first. */
export const listHelped = async (ports: Lists, permit: Grant<'read_me'>): Promise<Outcome<HelpedList>> => {
  const today = civilDateOf(nowOf(ports));
  const leaves = await ports.personFiles.listAbout('binding', permit.actor.memberId);
  const bound = leaves.filter((leaf) => isBindingInForce(leaf, today)).map(({ memberId }) => memberId);
  const people = bound.length === 0 ? new Map<MemberId, Member>() : await ports.people.readMembers(bound);
  const rows = leaves.map((leaf) => rowOf(leaf, people.get(leaf.memberId), today));
  return done({
    items: rows.sort((one, other) => Number(other.isInForce) - Number(one.isInForce)),
  });
};
