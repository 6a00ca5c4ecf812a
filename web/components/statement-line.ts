/**
 * A line of the statement in the words of the person: what happened, by how much what they can use has changed,
 * and what else there is to know of it.
 */
import type { EntryView } from '@time-bank/contracts/account';
import { lastDayWords } from '../china-time.ts';
import type { ActedCatalogue } from '../words/acted-zh-hans.ts';
import type { StatementWords } from '../words/statement-zh-hans.ts';
import type { ShellWords } from '../words/zh-hans.ts';
import { actedWords } from './acted-by.ts';

interface Words {
  shell: ShellWords;
  own: StatementWords;
  acted: ActedCatalogue;
}

/** What is said of a line. `change` is empty where what can be used stays the same. */
export interface StatementLine {
  what: string;
  change: string;
  more: string[];
}

const verbOf = ({ shell, own }: Words, entry: EntryView): string => {
  const { kind, changeMinutes, amountMinutes, reason } = entry;
  const amount = shell.hours(amountMinutes);
  switch (kind) {
    case 'spent':
      return changeMinutes > 0 ? own.usedAndBack(amount, shell.hours(changeMinutes)) : own.used(amount);
    case 'held':
      return entry.requestId === undefined ? own.kinds.held : own.heldForVisit;
    case 'released':
      return own.cameBack[reason] ?? own.kinds.released;
    case 'earned':
    case 'moved_in':
    case 'reversed': {
      const verb = kind === 'earned' && entry.corrects !== undefined ? own.enteredInstead : own.kinds[kind];
      // Some of it did not change what can be used: then the whole is told here, and the parts below.
      return Math.abs(changeMinutes) === amountMinutes ? verb : own.withAmount(verb, amount);
    }
    default:
      return own.kinds[kind];
  }
};

const whatOf = (words: Words, entry: EntryView): string => {
  const { shell, own } = words;
  const service =
    entry.serviceWords === undefined ? own.occasions[entry.reason] : entry.serviceWords[shell.locale];
  const verb = verbOf(words, entry);
  const what = service === undefined ? verb : `${service} · ${verb}`;
  return entry.corrects === undefined ? what : own.correction(what);
};

const changeOf = ({ shell }: Words, { changeMinutes }: EntryView): string =>
  changeMinutes === 0 ? '' : `${changeMinutes > 0 ? '+' : '−'}${shell.hours(Math.abs(changeMinutes))}`;

/** Where surplus goes from now on. */
const choiceOf = (own: StatementWords, { poolId }: EntryView): string =>
  poolId === undefined ? own.surplusToHonour : own.surplusToPool;

const debtOf = ({ shell, own }: Words, { kind, debtMinutes }: EntryView): string => {
  const amount = shell.hours(Math.abs(debtMinutes));
  if (debtMinutes > 0) return own.owed(amount);
  return kind === 'forfeited' ? own.writtenOff(amount) : own.repaid(amount);
};

const moreOf = (words: Words, entry: EntryView): string[] => {
  const { shell, own, acted } = words;
  const { kind, honourMinutes, overflowMinutes = 0, debtMinutes, lapsesAt, note, by } = entry;
  const honour = shell.hours(Math.abs(honourMinutes));
  return [
    kind === 'overflow_chosen' ? choiceOf(own, entry) : '',
    kind === 'granted' && lapsesAt !== undefined ? own.lastDay(lastDayWords(shell, lapsesAt)) : '',
    debtMinutes === 0 ? '' : debtOf(words, entry),
    honourMinutes > 0 ? own.honour(honour) : honourMinutes < 0 ? own.honourBack(honour) : '',
    overflowMinutes > 0 ? own.surplus(shell.hours(overflowMinutes)) : '',
    by === undefined ? '' : actedWords(acted, by),
    note === undefined ? '' : own.note(note),
  ].filter((sentence) => sentence !== '');
};

/** What the statement says of `entry`. */
export const statementLine = (words: Words, entry: EntryView): StatementLine => ({
  what: whatOf(words, entry),
  change: changeOf(words, entry),
  more: moreOf(words, entry),
});
