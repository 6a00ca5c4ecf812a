import type { Region } from '@time-bank/contracts/region';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { client } from '../client.ts';
import { useDeskWords } from '../desk-words.tsx';
import { keep, recall } from '../device-storage.ts';
import { useResource } from '../use-resource.ts';
import { SelectField } from './field.tsx';

const ALL = 'all';

/** The communities a coordinator looks after, and the one in hand; this device remembers which. */
export interface CommunityChoice {
  communities: readonly Region[];
  /** The community in hand; nothing where there is only one, which the service knows itself. */
  code: string | undefined;
  /** True where the coordinator looks at all of several. */
  isAll: boolean;
  choose: (code: string) => void;
  failure?: Failure;
}

/** Reads the communities, and remembers the choice. */
export const useCommunity = (): CommunityChoice => {
  const list = useResource('communities', client.listCommunities);
  const [chosen, setChosen] = useState(recall('community'));
  const communities = list.value?.items ?? [];
  const isMine = list.value === undefined || communities.some(({ code }) => code === chosen);
  const first = communities.length > 1 ? communities[0]?.code : undefined;
  return {
    communities,
    code: isMine && chosen !== ALL ? chosen : first,
    isAll: chosen === ALL && communities.length > 1,
    choose: (code) => {
      keep('community', code);
      setChosen(code);
    },
    ...(list.failure === undefined ? {} : { failure: list.failure }),
  };
};

/** Chooses a community, or all of them where a page can show that; left out where there is only one. */
export const CommunityField = ({
  community,
  withAll = false,
}: {
  community: CommunityChoice;
  withAll?: boolean;
}) => {
  const words = useDeskWords();
  if (community.communities.length < 2) return null;
  return (
    <SelectField
      id="community"
      label={words.community}
      value={withAll && community.isAll ? ALL : (community.code ?? '')}
      onWrite={community.choose}
      options={[
        ...(withAll ? [{ value: ALL, label: words.allCommunities }] : []),
        ...community.communities.map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
  );
};
