import type { RequestState } from '@time-bank/contracts/request';

const signs: Record<RequestState, string> = {
  published: '…',
  accepted: '○',
  in_service: '▶',
  pending_confirm: '?',
  settled: '✓',
  cancelled: '×',
  unfilled: '!',
};

/** A sign and words for where a request stands, so that colour is never needed to tell. */
export const stateWords = (names: Record<RequestState, string>, state: RequestState): string =>
  `${signs[state]} ${names[state]}`;

/** True where something is still to come. */
export const isUnderWay = (state: RequestState): boolean =>
  state === 'published' || state === 'accepted' || state === 'in_service' || state === 'pending_confirm';
