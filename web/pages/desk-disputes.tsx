import type { DisputeList } from '@time-bank/contracts/confirming';
import { useState } from 'preact/hooks';
import { afterClient } from '../after-client.ts';
import { useAfterWords } from '../after-words.ts';
import { dayWords } from '../china-time.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';

const COUNTY_DIGITS = 6;

const List = ({ first, region }: { first: DisputeList; region: string }) => {
  const words = useWords();
  const own = useAfterWords();
  const more = useMore(first, (cursor) => afterClient.listDisputes(region, cursor));
  if (more.items.length === 0) return <p>{own.disputesEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((dispute) => (
          <li class="card" key={dispute.caseId}>
            <h2>{own.complaints[dispute.kind]}</h2>
            <p>
              {own.complainedBy(own.sides[dispute.by])} · {own.disputeStates[dispute.state]}
            </p>
            <p>
              {own.dueBy(dayWords(words, dispute.dueBy))}
              {dispute.isOverdue && <strong> · ! {own.overdue}</strong>}
            </p>
            <a class="button" href={`/desk/disputes/${dispute.requestId}`}>
              {own.dispute}
            </a>
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** The open disputes of a community, or those on which its county decides; the soonest due first. */
const DeskDisputes = () => {
  const own = useAfterWords();
  const community = useCommunity();
  const [level, setLevel] = useState('community');
  const code = community.code ?? community.communities[0]?.code;
  const region = level === 'county' ? code?.slice(0, COUNTY_DIGITS) : code;
  const list = useResource<DisputeList>(`disputes.${region ?? ''}`, () =>
    region === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : afterClient.listDisputes(region),
  );
  return (
    <DeskPage title={own.disputes} community={community} back="/desk">
      <ChoiceList
        id="level"
        label={own.disputes}
        value={level}
        onWrite={setLevel}
        choices={[
          { value: 'community', label: own.communityList },
          { value: 'county', label: own.countyList },
        ]}
      />
      {region !== undefined && (
        <Loaded resource={list}>{(first) => <List first={first} region={region} />}</Loaded>
      )}
    </DeskPage>
  );
};

export default DeskDisputes;
