/** The one answer to a step that the request, as it stands, does not have. */
import { type Refusal, refused } from '@time-bank/contracts/refusals';
import type { RequestRecord } from './request.ts';

/** Refuses: wrong_state, with the state in which it stands. */
export const wrongState = ({ state }: Pick<RequestRecord, 'state'>): { kind: 'refused'; refusal: Refusal } =>
  refused('wrong_state', { state });
