/** Where an account belongs: to a member, or to an organisation, and to which community. */
import { type AccountId, MemberId } from '@time-bank/contracts/ids';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Subject } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';

/** Whose ULID an account has: a member's, where it is one of a member. */
export const ownerOf = (accountId: AccountId): MemberId => MemberId.parse(`mem_${accountId.slice(4)}`);

/** An account and its home. */
export interface AccountHome {
  accountId: AccountId;
  communityCode: CommunityCode;
  isOrganisation: boolean;
}

/** The home of an account; undefined where there is no such account. */
export const readAccountHome = async (
  ports: Pick<Ports, 'people' | 'caseBook'>,
  accountId: AccountId,
): Promise<AccountHome | undefined> => {
  const member = await ports.people.readMember(ownerOf(accountId));
  if (member !== undefined) {
    return { accountId, communityCode: member.communityCode, isOrganisation: false };
  }
  const organisation = await ports.caseBook.readNow('organisation', accountId);
  return organisation === undefined
    ? undefined
    : { accountId, communityCode: organisation.communityCode, isOrganisation: true };
};

/** What an account is to the table of permissions; `also`: other accounts that are changed with it. */
export const subjectOfAccount = (home: AccountHome | undefined, also: readonly AccountId[] = []): Subject =>
  home === undefined
    ? {}
    : {
        communityCode: home.communityCode,
        ...(home.isOrganisation ? {} : { memberId: ownerOf(home.accountId) }),
        concerns: [home.accountId, ...also].map(ownerOf),
      };
