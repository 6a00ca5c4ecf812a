import type { RequestState } from '@time-bank/contracts/request';

/** What people are told of where a request stands: several states of its life are one thing to them. */
export const shownStates = [
  'waiting',
  'published',
  'accepted',
  'in_service',
  'pending_confirm',
  'settled',
  'disputed',
  'cancelled',
  'unfilled',
  'missed',
] as const;
/** One of them. */
export type ShownState = (typeof shownStates)[number];

const same: Partial<Record<RequestState, ShownState>> = {
  draft: 'waiting',
  submitted: 'waiting',
  confirmed: 'accepted',
  aborted: 'in_service',
  callback: 'pending_confirm',
  rated: 'settled',
  rectify: 'settled',
  closed: 'settled',
  fallback: 'accepted',
  no_show_volunteer: 'missed',
  no_show_elder: 'missed',
};

/** What a state is shown as; everything that was taken back, rejected or reversed is over. */
export const shownState = (state: RequestState): ShownState =>
  same[state] ?? shownStates.find((shown) => shown === state) ?? 'cancelled';

const signs: Record<ShownState, string> = {
  waiting: '…',
  published: '…',
  accepted: '○',
  in_service: '▶',
  pending_confirm: '?',
  settled: '✓',
  disputed: '?',
  cancelled: '×',
  unfilled: '!',
  missed: '!',
};

/** What whoever asked has to go on with themselves: it was kept, or turned down with a reason. */
export const toMend = ['draft', 'rejected'] as const;

/** What the states are called for somebody; whoever asked has names for what is theirs to mend. */
export type StateNames = Record<ShownState, string> & Partial<Record<(typeof toMend)[number], string>>;

const mended = (state: RequestState) => toMend.find((each) => each === state);

/** True where whoever asked has to go on with it. */
export const isToMend = (state: RequestState): boolean => mended(state) !== undefined;

/** A sign and words for where a request stands, so that colour is never needed to tell. */
export const stateWords = (names: StateNames, state: RequestState): string => {
  const own = mended(state);
  const name = own === undefined ? undefined : names[own];
  if (name !== undefined) return `! ${name}`;
  const shown = shownState(state);
  return `${signs[shown]} ${names[shown]}`;
};

const over: readonly ShownState[] = ['settled', 'cancelled', 'unfilled', 'missed'];

/** True where something is still to come. */
export const isUnderWay = (state: RequestState): boolean => !over.includes(shownState(state));
