/**
 * The priority token: whoever was let down by the service comes first the next time they ask. It lies in their file until
 * a request uses it. Used in the same moment by two requests it may bring both forward; it is never lost.
 * Source: domain R-16.
 */
import type { RequestRecord } from '@time-bank/care/request';
import { FileId, type MemberId } from '@time-bank/contracts/ids';
import type { Instant } from '@time-bank/contracts/time';
import type { PriorityLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

type Files = Pick<Ports, 'personFiles'>;

/** The token that somebody still has; undefined where they have none. */
export const priorityOf = async (
  { personFiles }: Files,
  memberId: MemberId,
): Promise<PriorityLeaf | undefined> =>
  (await personFiles.listNow('priority', memberId)).find(({ usedFor }) => usedFor === undefined);

/** Orders requests: those of whoever was let down before come first, among equals nothing changes. */
export const letDownFirst = (
  one: Pick<RequestRecord, 'priority'>,
  other: Pick<RequestRecord, 'priority'>,
): number => (other.priority ?? 0) - (one.priority ?? 0);

/** Gives the receiver of a request that came to nothing a token, once for each request. */
export const givePriority = async (
  { personFiles }: Files,
  { requestId, receiverId }: Pick<RequestRecord, 'requestId' | 'receiverId'>,
  at: Instant,
): Promise<void> => {
  // The request has let them down once: its own number names the token.
  const fileId = FileId.parse(`fil_${requestId.slice(4)}`);
  await personFiles.put({ kind: 'priority', memberId: receiverId, fileId, version: 1, at });
};

/** Marks a token used once the request that it has brought forward is written. */
export const usePriority = async (
  { personFiles }: Files,
  token: PriorityLeaf | undefined,
  requestId: RequestRecord['requestId'],
): Promise<void> => {
  if (token === undefined) return;
  await personFiles.move({ ...token, version: token.version + 1, usedFor: requestId });
};
