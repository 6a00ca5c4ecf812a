/**
 * A coordinator of a county or township collects the elders who are to be granted hours in a month. Nothing moves: the
 * list is kept until somebody else approves it.
 */
import type {
  GrantRoundList,
  GrantRoundReceipt,
  GrantRoundRow,
  GrantRoundView,
  ProposeGrants,
} from '@time-bank/contracts/granting';
import { PoolId, regionOfPool } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { CommunityCode, type RegionCode } from '@time-bank/contracts/region';
import { type Instant, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { refusedByAge } from './carry-out.ts';
import { commandOf } from './command.ts';
import { monthAfter, monthOf } from './grant-period.ts';
import { grantLines } from './order-of-need.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { GrantRound } from './staff-case.ts';

/** A round that is larger is proposed township by township. */
const ELDERS_MAX = 2_000;
/** A round that nobody has decided on is not due: the decision makes it so. */
const UNDECIDED: Instant = '9999-12-31T00:00:00.000Z';
const AT_ONCE = 8;
const CASES_A_PAGE = 25;

const totalOf = (round: Pick<GrantRound, 'lines'>): number =>
  round.lines.reduce((sum, { amountMinutes }) => sum + amountMinutes, 0);

/** What a command on a round answers, however far the round has come since. */
export const roundReceipt = (
  round: GrantRound,
  state: GrantRoundReceipt['state'],
  at: GrantRound['openedAt'],
): GrantRoundReceipt => ({
  roundId: round.caseId,
  state,
  elders: round.lines.length,
  totalMinutes: totalOf(round),
  at,
});

const residentsOf = async (
  ports: Pick<Ports, 'people' | 'regions'>,
  region: RegionCode,
): Promise<Member[]> => {
  const communities = await ports.regions.listCommunities(region);
  const members: Member[] = [];
  for (let start = 0; start < communities.length; start += AT_ONCE) {
    const lists = communities
      .slice(start, start + AT_ONCE)
      .map(({ code }) => ports.people.listResidents(CommunityCode.parse(code)));
    members.push(...(await Promise.all(lists)).flat());
  }
  return members;
};

const answerOfKept = (kept: GrantRound, fingerprint: string): Outcome<GrantRoundReceipt> =>
  kept.fingerprint === fingerprint
    ? replayed(roundReceipt(kept, 'proposed', kept.openedAt))
    : refused('exists_with_different_content');

const invalid = (property: string, message: string) =>
  refused('invalid_fields', { details: [{ property, message }] });

/**
 * Collects the elders and keeps the round. A round is for this month or the next one, out of the pool of the region
 * or of one above it. The grant is over the whole region.
 * Refuses: invalid_fields, unknown_region, unknown_pool, exists_with_different_content, id_too_old,
 * id_from_the_future, busy_try_again.
 */
export const proposeGrants = async (
  ports: Pick<Ports, 'clock' | 'people' | 'regions' | 'policies' | 'caseBook'>,
  permit: Grant<'propose_grants'>,
  body: ProposeGrants,
): Promise<Outcome<GrantRoundReceipt>> => {
  const { roundId, region, month } = body;
  const { fingerprint, at } = commandOf(ports, permit, roundId, body);
  const before = await ports.caseBook.readNow('granting', roundId);
  if (before !== undefined) return answerOfKept(before, fingerprint);
  const thisMonth = monthOf(at);
  if (![thisMonth, monthAfter(thisMonth)].includes(month)) {
    return invalid('month', 'is neither this month nor the next one');
  }
  if ((await ports.regions.read(region)) === undefined) return refused('unknown_region');
  const poolId = body.poolId ?? PoolId.parse(`pool:${region}`);
  if (!region.startsWith(regionOfPool(poolId))) return refused('unknown_pool');
  const byAge = refusedByAge(roundId, at);
  if (byAge !== undefined) return byAge;
  const policy = await policyNow(ports, region);
  const lines = grantLines(policy, await residentsOf(ports, region), month, civilDateOf(at));
  if (lines.length > ELDERS_MAX) {
    return invalid('region', `has more than ${String(ELDERS_MAX)} elders to be granted hours`);
  }
  const round: GrantRound = {
    kind: 'granting',
    caseId: roundId,
    version: 1,
    region,
    openedBy: permit.actor.memberId,
    openedAt: at,
    dueAt: UNDECIDED,
    fingerprint,
    poolId,
    month,
    lines,
    next: 0,
    state: 'proposed',
  };
  if (await ports.caseBook.put(round)) return done(roundReceipt(round, 'proposed', at));
  const kept = await ports.caseBook.readNow('granting', roundId);
  return kept === undefined ? refused('busy_try_again') : answerOfKept(kept, fingerprint);
};

const rowOf = (round: GrantRound): GrantRoundRow => {
  const { caseId, region, month, poolId, state, openedBy, openedAt, decision, lines } = round;
  return {
    roundId: caseId,
    region,
    month,
    poolId,
    state,
    openedBy,
    openedAt,
    ...(decision === undefined ? {} : { decidedBy: decision.actorId, decidedAt: decision.at }),
    grantedMinutes: totalOf({ lines: lines.filter(({ result }) => result === 'granted') }),
  };
};

/** A round with its elders and how it went with each. */
export const readGrants = (_permit: Grant<'read_grants'>, round: GrantRound): Outcome<GrantRoundView> =>
  done({ ...rowOf(round), lines: round.lines });

/** The rounds of a region that are not over, soonest due first, those that nobody has decided on last. Throws InvalidCursor. */
export const listGrants = async (
  ports: Pick<Ports, 'caseBook'>,
  _permit: Grant<'list_cases'>,
  region: RegionCode,
  cursor?: string,
): Promise<Outcome<GrantRoundList>> => {
  const { items, ...rest } = await ports.caseBook.listOpen('granting', region, {
    limit: CASES_A_PAGE,
    cursor,
  });
  return done({ items: items.map(rowOf), ...rest });
};
