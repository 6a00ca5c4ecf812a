/**
 * One wave of asking: who is asked is written on the request, into their diaries and into the outbox in one
 * transaction, so that nobody is asked twice and no ask is lost.
 */
import { type DiaryChange, asksInWeek, noteAsk } from '@time-bank/care/diary';
import { tell } from '@time-bank/care/notice';
import { type RequestRecord, touched } from '@time-bank/care/request';
import type { AskReceipt } from '@time-bank/contracts/asking';
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Asked } from '@time-bank/contracts/visiting';
import { WAVES_MAX, type WaveRules, nextWaveAt, whomToAsk } from '@time-bank/matching/waves';
import { nowOf } from './carry-out.ts';
import { type CandidateBooks, type Shortlist, shortlistFor } from './list-candidates.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Change } from './ports.ts';
import { silentVolunteers } from './silent-volunteers.ts';

/** Of two who ask in the same moment, one decides again. */
const TRIES_MAX = 5;

/** What a wave answers, now and whenever it is asked for again. */
const receiptOf = (rules: WaveRules, request: RequestRecord, asked: Asked): AskReceipt => {
  const nextAt = nextWaveAt(rules, asked, request);
  return {
    requestId: request.requestId,
    wave: asked.wave,
    at: asked.at,
    asked: asked.to.length,
    ...(nextAt === undefined ? {} : { nextAt }),
  };
};

/** Whom a wave asks, and what is to be written of it. `silent`: who wants no asks. */
const planWave = (
  { opening, considered, ranked }: Shortlist,
  silent: ReadonlySet<MemberId>,
  by: CommandId | undefined,
): { asked: Asked; changes: Change[] } => {
  const { request, policy, at } = opening;
  const diaries = new Map(
    considered.flatMap(({ member, diary }) =>
      diary === undefined ? [] : [[member.memberId, diary] as const],
    ),
  );
  const to = whomToAsk(policy, request.asked, ranked, (volunteerId) => {
    const diary = diaries.get(volunteerId);
    return {
      asksInWeek: diary === undefined ? 0 : asksInWeek(diary, at),
      isSilent: silent.has(volunteerId),
    };
  });
  const wave = (request.asked?.wave ?? 0) + 1;
  // A wave of the clock keeps the command before it: whoever sends that once more asks nobody anew.
  const last = by ?? request.asked?.by;
  const asked: Asked = { wave, at, to: [...(request.asked?.to ?? []), ...to], ...(last && { by: last }) };
  const noted = to.flatMap((volunteerId): DiaryChange[] => {
    const diary = diaries.get(volunteerId);
    return diary === undefined ? [] : [noteAsk(diary, at)];
  });
  return { asked, changes: [touched(request, { asked }), ...noted, ...asking(request, asked, to)] };
};

/**
 * The word to those who are asked; none where nobody is. The version names it: a visit that was given back has a first
 * wave once more.
 */
const asking = (
  { requestId, version, plannedStartAt }: RequestRecord,
  { at }: Asked,
  to: readonly MemberId[],
): Change[] =>
  to.length === 0
    ? []
    : [
        tell(`${requestId}.${String(version)}`, {
          kind: 'asked',
          to: { people: to },
          about: { requestId },
          at,
          until: plannedStartAt,
        }),
      ];

/** True where a visit can still be taken by somebody who reads of it now. */
const isStillOpen = (ports: CandidateBooks, { state, plannedStartAt }: RequestRecord): boolean =>
  state === 'published' && plannedStartAt > nowOf(ports);

/** What is to be asked: whose turn it is, and whether it is still the one that was meant. */
export interface Wave {
  /** The command of somebody at the desk. */
  by?: CommandId;
  /** The number of waves before it; where another one was sent meanwhile, this one is not. */
  after?: number;
}

const tryWave = async (
  ports: CandidateBooks,
  request: RequestRecord,
  { by }: Wave,
): Promise<Planned<AskReceipt> | { kind: 'stale' }> => {
  const shortlist = await shortlistFor(ports, request, new Set(request.asked?.to));
  if (shortlist.kind === 'refused') return shortlist;
  const { considered, ranked } = shortlist.value;
  const likely = new Set(ranked.map(({ volunteerId }) => volunteerId));
  const members = considered.map(({ member }) => member).filter(({ memberId }) => likely.has(memberId));
  const silent = await silentVolunteers(ports, members);
  const { asked, changes } = planWave(shortlist.value, silent, by);
  const commit = await ports.journal.commit(changes);
  if (commit.kind === 'done') return done(receiptOf(shortlist.value.opening.policy, request, asked));
  return commit.kind === 'refused' ? { kind: 'refused', refusal: commit.refusal } : { kind: 'stale' };
};

/** What stands already: this very command, or as many waves as there may be. */
const answered = async (
  ports: CandidateBooks,
  request: RequestRecord,
  { by, after }: Wave,
): Promise<Outcome<AskReceipt> | undefined> => {
  const { asked } = request;
  if (asked === undefined) return undefined;
  const isRepeat = by !== undefined && asked.by === by;
  const isOver = asked.wave >= WAVES_MAX || (after !== undefined && asked.wave !== after);
  if (!isRepeat && !isOver) return undefined;
  const policy = await policyOfRecord(ports, request);
  return policy.kind === 'refused' ? policy : replayed(receiptOf(policy.value, request, asked));
};

/**
 * Sends the next wave for a request. The last command that sent one, given again, sends nothing and answers the same.
 * Refuses: unknown_request, request_not_open, unknown_policy_version, busy_try_again.
 */
export const sendWave = async (
  ports: CandidateBooks,
  asRead: RequestRecord,
  wave: Wave,
): Promise<Outcome<AskReceipt>> => {
  let request = asRead;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = await answered(ports, request, wave);
    if (before !== undefined) return before;
    if (!isStillOpen(ports, request)) return refused('request_not_open');
    const outcome = await tryWave(ports, request, wave);
    if (outcome.kind !== 'stale') return outcome;
    const facts = await ports.careBook.readRequestNow(request.requestId);
    if (facts === undefined) return refused('unknown_request');
    request = facts.request;
  }
  return refused('busy_try_again');
};
