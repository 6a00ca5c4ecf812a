/** A second person decides a correction: it is carried out, or it is declined and nothing is written on the accounts. */
import type {
  CorrectionList,
  CorrectionReceipt,
  CorrectionView,
  DecideCase,
} from '@time-bank/contracts/correction';
import { type Outcome, type RefusalCode, done, replayed } from '@time-bank/contracts/refusals';
import { type RegionCode, liesWithin, townshipOf } from '@time-bank/contracts/region';
import { type Grant, reachesOf } from '@time-bank/identity/grant';
import { commandOf } from './command.ts';
import { carryOutCorrection } from './correct-entry.ts';
import type { Ports } from './ports.ts';
import { decideCase } from './second-person.ts';
import type { CaseDecision, CorrectionCase } from './staff-case.ts';

const CASES_A_PAGE = 25;

type Work = Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>;
type Decided = CorrectionCase & { decision: CaseDecision };

/** Refusals after which the same may go through: the case stays as it is. */
const passing: readonly RefusalCode[] = ['busy_try_again', 'unavailable', 'internal'];

/** Writes onto the case how it ended; somebody who was faster has written the same. */
const noteEnd = async (ports: Work, record: Decided, outcome: Outcome<CorrectionReceipt>): Promise<void> => {
  if (record.state !== 'approved') return;
  if (outcome.kind !== 'refused') {
    await ports.caseBook.move({ ...record, version: record.version + 1, state: 'carried_out' });
  } else if (!passing.includes(outcome.refusal.code)) {
    const refusal = outcome.refusal.code;
    await ports.caseBook.move({ ...record, version: record.version + 1, state: 'refused', refusal });
  }
};

const carryOutDecided = async (ports: Work, record: Decided): Promise<Outcome<CorrectionReceipt>> => {
  const { caseId, accountId, lineId, insteadMinutes, reason, fingerprint, decision } = record;
  const seen = await ports.journal.readLineAndAccountNow(accountId, lineId);
  const order = {
    transferId: caseId,
    accountId,
    lineId,
    ...(insteadMinutes === undefined ? {} : { insteadMinutes }),
    reason,
    fingerprint,
    actorId: decision.actorId,
    at: decision.at,
  };
  const outcome = await carryOutCorrection(ports, order, seen, true);
  await noteEnd(ports, record, outcome);
  return outcome;
};

/**
 * Approves or declines a kept correction. What was approved is carried out in the name of who approved it; who sends
 * the same decision again carries on where it was cut off. The grant is over the accounts that change.
 * Refuses: unknown_transfer, exists_with_different_content (it was decided by another command), id_too_old,
 * id_from_the_future, unknown_policy_version, unknown_account, account_closed, not_reversible, already_reversed,
 * nothing_to_reverse, second_person_needed, busy_try_again.
 */
export const approveCorrection = async (
  ports: Work,
  permit: Grant<'decide_correction'>,
  kept: CorrectionCase,
  body: DecideCase,
): Promise<Outcome<CorrectionReceipt>> => {
  const { caseId } = kept;
  const command = { ...commandOf(ports, permit, body.commandId, [caseId, body]), stepId: body.commandId };
  const decided = await decideCase(ports, kept, command, body, () =>
    ports.caseBook.readNow('correction', caseId),
  );
  if (decided.kind === 'refused') return decided;
  const { decision, amountMinutes } = decided.value;
  const isReplay = decided.kind === 'replayed';
  if (!decision.isApproved) {
    const receipt = { correctionId: caseId, state: 'declined', amountMinutes, at: decision.at } as const;
    return isReplay ? replayed(receipt) : done(receipt);
  }
  return carryOutDecided(ports, decided.value);
};

/** What stands in the place of words that somebody wrote, for those who must not know whom they are about. */
const MASKED = '***';

/** A kept correction as those may see it who have leave. */
export const presentCorrection = (
  record: CorrectionCase,
  { isMasked }: { isMasked: boolean },
): CorrectionView => {
  const { caseId, accountId, lineId, insteadMinutes, amountMinutes, state } = record;
  const reason = isMasked ? MASKED : record.reason;
  const { openedBy, openedAt, decision, refusal } = record;
  return {
    correctionId: caseId,
    accountId,
    lineId,
    ...(insteadMinutes === undefined ? {} : { insteadMinutes }),
    amountMinutes,
    reason,
    state,
    openedBy,
    openedAt,
    ...(decision === undefined ? {} : { decidedBy: decision.actorId, decidedAt: decision.at }),
    ...(refusal === undefined ? {} : { refusal }),
  };
};

/** A kept correction. */
export const readCorrection = (
  permit: Grant<'read_correction'>,
  record: CorrectionCase,
): Outcome<CorrectionView> => done(presentCorrection(record, permit));

/**
 * The corrections of a township, or of one of its communities, that wait: oldest first. A page of a community may be
 * short, as it is the community's part of a page of the township; it is empty only where no other follows.
 * Throws InvalidCursor.
 */
export const listCorrections = async (
  ports: Pick<Ports, 'caseBook'>,
  permit: Grant<'list_cases'>,
  region: RegionCode,
  cursor?: string,
): Promise<Outcome<CorrectionList>> => {
  // Why somebody corrects may name a person: it is for those who may read the correction itself.
  const reaches = reachesOf(permit.actor, 'read_correction');
  const isMasked = permit.isMasked || !reaches.some((reach) => liesWithin(region, reach));
  for (let place = cursor; ;) {
    const { items, ...rest } = await ports.caseBook.listOpen('correction', townshipOf(region), {
      limit: CASES_A_PAGE,
      cursor: place,
    });
    const own = items.filter(({ communityCode }) => liesWithin(communityCode, region));
    if (own.length > 0 || rest.cursor === undefined) {
      return done({ items: own.map((record) => presentCorrection(record, { isMasked })), ...rest });
    }
    place = rest.cursor;
  }
};
