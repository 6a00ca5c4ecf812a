import lazy from 'preact-iso/lazy';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { readChosenName } from '../chosen-people.ts';
import { BindingDesk } from '../components/binding-desk.tsx';
import { BindingForm } from '../components/binding-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { ByPhone, type Person } from '../components/person-finder.tsx';
import { SignInDesk } from '../components/sign-in-desk.tsx';
import { helpingClient } from '../helping-client.ts';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import { useResource } from '../use-resource.ts';

// It brings along what draws a QR.
const CardDesk = lazy(() => import('../components/card-desk.tsx'));

/** What a part of the page tells the whole: that something is done, or what failed. */
export interface Tell {
  onDone: (news: string) => void;
  onFailure: (failure: Failure | undefined) => void;
}

const Helpers = ({
  memberId,
  onDone,
  onFailure,
  onProblems,
}: Tell & { memberId: string; onProblems: (problems: Problem[]) => void }) => {
  const own = usePeopleWords();
  const list = useResource(`bindings.${memberId}`, () => helpingClient.listBindings(memberId));
  const [helper, setHelper] = useState<Person>();
  const done = (news: string) => {
    list.reload();
    onDone(news);
  };
  return (
    <section>
      <h2>{own.helpersOf}</h2>
      <Loaded resource={list}>
        {({ items }) => (
          <>
            {items.length === 0 && <p>{own.noHelpers}</p>}
            <ul class="cards">
              {items.map((binding) => (
                <BindingDesk
                  key={binding.bindingId}
                  binding={binding}
                  heading="h3"
                  onDone={done}
                  onFailure={onFailure}
                />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <details>
        <summary>{own.addHelper}</summary>
        <div class="card">
          <p>{own.addHelperHint}</p>
          <ByPhone onFind={setHelper} />
          {helper !== undefined && (
            <>
              <h3>
                {own.helper} · {helper.name}
              </h3>
              <BindingForm
                key={helper.memberId}
                elderId={memberId}
                helperId={helper.memberId}
                onProblems={onProblems}
                onCommand={({ failure }) => {
                  onFailure(failure);
                }}
                onDone={() => {
                  setHelper(undefined);
                  done(own.proposed);
                }}
              />
            </>
          )}
        </div>
      </details>
    </section>
  );
};

/** One person on a desk: their helpers, their card, their sign-ins. */
const DeskPerson = () => {
  const own = usePeopleWords();
  const sentences = usePeopleSentences();
  const memberId = useRoute().params.memberId ?? '';
  const name = useResource(`name.${memberId}`, () => readChosenName(memberId));
  const [news, setNews] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const tell: Tell = {
    onDone: (told) => {
      setNews(told);
      setProblems([]);
      setFailure(undefined);
      scrollTo(0, 0);
    },
    onFailure: (told) => {
      setFailure(told);
      if (told !== undefined) setNews(undefined);
    },
  };
  return (
    <DeskPage
      title={name.value === undefined ? own.title : own.open(name.value)}
      problems={[...problems, ...failureProblems(sentences, [failure === undefined ? {} : { failure }])]}
      news={news}
    >
      <Helpers memberId={memberId} onProblems={setProblems} {...tell} />
      <CardDesk memberId={memberId} {...tell} />
      <SignInDesk memberId={memberId} {...tell} />
    </DeskPage>
  );
};

export default DeskPerson;
