/** One request for one person. */
import type { RequestFacts } from '@time-bank/care/request';
import type { RequestView } from '@time-bank/contracts/request';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';
import { viewsOf } from './request-view.ts';

/** The request as the person asking may see it. */
export const readRequest = async (
  ports: Pick<Ports, 'people' | 'regions' | 'policies'>,
  permit: Grant<'read_request'>,
  facts: RequestFacts,
): Promise<Outcome<RequestView>> => {
  const [view] = await viewsOf(ports, permit, [facts]);
  return view === undefined ? refused('unknown_request') : done(view);
};
