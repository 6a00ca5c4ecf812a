/** Consent by purpose and version: said by oneself or one's guardian, taken back as easily, and kept word for word. */
import type { FileId, MemberId } from '@time-bank/contracts/ids';
import {
  type ConsentList,
  ConsentPurpose,
  type ConsentView,
  type GiveConsent,
  consentVersions,
} from '@time-bank/contracts/privacy';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ConsentLeaf } from './person-leaf.ts';
import { emptyPortrait } from './portrait-leaf.ts';
import type { Ports } from './ports.ts';

/** The newest word of each purpose: the later instant, and of one instant the later id. */
const newestOf = (leaves: readonly ConsentLeaf[], purpose: ConsentPurpose): ConsentLeaf | undefined =>
  leaves
    .filter((leaf) => leaf.purpose === purpose)
    .sort((one, other) => (`${one.at}${one.fileId}` < `${other.at}${other.fileId}` ? 1 : -1))[0];

const viewOf = (purpose: ConsentPurpose, said: ConsentLeaf | undefined): ConsentView => {
  const version = consentVersions[purpose];
  if (said === undefined) return { purpose, version, isGiven: false };
  const byGuardian = said.by !== said.memberId;
  return {
    purpose,
    version,
    // Whoever said yes to other words has not said yes to these.
    isGiven: said.isGiven && said.textVersion === version,
    saidVersion: said.textVersion,
    at: said.at,
    ...(byGuardian ? { byGuardian } : {}),
  };
};

/** What a person has said to every purpose. */
export const consentsOf = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
): Promise<ConsentView[]> => {
  const leaves = await ports.personFiles.listNow('consent', memberId);
  return ConsentPurpose.options.map((purpose) => viewOf(purpose, newestOf(leaves, purpose)));
};

/** True while a person's consent to a purpose stands. */
export const hasConsent = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  purpose: ConsentPurpose,
): Promise<boolean> =>
  (await consentsOf(ports, memberId)).some((view) => view.purpose === purpose && view.isGiven);

/** All purposes, for oneself or one's ward. */
export const listConsents = async (
  ports: Pick<Ports, 'personFiles'>,
  _permit: Grant<'read_own_file'>,
  memberId: MemberId,
): Promise<Outcome<ConsentList>> => done({ items: await consentsOf(ports, memberId) });

const answerOf = (kept: ConsentLeaf, fingerprint: string): Outcome<ConsentView> =>
  kept.fingerprint === fingerprint
    ? replayed(viewOf(kept.purpose, kept))
    : refused('exists_with_different_content');

/**
 * Says yes or no. A yes counts for the words that are shown today only; a no for whatever words. With the consent to a
 * portrait goes the portrait itself.
 * Refuses: invalid_fields (a yes to words of another version), exists_with_different_content, id_too_old,
 * id_from_the_future, busy_try_again.
 */
export const giveConsent = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  permit: Grant<'give_consent'>,
  memberId: MemberId,
  body: GiveConsent,
): Promise<Outcome<ConsentView>> => {
  const { consentId, purpose, version, isGiven } = body;
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, memberId, body]);
  const read = (fileId: FileId) => ports.personFiles.readNow('consent', memberId, fileId);
  const before = await read(consentId);
  if (before !== undefined) return answerOf(before, fingerprint);
  const at = nowOf(ports);
  const byAge = refusedByAge(consentId, at);
  if (byAge !== undefined) return byAge;
  if (isGiven && version !== consentVersions[purpose]) {
    return refused('invalid_fields', {
      details: [{ property: 'version', message: 'is not the version that is shown today' }],
    });
  }
  const isPortraitOver = purpose === 'portrait' && !isGiven;
  if (isPortraitOver && !(await emptyPortrait(ports, memberId))) return refused('busy_try_again');
  const leaf: ConsentLeaf = {
    kind: 'consent',
    memberId,
    fileId: consentId,
    version: 1,
    at,
    purpose,
    textVersion: version,
    isGiven,
    by: permit.actor.memberId,
    fingerprint,
  };
  if (await ports.personFiles.put(leaf)) return done(viewOf(purpose, leaf));
  const kept = await read(consentId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept, fingerprint);
};
