/** Organisations of a community: what each shows of itself, who acts for it, and whether its insurance holds. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type {
  ChangeOrganisation,
  OrganisationList,
  OrganisationMembers,
  OrganisationView,
} from '@time-bank/contracts/organisation';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { type CommunityCode, townshipOf } from '@time-bank/contracts/region';
import { type RoleGrant, isInForce } from '@time-bank/contracts/role';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import { holderRow } from './list-holders.ts';
import { papersOf, presentOrganisation } from './open-organisation.ts';
import type { Ports } from './ports.ts';
import type { OrganisationPapers, OrganisationRecord } from './staff-case.ts';

/** As many former states as stand beside an organisation. */
const CHANGES_MAX = 20;
/** The organisations of a township are read in pages; a community has far fewer than this. */
const PAGE = 100;
const PAGES_MAX = 20;

const formerOf = ({
  name,
  organisationKind,
  registration,
  insurance,
}: OrganisationRecord): OrganisationPapers => ({
  name,
  ...(organisationKind === undefined ? {} : { organisationKind }),
  ...(registration === undefined ? {} : { registration }),
  ...(insurance === undefined ? {} : { insurance }),
});

const withPapers = (
  {
    organisationKind: _kind,
    registration: _registration,
    insurance: _insurance,
    ...record
  }: OrganisationRecord,
  papers: OrganisationPapers,
): OrganisationRecord => ({ ...record, ...papers });

/**
 * Writes an organisation as it is from now on over the version that was read; what it was stays beside it.
 * Refuses: exists_with_different_content, changed_meanwhile.
 */
export const changeOrganisation = async (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'change_organisation'>,
  record: OrganisationRecord,
  body: ChangeOrganisation,
): Promise<Outcome<OrganisationView>> => {
  const at = nowOf(ports);
  const today = civilDateOf(at);
  const { commandId } = body;
  const actorId = permit.actor.memberId;
  const fingerprint = fingerprintOf([permit.action, actorId, record.caseId, body]);
  const { changes = [] } = record;
  const before = changes.find((change) => change.commandId === commandId);
  if (before !== undefined) {
    return before.fingerprint === fingerprint
      ? replayed(presentOrganisation(record, today))
      : refused('exists_with_different_content');
  }
  if (body.version !== record.version) return refused('changed_meanwhile');
  const change = { commandId, fingerprint, actorId, at, was: formerOf(record) };
  const next: OrganisationRecord = {
    ...withPapers(record, papersOf(body)),
    version: record.version + 1,
    changes: [...changes, change].slice(-CHANGES_MAX),
  };
  return (await ports.caseBook.move(next))
    ? done(presentOrganisation(next, today))
    : refused('changed_meanwhile');
};

/** The organisations of a community. The grant is over the community. */
export const listOrganisations = async (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  _permit: Grant<'list_organisations'>,
  communityCode: CommunityCode,
): Promise<Outcome<OrganisationList>> => {
  const today = civilDateOf(nowOf(ports));
  const items: OrganisationView[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await ports.caseBook.listOpen('organisation', townshipOf(communityCode), {
      limit: PAGE,
      cursor,
    });
    const here = page.items.filter((record) => record.communityCode === communityCode);
    items.push(...here.map((record) => presentOrganisation(record, today)));
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  return done({ items });
};

/** The regions around a community, from the province down to itself: where roles for an organisation can be held. */
const levels = [2, 4, 6, 9, 12];

/** Everybody with a role for an organisation, each role once, in force or not. */
const rolesFor = async (
  ports: Pick<Ports, 'people'>,
  { caseId, communityCode }: OrganisationRecord,
): Promise<{ member: Member; held: RoleGrant }[]> => {
  const lists = await Promise.all(
    levels.map((digits) => ports.people.listHolders('organisation', communityCode.slice(0, digits))),
  );
  const members = new Map(lists.flat().map((member) => [member.memberId, member]));
  return [...members.values()].flatMap((member) =>
    member.roles
      .filter(({ role, organisationId }) => role === 'organisation' && organisationId === caseId)
      .map((held) => ({ member, held })),
  );
};

/** Those who act for an organisation, in force or not. The grant is over the organisation. */
export const listOrganisationMembers = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  permit: Grant<'read_organisation'>,
  record: OrganisationRecord,
): Promise<Outcome<OrganisationMembers>> => {
  const today = civilDateOf(nowOf(ports));
  const found = await rolesFor(ports, record);
  return done({ items: found.map(({ member, held }) => holderRow(permit, member, held, today)) });
};

/** Those who act for an organisation on a day, each once. */
export const whoActsFor = async (
  ports: Pick<Ports, 'people'>,
  record: OrganisationRecord,
  today: CivilDate,
): Promise<MemberId[]> => {
  const found = await rolesFor(ports, record);
  return [
    ...new Set(
      found.filter(({ held }) => isInForce(held, today)).map(({ member: { memberId } }) => memberId),
    ),
  ];
};
