import type { ConfirmationList } from '@time-bank/contracts/confirming';
import { afterClient } from './after-client.ts';
import { useCommunity } from './components/community-field.tsx';
import { useResource } from './use-resource.ts';

/** The visits of a community that wait for somebody's word, or for a call; and the community, which can be changed. */
export const useConfirmations = (waitsFor: 'waiting' | 'call_back') => {
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<ConfirmationList>(`confirmations.${waitsFor}.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : afterClient.listConfirmations(code, waitsFor),
  );
  return { community, list };
};
