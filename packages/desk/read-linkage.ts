/** A card as each of the five societies may see it: what stands there of the elder is for those who look after them. */
import { wasMade } from '@time-bank/care/life';
import { isTaskDone } from '@time-bank/care/linkage';
import type { MemberId } from '@time-bank/contracts/ids';
import type { LinkageList, LinkageView } from '@time-bank/contracts/linkage';
import { type MaskedPerson, type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import type { Holder } from '@time-bank/identity/rules';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';

const CARDS_A_PAGE = 25;

/** Who reads what was found in an elder's home. */
const carers: readonly Holder[] = ['coordinator', 'social_worker', 'care_commissioner', 'township'];
/** Who reads at least what is needed. */
const helping: readonly Holder[] = [...carers, 'organisation', 'service_point', 'provider'];

/** A person of whom nothing is known any more is shown without a name. */
const masked = (memberId: MemberId, people: ReadonlyMap<MemberId, Member>): MaskedPerson => {
  const member = people.get(memberId);
  return {
    memberId,
    surname: member === undefined ? '*' : surnameOf(member.name),
    gender: member?.gender ?? 'female',
  };
};

interface Sight {
  holder: Holder;
  people: ReadonlyMap<MemberId, Member>;
  isVisited: boolean;
}

const viewOf = (card: LinkageRecord, { holder, people, isVisited }: Sight): LinkageView => {
  const { finding, outcome, serviceCode, plannedMinutes, requestId } = card;
  const isCarer = carers.includes(holder);
  return {
    caseId: card.caseId,
    state: card.state,
    elder: masked(card.elderId, people),
    communityCode: card.communityCode,
    source: card.source,
    ...(helping.includes(holder) ? { need: card.need } : {}),
    tasks: card.tasks.map((task) => ({ ...task, isDone: isTaskDone(card, task.society, isVisited) })),
    ...(serviceCode === undefined ? {} : { serviceCode }),
    ...(plannedMinutes === undefined ? {} : { plannedMinutes }),
    ...(isCarer && finding !== undefined ? { finding } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    resources: card.gifts,
    ...(isCarer && outcome !== undefined ? { outcome } : {}),
    steps: card.history.map(({ step, at, society, actorId }) => ({
      step,
      at,
      society,
      by: masked(actorId, people),
    })),
  };
};

const viewsOf = async (
  ports: Pick<Ports, 'people' | 'careBook'>,
  holder: Holder,
  cards: readonly LinkageRecord[],
): Promise<LinkageView[]> => {
  const ids = cards.flatMap(({ elderId, history }) => [elderId, ...history.map(({ actorId }) => actorId)]);
  const [people, visits] = await Promise.all([
    ports.people.readMembers([...new Set(ids)]),
    Promise.all(
      cards.map(({ requestId }) =>
        requestId === undefined ? Promise.resolve(undefined) : ports.careBook.readRequestNow(requestId),
      ),
    ),
  ]);
  return cards.map((card, index) => {
    const visit = visits[index]?.request;
    const isVisited = visit !== undefined && wasMade(visit.state);
    return viewOf(card, { holder, people, isVisited });
  });
};

/** One card. The grant is over its community. */
export const readLinkage = async (
  ports: Pick<Ports, 'people' | 'careBook'>,
  permit: Grant<'read_linkage'>,
  card: LinkageRecord,
): Promise<Outcome<LinkageView>> => {
  const [view] = await viewsOf(ports, permit.via.holder, [card]);
  if (view === undefined) throw new Error('a card has a view');
  return done(view);
};

/** The open cards of a community, 25 a page, those that nothing was done about for longest first. Throws InvalidCursor. */
export const listLinkages = async (
  ports: Pick<Ports, 'people' | 'careBook' | 'caseBook'>,
  permit: Grant<'list_linkages'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<LinkageList>> => {
  const page = await ports.caseBook.listOpen('linkage', community, { limit: CARDS_A_PAGE, cursor });
  const { items, ...rest } = page;
  return done({ items: await viewsOf(ports, permit.via.holder, items), ...rest });
};
