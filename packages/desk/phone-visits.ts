/** Whether another call will do for an elder, or somebody has to go there: so many calls in a row are enough. */
import { contactsOf } from '@time-bank/care/coverage';
import { services } from '@time-bank/care/service';
import { needsHomeVisit } from '@time-bank/care/visiting-plan';
import type { MemberId } from '@time-bank/contracts/ids';
import type { ServiceCode } from '@time-bank/contracts/request';
import type { Policy } from '@time-bank/policy/policy';
import type { Ports } from './ports.ts';

/** More than any region allows in a row, with what is still to come among them. */
const LATEST = 20;

/** True where a visit by telephone is asked for and the last contacts were as many calls as the region allows. */
export const isHomeVisitDue = async (
  ports: Pick<Ports, 'careBook'>,
  policy: Pick<Policy, 'phoneVisitsInRowMax'>,
  { receiverId, serviceCode }: { receiverId: MemberId; serviceCode: ServiceCode },
): Promise<boolean> => {
  const { isVisit, isRemote } = services[serviceCode];
  if (!isVisit || !isRemote) return false;
  const { items } = await ports.careBook.listReceived(receiverId, { limit: LATEST });
  const visits = items
    .map(({ request }) => ({ ...request, elderId: request.receiverId }))
    .filter((visit) => services[visit.serviceCode].isVisit);
  return needsHomeVisit(policy, contactsOf(visits));
};
