/** An organisation opens an account for the hours of its groups, from which they can only be given away. */
import type { OpenOrganisation, OrganisationView } from '@time-bank/contracts/organisation';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { OrganisationRecord } from './staff-case.ts';

/** An organisation as its coordinators see it. */
export const presentOrganisation = (record: OrganisationRecord): OrganisationView => ({
  accountId: record.caseId,
  name: record.name,
  communityCode: record.communityCode,
  openedAt: record.openedAt,
});

const answerOfKept = (kept: OrganisationRecord, fingerprint: string): Outcome<OrganisationView> =>
  kept.fingerprint === fingerprint
    ? replayed(presentOrganisation(kept))
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
  const { accountId, name, communityCode } = body;
  const at = nowOf(ports);
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const before = await ports.caseBook.readNow('organisation', accountId);
  if (before !== undefined) return answerOfKept(before, fingerprint);
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
    name,
    state: 'open',
  };
  if (await ports.caseBook.put(record)) return done(presentOrganisation(record));
  const kept = await ports.caseBook.readNow('organisation', accountId);
  return kept === undefined ? refused('busy_try_again') : answerOfKept(kept, fingerprint);
};

/** An organisation. */
export const readOrganisation = (
  _permit: Grant<'read_organisation'>,
  record: OrganisationRecord,
): Outcome<OrganisationView> => done(presentOrganisation(record));
