/** The calendar periods for which hours are granted, in China's time. */
import type { CivilMonth, GrantPeriod } from '@time-bank/contracts/granting';
import { type CivilDate, type Instant, civilDateOf, startOfDay } from '@time-bank/contracts/time';

/** The month of an instant. */
export const monthOf = (at: Instant): CivilMonth => civilDateOf(at).slice(0, 7);

const firstOfMonth = (year: number, month: number): CivilDate =>
  new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

/** The month after a month. */
export const monthAfter = (month: CivilMonth): CivilMonth =>
  firstOfMonth(Number(month.slice(0, 4)), Number(month.slice(5)) + 1).slice(0, 7);

/** A period: its name, when it begins, and when what is granted for it goes back to the pool. */
export interface GrantSpan {
  period: GrantPeriod;
  from: Instant;
  lapsesAt: Instant;
}

const MONTHS = { month: 1, quarter: 3 } as const;

/**
 * The month, or the quarter that the month lies in. What is left of a grant that is carried over can be used for one
 * period more; of any other it goes back when the period ends.
 */
export const spanOf = (
  month: CivilMonth,
  { period, carriesOver }: { period: keyof typeof MONTHS; carriesOver: boolean },
): GrantSpan => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const months = MONTHS[period];
  const first = number - ((number - 1) % months);
  return {
    period: period === 'month' ? month : `${month.slice(0, 4)}-Q${String(Math.ceil(number / 3))}`,
    from: startOfDay(firstOfMonth(year, first)),
    lapsesAt: startOfDay(firstOfMonth(year, first + months * (carriesOver ? 2 : 1))),
  };
};

/** When the period of a grant began, by its name. */
export const beginningOf = (period: GrantPeriod): Instant => {
  const part = period.slice(5);
  const month = part.startsWith('Q') ? (Number(part.slice(1)) - 1) * 3 + 1 : Number(part);
  return startOfDay(firstOfMonth(Number(period.slice(0, 4)), month));
};

/** The date `months` after a date; the last day of a shorter month. */
export const monthsAfter = (date: CivilDate, months: number): CivilDate => {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
};
