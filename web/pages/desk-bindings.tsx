import type { BindingList } from '@time-bank/contracts/helping';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { BindingDesk } from '../components/binding-desk.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { helpingClient } from '../helping-client.ts';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import { useResource } from '../use-resource.ts';

const List = ({
  first,
  community,
  onDone,
  onFailure,
}: {
  first: BindingList;
  community: string;
  onDone: (news: string) => void;
  onFailure: (failure: Failure | undefined) => void;
}) => {
  const own = usePeopleWords();
  const more = useMore(first, (cursor) => helpingClient.listWaiting(community, cursor));
  if (more.items.length === 0) return <p>{own.waitingEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((binding) => (
          <BindingDesk key={binding.bindingId} binding={binding} onDone={onDone} onFailure={onFailure} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** The bindings of a community that wait for staff or for the elder. */
const DeskBindings = () => {
  const own = usePeopleWords();
  const sentences = usePeopleSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<BindingList>(`bindings.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : helpingClient.listWaiting(code),
  );
  const [news, setNews] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  return (
    <DeskPage
      title={own.waiting}
      problems={failureProblems(sentences, [failure === undefined ? {} : { failure }])}
      news={news}
      community={community}
    >
      {code !== undefined && (
        <Loaded resource={list}>
          {(first) => (
            <List
              first={first}
              community={code}
              onDone={(told) => {
                setNews(told);
                list.reload();
              }}
              onFailure={(told) => {
                setFailure(told);
                if (told !== undefined) setNews(undefined);
              }}
            />
          )}
        </Loaded>
      )}
    </DeskPage>
  );
};

export default DeskBindings;
