/** What waits for a word in a community: visits that nobody has confirmed, and those about which the hotline calls. */
import { LOOK_HOURS, isForgotten, waitsSince } from '@time-bank/care/confirm';
import type { ConfirmationList } from '@time-bank/contracts/confirming';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { viewsOf } from './request-view.ts';

/** The schedule looks at whatever waits once a day, so all of it is due within one; what else is due then is passed over. */
const DUE_MAX = 400;
const ROWS_MAX = 200;

/** The longest waiting first. */
export const listConfirmations = async (
  ports: Pick<Ports, 'clock' | 'careBook' | 'people' | 'regions' | 'policies'>,
  permit: Grant<'list_community_requests'>,
  community: CommunityCode,
  kind: 'waiting' | 'call_back',
): Promise<Outcome<ConfirmationList>> => {
  const now = nowOf(ports);
  const due = await ports.careBook.listDue(community, {
    before: plusMinutes(now, LOOK_HOURS * 60 + 1),
    limit: DUE_MAX,
  });
  const state = kind === 'waiting' ? 'pending_confirm' : 'callback';
  const waiting = due
    .filter(({ request }) => request.state === state)
    .sort((one, other) => (waitsSince(one.request) < waitsSince(other.request) ? -1 : 1))
    .slice(0, ROWS_MAX);
  const views = await viewsOf(ports, permit, waiting);
  return done({
    items: waiting.flatMap(({ request }, index) => {
      const view = views[index];
      if (view === undefined) return [];
      return [
        {
          request: view,
          since: waitsSince(request),
          told: request.told ?? 0,
          isForgotten: isForgotten(request, now),
          reasons: request.callbackReasons ?? [],
        },
      ];
    }),
  });
};
