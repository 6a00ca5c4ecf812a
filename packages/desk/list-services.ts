/** What can be asked for in a community: the country's catalogue and what the region has beside it. */
import { payersOf, traitsIn } from '@time-bank/care/catalogue';
import type { CommunityCode } from '@time-bank/contracts/region';
import { ServiceCode } from '@time-bank/contracts/request';
import type { ServiceList, ServiceRow } from '@time-bank/contracts/request-life';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { type Policy, ratePercentOf } from '@time-bank/policy/policy';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';

const rowOf = (policy: Policy, code: ServiceCode): ServiceRow[] => {
  const traits = traitsIn(policy, code);
  if (traits === undefined) return [];
  const { isHeavy: _isHeavy, isGroup: _isGroup, isVisit: _isVisit, licence, ...shown } = traits;
  const { training: _training, levels, proofs, ...rest } = shown;
  const payers = payersOf(code, traits);
  return [
    {
      ...rest,
      code,
      levels: [levels[0], levels[1]],
      proofs: [...proofs],
      ratePercent: ratePercentOf(policy, code),
      withHours: payers.includes('hours'),
      byCommunity: payers.includes('community'),
      needsLicence: licence !== undefined,
    },
  ];
};

/** Services are no secret: everybody may know what is offered where. Refuses: unknown_region. */
export const listServices = async (
  ports: Pick<Ports, 'clock' | 'policies' | 'regions'>,
  _permit: Grant<'list_services'>,
  communityCode: CommunityCode,
): Promise<Outcome<ServiceList>> => {
  if ((await ports.regions.read(communityCode)) === undefined) return refused('unknown_region');
  const policy = await policyNow(ports, communityCode);
  return done({ communityCode, items: ServiceCode.options.flatMap((code) => rowOf(policy, code)) });
};
