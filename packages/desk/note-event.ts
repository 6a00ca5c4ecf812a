/** Something great has happened to an elder, or the weather is dangerous: more visits are wanted from now on. */
import { CommunityCode } from '@time-bank/contracts/region';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { msOf } from '@time-bank/contracts/time';
import type { DeclareWeather, NoteEvent, NotedReceipt } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';

/**
 * Notes an event on the board of the elder's community, once for each id.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, starts_too_late (it lies in the future),
 * busy_try_again.
 */
export const noteEvent = async (
  ports: Pick<Ports, 'clock' | 'weekBook'>,
  permit: Grant<'note_event'>,
  elder: Member,
  { commandId, ...body }: NoteEvent,
): Promise<Outcome<NotedReceipt>> => {
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const { communityCode } = elder;
  const now = nowOf(ports);
  const receipt = { commandId, at: body.at, communities: 1 };
  const before = await ports.weekBook.readEventNow(communityCode, commandId);
  if (before === undefined) {
    const byAge = refusedByAge(commandId, now);
    if (byAge !== undefined) return byAge;
    if (msOf(body.at) > msOf(now)) return refused('starts_too_late');
    const event = { eventId: commandId, fingerprint, ...body };
    if (await ports.weekBook.putEvent(communityCode, event)) return done(receipt);
  }
  const kept = before ?? (await ports.weekBook.readEventNow(communityCode, commandId));
  if (kept === undefined) return refused('busy_try_again');
  return kept.fingerprint === fingerprint ? replayed(receipt) : refused('exists_with_different_content');
};

const AT_ONCE = 16;

/**
 * Declares bad weather on the board of every community of a region. Cut off half-way it is sent again, and whoever has
 * it keeps it. Refuses: unknown_region, exists_with_different_content, id_too_old, id_from_the_future.
 */
export const declareWeather = async (
  ports: Pick<Ports, 'clock' | 'regions' | 'weekBook'>,
  permit: Grant<'declare_weather'>,
  { commandId, ...body }: DeclareWeather,
): Promise<Outcome<NotedReceipt>> => {
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const { region, from, until } = body;
  const at = nowOf(ports);
  const communities = (await ports.regions.listCommunities(region)).map(({ code }) =>
    CommunityCode.parse(code),
  );
  const [first] = communities;
  if (first === undefined) return refused('unknown_region');
  const alert = { alertId: commandId, from, until, fingerprint };
  const before = await ports.weekBook.readAlertNow(first, commandId);
  const byAge = before === undefined ? refusedByAge(commandId, at) : undefined;
  if (byAge !== undefined) return byAge;
  if (before !== undefined && before.fingerprint !== fingerprint)
    return refused('exists_with_different_content');
  let isNew = false;
  for (let start = 0; start < communities.length; start += AT_ONCE) {
    const written = await Promise.all(
      communities.slice(start, start + AT_ONCE).map((code) => ports.weekBook.putAlert(code, alert)),
    );
    isNew ||= written.includes(true);
  }
  const receipt = { commandId, at, communities: communities.length };
  return isNew ? done(receipt) : replayed(receipt);
};
