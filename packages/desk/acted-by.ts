/** Who acted in the name of somebody else, as that somebody sees them: by family name and capacity (由…代办). */
import type { ActedAs, ActedBy } from '@time-bank/contracts/helping';
import type { ActorId, MemberId } from '@time-bank/contracts/ids';
import { SYSTEM } from '@time-bank/contracts/ids';
import type { EntryKind } from '@time-bank/contracts/ledger';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import type { Entry } from '@time-bank/ledger/entry';
import { ownerOf } from './account-home.ts';
import type { Ports } from './ports.ts';

/** Lines by which an owner, or somebody in their name, moves or binds what is theirs. Others come from outside. */
const inOwnersName: readonly EntryKind[] = [
  'held',
  'released',
  'spent',
  'gift_out',
  'donated',
  'bond_made',
  'bond_ended',
  'overflow_chosen',
];

/** Whoever acted on a line in its owner's name; undefined where that was the owner, or nobody. */
export const foreignActorOf = (entry: Entry): MemberId | undefined => {
  const { actorId, accountId, kind } = entry;
  if (actorId === SYSTEM || actorId === ownerOf(accountId)) return undefined;
  return inOwnersName.includes(kind) ? actorId : undefined;
};

/** A person as the one for whom they acted sees them. */
export const actedBy = (member: Member, as: ActedAs): ActedBy => ({
  memberId: member.memberId,
  surname: surnameOf(member.name),
  gender: member.gender,
  as,
});

/** The capacity in which a step was taken in the receiver's name, and by whom; undefined for everything else. */
export const actorInName = (event: {
  actorId: ActorId;
  as?: ActedAs;
}): { actorId: MemberId; as: ActedAs } | undefined =>
  event.as === undefined || event.actorId === SYSTEM ? undefined : { actorId: event.actorId, as: event.as };

/**
 * Who acted on lines of one account in its owner's name, by transfer. Where nobody did, nothing is read; else the
 * people in one call, and where helpers are among them the owner's bindings, which say whether one is a guardian.
 */
export const actorsOfLines = async (
  ports: Pick<Ports, 'people' | 'personFiles'>,
  lines: readonly Entry[],
): Promise<ReadonlyMap<string, ActedBy>> => {
  const foreign = lines.flatMap((entry) => {
    const actorId = foreignActorOf(entry);
    return actorId === undefined ? [] : [{ entry, actorId }];
  });
  const [first] = foreign;
  if (first === undefined) return new Map();
  const hasHelper = foreign.some(({ entry }) => entry.channel === 'family');
  const [people, bindings] = await Promise.all([
    ports.people.readMembers([...new Set(foreign.map(({ actorId }) => actorId))]),
    hasHelper ? ports.personFiles.listNow('binding', ownerOf(first.entry.accountId)) : [],
  ]);
  const guardians = new Set(
    bindings.filter(({ terms }) => terms.kind === 'guardian').map(({ otherId }) => otherId),
  );
  return new Map(
    foreign.flatMap(({ entry, actorId }): [string, ActedBy][] => {
      const member = people.get(actorId);
      return member === undefined
        ? []
        : [[entry.transferId, actedBy(member, capacityOf(entry, guardians.has(actorId)))]];
    }),
  );
};

const capacityOf = ({ channel }: Entry, isGuardian: boolean): ActedAs => {
  if (channel === 'family') return isGuardian ? 'guardian' : 'family_proxy';
  return channel === 'counter' || channel === 'hotline' ? channel : 'coordinator';
};
