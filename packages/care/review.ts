/**
 * Before a request is published: it is kept as a draft, handed in, and looked at by the staff, who publish it or say why
 * not. Whoever was told why can change it and hand it in again. Source: README "The life of a request".
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import { type Command, type RequestFacts, type RequestRecord, type Step, moved } from './request.ts';
import { wrongState } from './wrong-state.ts';

/** How long the desk has before it is asked again. */
const REVIEW_MINUTES = 24 * 60;

/** When the schedule looks at what was handed in at `at`: a day later, or when it would have begun. */
export const reviewDueAt = (
  { plannedStartAt }: Pick<RequestRecord, 'plannedStartAt'>,
  at: Instant,
): Instant => {
  const soon = plusMinutes(at, REVIEW_MINUTES);
  return msOf(soon) < msOf(plannedStartAt) ? soon : plannedStartAt;
};

/** What of a request can still be changed. */
export type Revision = Partial<
  Pick<RequestRecord, 'serviceCode' | 'plannedStartAt' | 'plannedMinutes' | 'wishes' | 'note' | 'persons'>
>;

/** True for what was to be paid with hours and was turned down: they are free again, and it is booked anew. */
export const isRefunded = ({ state, history }: Pick<RequestRecord, 'state' | 'history'>): boolean =>
  state === 'rejected' && history.some(({ receipt }) => receipt.releasedMinutes !== undefined);

/** Changes what nobody has published, and keeps it as a draft or hands it in. Refuses: wrong_state. */
export const planRevise = (
  { request }: RequestFacts,
  command: Command,
  to: 'draft' | 'submitted',
  revision: Revision,
): Planned<Step> => {
  const isOpen = request.state === 'draft' || request.state === 'rejected';
  if (!isOpen || isRefunded(request)) return wrongState(request);
  const due = to === 'submitted' ? reviewDueAt({ ...request, ...revision }, command.at) : undefined;
  const { change, receipt } = moved(request, { command, to, dueAt: due }, revision);
  return done({ changes: [change], receipt });
};

/** The staff publish it. Refuses: wrong_state. */
export const planPublishReviewed = ({ request }: RequestFacts, command: Command): Planned<Step> => {
  if (request.state !== 'submitted') return wrongState(request);
  const { change, receipt } = moved(request, { command, to: 'published' });
  return done({ changes: [change], receipt });
};

/** The staff turn it down; hours that were set aside for it are free again. Refuses: wrong_state. */
export const planReject = (
  { request }: RequestFacts,
  command: Command,
  { reason, releasedMinutes }: { reason: string; releasedMinutes?: number | undefined },
): Planned<Step> => {
  if (request.state !== 'submitted') return wrongState(request);
  const facts = releasedMinutes === undefined ? {} : { releasedMinutes };
  const { change, receipt } = moved(request, { command, to: 'rejected', reason, facts }, {}, ['hold']);
  return done({ changes: [change], receipt });
};

/** Nobody has looked at it in time: it is as if it had not been asked. Refuses: wrong_state. */
export const planLapse = (
  { request }: RequestFacts,
  command: Command,
  releasedMinutes?: number,
): Planned<Step> => {
  if (request.state !== 'submitted') return wrongState(request);
  const facts = releasedMinutes === undefined ? {} : { releasedMinutes };
  const reason = 'nobody reviewed it before its start';
  const { change, receipt } = moved(request, { command, to: 'void', reason, facts }, {}, ['hold']);
  return done({ changes: [change], receipt });
};
