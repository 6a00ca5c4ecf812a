import type { Balance, StatementPage } from '@time-bank/contracts/account';
import type { RequestPage } from '@time-bank/contracts/request';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { client } from '../client.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { BigNumber } from '../components/big-number.tsx';
import { BindingFacts } from '../components/binding-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { HelpedNext } from '../components/helped-next.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { RequestCard } from '../components/request-card.tsx';
import { StatementList } from '../components/statement-list.tsx';
import { may, readHelpedElder } from '../helped-elder.ts';
import { helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { useWords } from '../language.tsx';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const Bookings = ({ memberId, first }: { memberId: string; first: RequestPage }) => {
  const words = useWords();
  const more = useMore(first, (cursor) => client.listRequests({ scope: 'received', memberId, cursor }));
  if (more.items.length === 0) return <p>{words.receivedEmpty}</p>;
  return (
    <>
      <ul>
        {more.items.map((request) => {
          const waits = request.state === 'pending_confirm';
          return (
            <RequestCard
              key={request.requestId}
              request={request}
              title={request.serviceWords[words.locale]}
              states={words.receiverStates}
              next={{
                path: `/received/${request.requestId}`,
                label: waits ? words.confirmShort : words.see(request.serviceWords[words.locale]),
                primary: waits,
              }}
              refOf={more.refOf}
            />
          );
        })}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

const Statement = ({ memberId, first }: { memberId: string; first: StatementPage }) => {
  const more = useMore(first, (cursor) => helpingClient.listEntries(memberId, cursor));
  return (
    <>
      <StatementList entries={more.items} refOf={more.refOf} />
      <MoreButton more={more} />
    </>
  );
};

const Hours = ({ balance }: { balance: Balance }) => {
  const words = useWords();
  return (
    <section class="card balance">
      <h2>{useMeWords().theirBalance}</h2>
      <BigNumber minutes={balance.availableMinutes} />
      {balance.heldMinutes > 0 && <p>{words.held(words.hours(balance.heldMinutes))}</p>}
      <p class="quiet">{words.asOf(momentWords(words, balance.asOf))}</p>
    </section>
  );
};

/** One elder whom one helps: what may be done, their hours and bookings. */
const HelpedElder = () => {
  const words = useWords();
  const own = useMeWords();
  const { notNow } = useHelpingWords();
  const sentences = useMeSentences();
  const memberId = useRoute().params.memberId ?? '';
  const elder = useResource(`helped.${memberId}`, () => readHelpedElder(memberId));
  const maySee = elder.value !== undefined && may(elder.value, 'see_balance');
  const mayOrder = elder.value !== undefined && may(elder.value, 'order');
  const maySpend = elder.value !== undefined && may(elder.value, 'spend');
  const mayRead = mayOrder || (elder.value !== undefined && may(elder.value, 'confirm'));
  const [isOver, setOver] = useState(false);
  const end = useDeed({
    send: (_id, bindingId: string) => helpingClient.end(memberId, bindingId, own.stoppedReason),
    onDone: () => {
      setOver(true);
    },
  });
  return (
    <MePage
      title={elder.value?.elder.elder?.name ?? own.helped}
      problems={failureProblems(sentences, [end])}
      news={isOver ? own.ended : undefined}
      back="/helped"
    >
      {!isOver && (
        <Loaded resource={elder}>
          {({ elder: row, rows }) => (
            <>
              {(mayOrder || maySpend) && (
                <a class="button primary" href={`/helped/${memberId}/order`}>
                  {own.order}
                </a>
              )}
              <a class="button" href={`/helped/${memberId}/help`}>
                {words.help}
              </a>
              {row.elder?.phone !== undefined && <PhoneLink phone={row.elder.phone} />}
              {mayOrder && <HelpedNext memberId={memberId} />}
              {maySee && <HoursOf memberId={memberId} />}
              {mayRead && <BookingsOf memberId={memberId} />}
              {maySee && <StatementOf memberId={memberId} />}
              {rows.map((each) => (
                <section class="card" key={each.bindingId}>
                  <BindingFacts binding={each} />
                  <AskedCommand
                    label={own.stopHelping}
                    question={own.stopHelpingSure}
                    yes={own.endYes}
                    no={notNow}
                    command={{
                      ...end,
                      submit: () => {
                        end.submit(each.bindingId);
                      },
                    }}
                  />
                </section>
              ))}
            </>
          )}
        </Loaded>
      )}
      {isOver && <p>{words.none}</p>}
    </MePage>
  );
};

const HoursOf = ({ memberId }: { memberId: string }) => {
  const balance = useResource(`balance.${memberId}`, () => helpingClient.readBalance(memberId));
  return <Loaded resource={balance}>{(value) => <Hours balance={value} />}</Loaded>;
};

const BookingsOf = ({ memberId }: { memberId: string }) => {
  const own = useMeWords();
  const requests = useResource(`received.${memberId}`, () =>
    client.listRequests({ scope: 'received', memberId }),
  );
  return (
    <section>
      <h2>{own.theirBookings}</h2>
      <Loaded resource={requests}>{(first) => <Bookings memberId={memberId} first={first} />}</Loaded>
    </section>
  );
};

const StatementOf = ({ memberId }: { memberId: string }) => {
  const own = useMeWords();
  const entries = useResource(`entries.${memberId}`, () => helpingClient.listEntries(memberId));
  return (
    <section>
      <h2>{own.theirStatement}</h2>
      <Loaded resource={entries}>{(first) => <Statement memberId={memberId} first={first} />}</Loaded>
    </section>
  );
};

export default HelpedElder;
