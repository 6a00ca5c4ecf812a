/** Faults of one line that somebody could make, and what each would mean. The tests must find every one. */

/** A fault: in `file`, `text` (which stands there exactly once) becomes `instead`. */
export interface Plant {
  file: string;
  text: string;
  instead: string;
  means: string;
}

const ledger = (file: string, text: string, instead: string, means: string): Plant => ({
  file: `packages/ledger/${file}.ts`,
  text,
  instead,
  means,
});
const store = (file: string, text: string, instead: string, means: string): Plant => ({
  file: `packages/store/${file}.ts`,
  text,
  instead,
  means,
});
const carryOut = (text: string, instead: string, means: string): Plant => ({
  file: 'packages/desk/carry-out.ts',
  text,
  instead,
  means,
});

/** All of them. The number of a fault is its place, from 1. */
export const plants: readonly Plant[] = [
  ledger(
    'account',
    'msOf(lapsesAt) <= msOf(now)',
    'msOf(lapsesAt) < msOf(now)',
    'a hold lapses one instant late',
  ),
  ledger(
    'account',
    'head.minutes.earned +\n  head.minutes.gift +\n  liveGranted',
    'head.minutes.earned +\n  liveGranted',
    'gifts cannot be seen as spendable',
  ),
  ledger(
    'account',
    'hold.earned + hold.gift + sum(',
    'hold.earned + sum(',
    'the gifts in a hold do not count',
  ),
  ledger(
    'account',
    'minutes.earned + minutes.gift + minutes.granted + minutes.held',
    'minutes.earned + minutes.gift + minutes.granted',
    'what is held does not count against the cap',
  ),
  ledger(
    'account',
    '`y${date.slice(0, 4)}`',
    '`y${date.slice(0, 7)}`',
    'the yearly cap of gifts is a monthly one',
  ),
  ledger(
    'entry',
    "(bucket === 'debt' ? -1 : 1)",
    "(bucket === 'debt' ? 1 : 1)",
    'debt counts for the member',
  ),
  ledger(
    'entry',
    'lot.minutes + (after.get(id)?.minutes ?? 0)',
    'lot.minutes',
    'what comes back replaces the rest of its grant',
  ),
  ledger(
    'entry',
    'entry.serviceDay ?? civilDateOf(entry.at)',
    'civilDateOf(entry.at)',
    'the daily limit counts by the day of confirmation',
  ),
  ledger(
    'entry',
    '(entry.minutes.earned ?? 0) - (entry.minutes.debt ?? 0)',
    '(entry.minutes.earned ?? 0)',
    'what repays a debt does not count for the day',
  ),
  ledger(
    'entry',
    'sequence: head.sequence + 1',
    'sequence: head.sequence',
    'an account does not count its lines',
  ),
  ledger(
    'entry',
    'if (inHolds !== head.minutes.held) throw',
    'if (inHolds > head.minutes.held) throw',
    'held minutes may be more than the holds have',
  ),
  ledger(
    'bank',
    'policy.balanceCapMinutes - totalOf(head)',
    'policy.balanceCapMinutes - head.minutes.earned',
    'only earned minutes count against the cap',
  ),
  ledger(
    'bank',
    'totalAtMost: policy.balanceCapMinutes - amountMinutes',
    'totalAtMost: policy.balanceCapMinutes',
    'a blind credit may go over the cap',
  ),
  ledger(
    'bank',
    'policy.dailyCreditMinutesMax - amountMinutes',
    'policy.dailyCreditMinutesMax',
    'a blind credit may go over the limit of the day',
  ),
  ledger('bank', "none: ['debt'],", 'none: [],', 'a blind credit does not repay debt'),
  ledger('bank', 'Math.min(head.minutes.debt, creditable)', '0', 'debt is never repaid'),
  ledger('bank', 'surplus: amountMinutes - repaid - earned', 'surplus: 0', 'what is above a cap is lost'),
  ledger(
    'bank',
    'const creditable = Math.min(amountMinutes, ofDay)',
    'const creditable = amountMinutes',
    'the limit of the day is forgotten where the account was seen',
  ),
  ledger(
    'hold',
    ">= order.policy.openHoldsMax) return refused('too_many_holds')",
    "> order.policy.openHoldsMax) return refused('too_many_holds')",
    'one hold too many',
  ),
  ledger(
    'hold',
    "none: ['gift', 'granted'],",
    "none: ['granted'],",
    'earned minutes are held although there are gifts',
  ),
  ledger(
    'hold',
    "endPosting(capture, line, 'alive', payer)",
    'endPosting(capture, line, undefined, payer)',
    'no condition on the clock when a hold is used',
  ),
  ledger(
    'hold',
    'atLeast: { earned: amountMinutes },',
    'atLeast: { earned: amountMinutes - 1 },',
    'a minute that is not there is held',
  ),
  ledger(
    'hold',
    'const { left } = takeInOrder(hold, capture.usedMinutes);',
    'const { taken: left } = takeInOrder(hold, capture.usedMinutes);',
    'what was used comes back, what was left is gone',
  ),
  ledger(
    'spend-order',
    'msOf(one.lapsesAt) - msOf(other.lapsesAt)',
    'msOf(other.lapsesAt) - msOf(one.lapsesAt)',
    'the grant that lapses last is spent first',
  ),
  ledger(
    'spend-order',
    '.filter(([, lot]) => !isOver(lot.lapsesAt, now))',
    '.filter(([, lot]) => lot.minutes > 0)',
    'a grant whose period is over can be spent',
  ),
  ledger(
    'gift',
    'minutes: { gift: gift.amountMinutes },',
    'minutes: { earned: gift.amountMinutes },',
    'a gift arrives as earned, and can be passed on',
  ),
  ledger(
    'gift',
    'gift.policy.giftYearMinutesMax - gift.amountMinutes',
    'gift.policy.giftYearMinutesMax',
    'a gift may go over the cap of the year',
  ),
  ledger(
    'gift',
    'sight.minutes.earned < amountMinutes',
    'sight.minutes.earned + sight.minutes.gift < amountMinutes',
    'gifts count when hours are given',
  ),
  ledger(
    'gift',
    "return tie.from > bond.on ? 'receiver_too_young' : undefined;",
    'return undefined;',
    'a gift before the receiver is old enough',
  ),
  ledger('pool', 'lots: { [grantId]: -minutes },', 'lots: {},', 'a grant that lapsed stays on the account'),
  ledger(
    'pool',
    'counterpart: accountId, minutes: -amountMinutes',
    'counterpart: accountId, minutes: amountMinutes',
    'a grant fills the pool',
  ),
  ledger(
    'correction',
    'short += given - there;',
    'short += 0;',
    'what was spent before a correction is nobody’s debt',
  ),
  ledger(
    'correction',
    '-(original.minutes.debt ?? 0)',
    '0',
    'a repaid debt is forgotten when the line is taken back',
  ),
  ledger(
    'closing',
    "if (Object.keys(head.holds).length > 0) return refused('holds_open');",
    '',
    'an account with holds is closed',
  ),
  ledger(
    'change',
    'posting.seen.sequence === head.sequence',
    'posting.seen.sequence <= head.sequence',
    'in memory, a plan on an old state is written',
  ),
  ledger(
    'change',
    "isOver(hold.lapsesAt, clock.at) === (clock.hold === 'lapsed')",
    "isOver(hold.lapsesAt, clock.at) !== (clock.hold === 'lapsed')",
    'in memory, the clock of a hold is read the wrong way',
  ),
  store(
    'memory-journal',
    'there < -minutes',
    'there < minutes',
    'in memory, a part of a pool gives what it has not',
  ),
  store(
    'memory-journal',
    'for (const id of change.transferIds) marks.set(id, change.shard);',
    '',
    'in memory, a row is collected again and again',
  ),
  store(
    'memory-journal',
    'if (there !== undefined) return there;',
    '',
    'in memory, a refusal is kept over a line',
  ),
  store(
    'ledger-item',
    "const notSeen = 'attribute_not_exists(pk)';",
    "const notSeen = '(attribute_not_exists(pk) OR attribute_exists(pk))';",
    'on DynamoDB, a line is put over another',
  ),
  store(
    'ledger-item',
    'update.conditions.push(`${update.name(names.sequence)} = ${update.value(posting.seen.sequence)}`);',
    '',
    'on DynamoDB, a plan on an old state is written',
  ),
  store(
    'ledger-item',
    "${hold === 'alive' ? '>' : '<='}",
    "${hold === 'alive' ? '>=' : '<'}",
    'on DynamoDB, a hold is used at the instant at which it lapses',
  ),
  store(
    'ledger-item',
    '${minutes} >= ${update.value(-row.minutes)}',
    '${minutes} >= ${update.value(row.minutes)}',
    'on DynamoDB, a part of a pool gives what it has not',
  ),
  store(
    'ledger-item',
    '${update.name(TOTAL)} <= ${update.value(assuming.totalAtMost)}',
    '${update.name(TOTAL)} < ${update.value(assuming.totalAtMost)}',
    'on DynamoDB, the last minute below the cap is not credited',
  ),
  store(
    'ledger-item',
    'size(${update.name(attribute)}) < ${update.value(than)}',
    'size(${update.name(attribute)}) <= ${update.value(than)}',
    'on DynamoDB, one hold or grant too many',
  ),
  store(
    'cancellation',
    "const passing = ['TransactionConflict', 'TransactionInProgress'];",
    "const passing = ['TransactionInProgress'];",
    'a conflict with a neighbour is a bug',
  ),
  store(
    'dynamo-journal',
    'const CONFLICT_RETRIES = 2;',
    'const CONFLICT_RETRIES = 0;',
    'a conflict is not tried again',
  ),
  store(
    'dynamo-journal',
    "error.name === 'TransactionConflictException' || ",
    '',
    'a conflict by its other name is a bug',
  ),
  carryOut(
    "  'busy_try_again',\n  'unavailable',\n  'internal',\n];",
    "  'unavailable',\n  'internal',\n];",
    'a busy moment is kept as a refusal for ever',
  ),
  carryOut(
    'order.home === undefined || passing.includes(refusal.code)',
    'order.home === undefined || !passing.includes(refusal.code)',
    'refusals for reasons of state are not kept, passing ones are',
  ),
  carryOut(
    'kept.fingerprint === ledgerFingerprint(fingerprint)',
    "kept.fingerprint !== ''",
    'other content under a refused id gets the refusal',
  ),
  carryOut(
    'return line.entry.fingerprint === ledgerFingerprint(order.fingerprint)',
    'return line.entry.fingerprint !== undefined',
    'other content under the same id is answered as done',
  ),
  carryOut('ulidTime(id)', 'msOf(now)', 'ids of any age are taken'),
  carryOut(
    'msOf(now) - ID_PAST_MS',
    'msOf(now) + ID_PAST_MS',
    'the allowance for phones that were away has the wrong sign',
  ),
  carryOut(
    "order.channel === 'job' ? undefined : refusedById(home.transferId, order.at)",
    'refusedById(home.transferId, order.at)',
    'a job that comes late does nothing',
  ),
  carryOut(
    "if (own !== undefined) return { kind: 'line', line: own };",
    '',
    'the line on the home account is not seen',
  ),
];
