/** A copy of everything that the service knows of a person, for that person or their guardian; no secret is in it. */
import type { RequestFacts } from '@time-bank/care/request';
import { type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { OwnCopy } from '@time-bank/contracts/privacy';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { presentWish } from './ask-about-data.ts';
import { nowOf } from './carry-out.ts';
import { consentsOf } from './consent.ts';
import { ownRecordsOf } from './own-records.ts';
import type { Page, Ports } from './ports.ts';
import { balanceOf, lineOf, serviceWordsOf } from './read-account.ts';
import { viewsOf } from './request-view.ts';

/** Lines of the statement in one copy; the rest follows behind the cursor. */
const LINES_A_COPY = 1000;
/** Requests of each kind: at one a week, more than nine years. */
const REQUESTS_MAX = 500;
const REQUESTS_A_PAGE = 100;

const allOf = async (
  list: (page: { limit: number; cursor?: string | undefined }) => Promise<Page<RequestFacts>>,
): Promise<RequestFacts[]> => {
  const all: RequestFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: REQUESTS_A_PAGE, cursor });
    all.push(...page.items);
    ({ cursor } = page);
  } while (cursor !== undefined && all.length < REQUESTS_MAX);
  return all;
};

const helpersOf = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
): Promise<Pick<OwnCopy, 'helpers' | 'helped'>> => {
  const [own, others] = await Promise.all([
    ports.personFiles.listNow('binding', memberId),
    ports.personFiles.listAbout('binding', memberId),
  ]);
  return {
    helpers: own.map(({ otherId, state, terms, at }) => ({ helperId: otherId, state, terms, at })),
    helped: others.map(({ memberId: elderId, state, terms, at }) => ({ elderId, state, terms, at })),
  };
};

type Work = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'policies' | 'personFiles' | 'caseBook' | 'inbox'
>;

/** The copy. Refuses: unknown_account. Throws InvalidCursor. */
export const readOwnCopy = async (
  ports: Work,
  permit: Grant<'read_own_file'>,
  member: Member,
  cursor?: string,
): Promise<Outcome<OwnCopy>> => {
  const { memberId } = member;
  const isOwn = permit.via.relation === 'own';
  const [balance, lines, received, visited, bound, cards, consents, wishes, records] = await Promise.all([
    balanceOf(ports, accountOf(memberId)),
    ports.journal.listEntriesNow(accountOf(memberId), { limit: LINES_A_COPY, cursor }),
    allOf((page) => ports.careBook.listReceived(memberId, page)),
    // Whom a ward has visited is the affair of others: their guardian sees no homes of strangers.
    isOwn ? allOf((page) => ports.careBook.listVisited(memberId, page)) : [],
    helpersOf(ports, memberId),
    ports.personFiles.listNow('card', memberId),
    consentsOf(ports, memberId),
    ports.personFiles.listNow('wish', memberId),
    ownRecordsOf(ports, member),
  ]);
  if (balance.kind === 'refused') return refused('unknown_account');
  const [receivedViews, visitedViews, words] = await Promise.all([
    viewsOf(ports, permit, received),
    viewsOf(ports, permit, visited),
    serviceWordsOf(ports, lines.items),
  ]);
  return done({
    madeAt: nowOf(ports),
    member,
    balance: balance.value,
    entries: lines.items.map((entry) => lineOf(entry, { serviceWords: words.get(entry) })),
    ...(lines.cursor === undefined ? {} : { cursor: lines.cursor }),
    received: receivedViews,
    visited: visitedViews,
    ...bound,
    cards: cards.map(({ fileId, state, at }) => ({ cardId: fileId, state, at })),
    consents,
    wishes: wishes.map(presentWish),
    ...records,
    planned: records.planned.filter(({ as }) => isOwn || as === 'elder'),
  });
};
