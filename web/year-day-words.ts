import type { ShellWords } from './words/zh-hans.ts';

/** The day with its month and year, for what may be years away. */
export const yearDayWords = ({ dateLocale }: Pick<ShellWords, 'dateLocale'>, instant: string): string =>
  new Intl.DateTimeFormat(dateLocale, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(instant));
