/**
 * What charity gives: entered by the donor or the community, and drawn from for a card. The draw is written first,
 * under its command, and the card says so after: whoever is cut off between the two sends the same again, and where the
 * card has ended meanwhile the draw goes back.
 */
import { planGift } from '@time-bank/care/linkage';
import type { CommandId } from '@time-bank/contracts/ids';
import type {
  AttachResource,
  LinkageReceipt,
  RegisterResource,
  ResourceList,
  ResourceView,
} from '@time-bank/contracts/linkage';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type RegionCode, liesWithin } from '@time-bank/contracts/region';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import { linkageCommand, stepLinkage } from './linkage-step.ts';
import type { Ports } from './ports.ts';
import type { LinkageRecord, ResourceDraw, ResourceRecord } from './staff-case.ts';

const TRIES_MAX = 5;
/** A gift in smaller parts is entered as several. */
const DRAWS_MAX = 300;
const RESOURCES_A_LIST = 50;

/** A resource as those see it who may use it. */
export const presentResource = ({ caseId, region, resource, leftQuantity }: ResourceRecord): ResourceView => {
  const { organisationId: _organisationId, ...given } = resource;
  return { resourceId: caseId, region, ...given, leftQuantity };
};

/**
 * Enters a gift, once for each id.
 * Refuses: unknown_region, exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const registerResource = async (
  ports: Pick<Ports, 'clock' | 'regions' | 'caseBook'>,
  permit: Grant<'register_resource'>,
  body: RegisterResource,
): Promise<Outcome<ResourceView>> => {
  const { resourceId, region, ...resource } = body;
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const answerOf = (kept: ResourceRecord): Outcome<ResourceView> =>
    kept.fingerprint === fingerprint
      ? replayed(presentResource({ ...kept, leftQuantity: resource.quantity }))
      : refused('exists_with_different_content');
  const before = await ports.caseBook.readNow('resource', resourceId);
  if (before !== undefined) return answerOf(before);
  if ((await ports.regions.read(region)) === undefined) return refused('unknown_region');
  const at = nowOf(ports);
  const byAge = refusedByAge(resourceId, at);
  if (byAge !== undefined) return byAge;
  const record: ResourceRecord = {
    kind: 'resource',
    caseId: resourceId,
    version: 1,
    region,
    openedBy: permit.actor.memberId,
    openedAt: at,
    // Those that end soonest come first in the list.
    dueAt: `${resource.until}T16:00:00.000Z`,
    fingerprint,
    resource,
    leftQuantity: resource.quantity,
    draws: [],
    state: 'open',
  };
  if (await ports.caseBook.put(record)) return done(presentResource(record));
  const kept = await ports.caseBook.readNow('resource', resourceId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept);
};

const listsFor = (region: RegionCode): RegionCode[] =>
  [6, 9, 12].filter((digits) => digits <= region.length).map((digits) => region.slice(0, digits));

/** What is left of gifts to a region and to what it lies in; those that end soonest first, 150 at most. */
export const listResources = async (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  _permit: Grant<'list_resources'>,
  region: RegionCode,
): Promise<Outcome<ResourceList>> => {
  const today = civilDateOf(nowOf(ports));
  const pages = await Promise.all(
    listsFor(region).map((list) => ports.caseBook.listOpen('resource', list, { limit: RESOURCES_A_LIST })),
  );
  const items = pages
    .flatMap((page) => page.items)
    .filter(({ resource }) => resource.until >= today)
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
  return done({ items: items.map(presentResource) });
};

const drawn = (record: ResourceRecord, draw: ResourceDraw): ResourceRecord => {
  const leftQuantity = record.leftQuantity - draw.quantity;
  const isOver = leftQuantity === 0 || record.draws.length + 1 >= DRAWS_MAX;
  return {
    ...record,
    version: record.version + 1,
    leftQuantity,
    draws: [...record.draws, draw],
    state: isOver ? 'ended' : 'open',
  };
};

/** Takes from a resource, once for each command. Refuses: unknown_file, exists_with_different_content, resource_short, busy_try_again. */
const drawFrom = async (
  ports: Pick<Ports, 'caseBook'>,
  { resourceId, card, draw }: { resourceId: CommandId; card: LinkageRecord; draw: ResourceDraw },
): Promise<Planned<ResourceRecord>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const record = await ports.caseBook.readNow('resource', resourceId);
    // A gift to another place is not there for this card.
    if (record === undefined || !liesWithin(card.communityCode, record.region))
      return refused('unknown_file');
    const before = record.draws.find(({ commandId }) => commandId === draw.commandId);
    if (before !== undefined) {
      return before.fingerprint === draw.fingerprint
        ? done(record)
        : refused('exists_with_different_content');
    }
    const day = civilDateOf(draw.at);
    const { from, until } = record.resource;
    if (record.state === 'ended' || day < from || day > until || record.leftQuantity < draw.quantity) {
      return refused('resource_short');
    }
    if (await ports.caseBook.move(drawn(record, draw))) return done(record);
  }
  return refused('busy_try_again');
};

/** What was taken under a command for a card that has ended since goes back: nobody gets it any more. */
const giveBack = async (
  ports: Pick<Ports, 'caseBook'>,
  {
    resourceId,
    commandId,
    fingerprint,
  }: Pick<ResourceDraw, 'commandId' | 'fingerprint'> & {
    resourceId: CommandId;
  },
): Promise<boolean> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const record = await ports.caseBook.readNow('resource', resourceId);
    const draw = record?.draws.find(
      (each) => each.commandId === commandId && each.fingerprint === fingerprint,
    );
    if (record === undefined || draw === undefined) return true;
    const next: ResourceRecord = {
      ...record,
      version: record.version + 1,
      leftQuantity: record.leftQuantity + draw.quantity,
      draws: record.draws.filter((each) => each !== draw),
      state: 'open',
    };
    if (await ports.caseBook.move(next)) return true;
  }
  return false;
};

/**
 * Gives a card something of a resource.
 * Refuses: unknown_file, exists_with_different_content, id_too_old, id_from_the_future, case_closed, resource_short,
 * busy_try_again.
 */
export const attachResource = (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook'>,
  permit: Grant<'attach_resource'>,
  card: LinkageRecord,
  body: AttachResource,
): Promise<Outcome<LinkageReceipt>> => {
  const { commandId, resourceId, quantity } = body;
  const command = linkageCommand(ports, permit, commandId, [card.caseId, body]);
  return stepLinkage(ports, card, command, async (record) => {
    const named = { resourceId, name: '', unit: '', quantity };
    const allowed = planGift(record, command, named);
    const { fingerprint, at } = command;
    if (allowed.kind === 'refused') {
      const isBack = await giveBack(ports, { resourceId, commandId, fingerprint });
      return isBack ? allowed : refused('busy_try_again');
    }
    const draw = { commandId, fingerprint, linkageId: card.caseId, quantity, at };
    const taken = await drawFrom(ports, { resourceId, card: record, draw });
    if (taken.kind === 'refused') return taken;
    const { name, unit } = taken.value.resource;
    return planGift(record, command, { ...named, name, unit });
  });
};
