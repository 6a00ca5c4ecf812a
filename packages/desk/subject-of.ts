/** What a request is to the table of permissions. */
import type { RequestFacts } from '@time-bank/care/request';
import type { Subject } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';

/** Reads whether the receiver has a telephone only where that can matter: when a confirmation is due. */
export const subjectOf = async (
  ports: Pick<Ports, 'people'>,
  { request }: RequestFacts,
): Promise<Subject> => {
  const subject: Subject = {
    communityCode: request.communityCode,
    receiverId: request.receiverId,
    open: request.state === 'published',
    ...(request.volunteerId === undefined ? {} : { volunteerId: request.volunteerId }),
    ...(request.secondId === undefined ? {} : { secondId: request.secondId }),
  };
  if (request.state !== 'pending_confirm' && request.state !== 'settled') return subject;
  const receiver = await ports.people.readMember(request.receiverId);
  return { ...subject, receiverHasPhone: receiver?.phone !== undefined };
};
