import type { Region } from '@time-bank/contracts/region';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { client } from '../client.ts';
import { useDeskWords } from '../desk-words.tsx';
import { keep, recall } from '../device-storage.ts';
import { useResource } from '../use-resource.ts';
import { SelectField } from './field.tsx';

/** The communities a coordinator looks after, and the one in hand; this device remembers which. */
export interface CommunityChoice {
  communities: readonly Region[];
  code: string | undefined;
  choose: (code: string) => void;
  failure?: Failure;
}

export const useCommunity = (): CommunityChoice => {
  const list = useResource('communities', client.listCommunities);
  const [chosen, setChosen] = useState(recall('community'));
  const communities = list.value?.items ?? [];
  return {
    communities,
    code: communities.some(({ code }) => code === chosen) ? chosen : communities[0]?.code,
    choose: (code) => {
      keep('community', code);
      setChosen(code);
    },
    ...(list.failure === undefined ? {} : { failure: list.failure }),
  };
};

/** Chooses a community; left out where there is only one. */
export const CommunityField = ({ community }: { community: CommunityChoice }) => {
  const words = useDeskWords();
  if (community.communities.length < 2) return null;
  return (
    <SelectField
      id="community"
      label={words.community}
      value={community.code ?? ''}
      onWrite={community.choose}
      options={community.communities.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
};
