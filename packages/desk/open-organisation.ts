/** An organisation opens an account for the hours of its groups, from which they can only be given away. */
import type { OpenOrganisation, OrganisationView } from '@time-bank/contracts/organisation';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { OrganisationPapers, OrganisationRecord } from './staff-case.ts';

const isInsured = ({ insurance }: OrganisationPapers, today: CivilDate): boolean =>
  insurance !== undefined && insurance.from <= today && today <= insurance.until;

/** An organisation as its staff see it; `today` decides whether its insurance holds. */
export const presentOrganisation = (record: OrganisationRecord, today: CivilDate): OrganisationView => ({
  accountId: record.caseId,
  name: record.name,
  communityCode: record.communityCode,
  openedAt: record.openedAt,
  version: record.version,
  ...(record.organisationKind === undefined ? {} : { kind: record.organisationKind }),
  ...(record.registration === undefined ? {} : { registration: record.registration }),
  ...(record.insurance === undefined ? {} : { insurance: record.insurance }),
  isInsured: isInsured(record, today),
});

/** What a message says of an organisation, as it is kept. */
export const papersOf = ({
  name,
  kind,
  registration,
  insurance,
}: Pick<OpenOrganisation, 'name' | 'kind' | 'registration' | 'insurance'>): OrganisationPapers => ({
  name,
  ...(kind === undefined ? {} : { organisationKind: kind }),
  ...(registration === undefined ? {} : { registration }),
  ...(insurance === undefined ? {} : { insurance }),
});

const answerOfKept = (
  kept: OrganisationRecord,
  fingerprint: string,
  today: CivilDate,
): Outcome<OrganisationView> =>
  kept.fingerprint === fingerprint
    ? replayed(presentOrganisation(kept, today))
    : refused('exists_with_different_content');

/**
 * Opens the account, then keeps the record: whoever is cut off between the two sends the same again. The id of an
 * account that is there already is somebody else's.
 * Refuses: unknown_region, exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const openOrganisation = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'regions' | 'caseBook'>,
  permit: Grant<'open_organisation'>,
  body: OpenOrganisation,
): Promise<Outcome<OrganisationView>> => {
  const { accountId, communityCode } = body;
  const at = nowOf(ports);
  const today = civilDateOf(at);
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const before = await ports.caseBook.readNow('organisation', accountId);
  if (before !== undefined) return answerOfKept(before, fingerprint, today);
  if ((await ports.regions.read(communityCode)) === undefined) return refused('unknown_region');
  const byAge = refusedByAge(accountId, at);
  if (byAge !== undefined) return byAge;
  const opened = await ports.journal.commit([
    { change: 'open_account', accountId, state: 'donate_only', at },
  ]);
  if (opened.kind !== 'done') {
    const head = await ports.journal.readAccountNow(accountId);
    if (head === undefined) return refused('busy_try_again');
    if (head.state !== 'donate_only' || head.sequence > 0) return refused('exists_with_different_content');
  }
  const record: OrganisationRecord = {
    kind: 'organisation',
    caseId: accountId,
    version: 1,
    region: townshipOf(communityCode),
    communityCode,
    openedBy: permit.actor.memberId,
    openedAt: at,
    dueAt: at,
    fingerprint,
    ...papersOf(body),
    state: 'open',
  };
  if (await ports.caseBook.put(record)) return done(presentOrganisation(record, today));
  const kept = await ports.caseBook.readNow('organisation', accountId);
  return kept === undefined ? refused('busy_try_again') : answerOfKept(kept, fingerprint, today);
};

/** An organisation. */
export const readOrganisation = (
  ports: Pick<Ports, 'clock'>,
  _permit: Grant<'read_organisation'>,
  record: OrganisationRecord,
): Outcome<OrganisationView> => done(presentOrganisation(record, civilDateOf(nowOf(ports))));
