import type { HonestyItem, HonestyList, WorkOrderList, WorkOrderView } from '@time-bank/contracts/confirming';
import { useState } from 'preact/hooks';
import { type Review, type WorkStep, afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { dayWords } from '../china-time.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { VerdictForm } from '../components/verdict-form.tsx';
import { useWords } from '../language.tsx';
import { usePeopleSentences } from '../people-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

interface Reviewed {
  caseId: string;
  review: Review;
}
interface Worked {
  caseId: string;
  step: WorkStep;
}

const Item = ({ item, command }: { item: HonestyItem; command: Command<Reviewed> }) => {
  const words = useWords();
  const own = useAfterWords();
  return (
    <li class="card">
      <h3>{item.why[words.locale]}</h3>
      <p>{own.people(item.subjects.map(({ surname }) => `${surname}*`).join(words.listComma))}</p>
      {item.requestIds.slice(0, 2).map((requestId) => (
        <a class="button" key={requestId} href={`/desk/requests/${requestId}`}>
          {own.openRequest}
        </a>
      ))}
      <VerdictForm
        id={item.caseId}
        title={own.reviewWhat}
        label={own.reviewSend}
        why={own.reviewReason}
        choices={[
          { value: 'dismissed', label: own.dismissed },
          { value: 'followed_up', label: own.followedUp },
        ]}
        command={command}
        onSend={(outcome, reason) => {
          command.submit({ caseId: item.caseId, review: { outcome, reason } });
        }}
      />
    </li>
  );
};

const Items = ({
  first,
  region,
  command,
}: {
  first: HonestyList;
  region: string;
  command: Command<Reviewed>;
}) => {
  const own = useAfterWords();
  const more = useMore(first, (cursor) => afterClient.listItems(region, cursor));
  if (more.items.length === 0) return <p>{own.reviewEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((item) => (
          <Item key={item.caseId} item={item} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

const Order = ({ order, command }: { order: WorkOrderView; command: Command<Worked> }) => {
  const words = useWords();
  const own = useAfterWords();
  const contacted = { value: 'contacted', label: own.contacted } as const;
  const fixed = { value: 'fixed', label: own.fixed } as const;
  const due =
    order.state === 'open'
      ? own.contactBy(dayWords(words, order.contactBy))
      : own.fixBy(dayWords(words, order.fixBy));
  return (
    <li class="card">
      <h3>{own.levels[order.level]}</h3>
      {order.words !== undefined && <p>{order.words}</p>}
      <p>
        {own.sides[order.by]} · {due}
        {order.isOverdue && <strong> · ! {own.overdue}</strong>}
      </p>
      <a class="button" href={`/desk/requests/${order.requestId}`}>
        {own.openRequest}
      </a>
      <VerdictForm<WorkStep['step']>
        id={order.caseId}
        title={own.workStep}
        label={own.workSend}
        why={own.workWords}
        choices={order.state === 'open' ? [contacted, fixed] : [fixed]}
        command={command}
        onSend={(step, said) => {
          command.submit({ caseId: order.caseId, step: { step, words: said } });
        }}
      />
    </li>
  );
};

const Orders = ({
  first,
  community,
  command,
}: {
  first: WorkOrderList;
  community: string;
  command: Command<Worked>;
}) => {
  const own = useAfterWords();
  const more = useMore(first, (cursor) => afterClient.listWorkOrders(community, cursor));
  if (more.items.length === 0) return <p>{own.workOrdersEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((order) => (
          <Order key={`${order.caseId}.${order.state}`} order={order} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** What is worth a second look in a community: bad ratings to put right, and what many visits together show. */
const DeskReviewItems = () => {
  const own = useAfterWords();
  const after = useAfterSentences();
  const people = usePeopleSentences();
  const sentences = { ...after, refusals: { ...people.refusals, ...after.refusals } };
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const items = useResource<HonestyList>(`honesty.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : afterClient.listItems(code),
  );
  const orders = useResource<WorkOrderList>(`work-orders.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : afterClient.listWorkOrders(code),
  );
  const [news, setNews] = useState<string>();
  const review = useDeed({
    send: (commandId, deed: Reviewed) => afterClient.review(deed.caseId, commandId, deed.review),
    onDone: () => {
      setNews(own.reviewed);
      items.reload();
    },
  });
  const work = useDeed({
    send: (commandId, deed: Worked) => afterClient.stepWorkOrder(deed.caseId, commandId, deed.step),
    onDone: () => {
      setNews(own.reviewed);
      orders.reload();
    },
  });
  return (
    <DeskPage
      title={own.reviewItems}
      problems={failureProblems(sentences, [review, work])}
      news={news}
      community={community}
      back="/desk"
    >
      {code !== undefined && (
        <>
          <h2>{own.workOrders}</h2>
          <Loaded resource={orders}>
            {(first) => <Orders first={first} community={code} command={work} />}
          </Loaded>
          <h2>{own.reviewItems}</h2>
          <p>{own.reviewHint}</p>
          <Loaded resource={items}>
            {(first) => <Items first={first} region={code} command={review} />}
          </Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskReviewItems;
