/** How long somebody has to wait, in words: whole minutes, rounded up, one at least. `hours` names an amount of minutes. */
export const waitWords = (hours: (minutes: number) => string, seconds = 60): string =>
  hours(Math.max(1, Math.ceil(seconds / 60)));
