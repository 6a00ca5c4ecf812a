import type { CorrectionReceipt } from '@time-bank/contracts/correction';
import { useState } from 'preact/hooks';
import { useAccountsWords } from '../accounts-words.ts';
import { CorrectionForm } from '../components/correction-form.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { type Person, PersonFinder } from '../components/person-finder.tsx';
import { correctionsClient } from '../corrections-client.ts';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';

/** Somebody's account: what they can use, and the form for a line that is wrong. */
const Account = ({
  person,
  onBegin,
  onProblems,
  onDone,
}: {
  person: Person;
  onBegin: () => void;
  onProblems: (problems: Problem[]) => void;
  onDone: (receipt: CorrectionReceipt) => void;
}) => {
  const words = useWords();
  const own = useAccountsWords();
  // An account has the digits of its member.
  const accountId = `acc_${person.memberId.slice(4)}`;
  const balance = useResource(`account.${accountId}`, () => correctionsClient.readAccount(accountId));
  const entries = useResource(`entries.${accountId}`, () => correctionsClient.listEntries(accountId));
  return (
    <section class="card">
      <h2>{person.name}</h2>
      <Loaded resource={balance}>
        {({ availableMinutes }) => <p>{own.nowHas(words.hours(availableMinutes))}</p>}
      </Loaded>
      <Loaded resource={entries}>
        {(first) => (
          <CorrectionForm
            person={person}
            accountId={accountId}
            first={first}
            onBegin={onBegin}
            onProblems={onProblems}
            onDone={(receipt) => {
              balance.reload();
              entries.reload();
              onDone(receipt);
            }}
          />
        )}
      </Loaded>
    </section>
  );
};

/** A coordinator puts a line of a member's account right: who, which line, what was meant, and why. */
const DeskCorrection = () => {
  const words = useWords();
  const own = useAccountsWords();
  const [person, setPerson] = useState<Person>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [news, setNews] = useState<string>();
  return (
    <Page title={own.propose} problems={problems} news={news} wide>
      <p>{own.proposeIntro}</p>
      <p role="status" class="unseen">
        {person?.name}
      </p>
      <div class="columns">
        <PersonFinder
          person={person}
          onFind={(found) => {
            setPerson(found);
            setProblems([]);
            setNews(undefined);
          }}
        />
        {person === undefined ? (
          <p class="card">{own.whoseMissing}</p>
        ) : (
          <Account
            key={person.memberId}
            person={person}
            onBegin={() => {
              setNews(undefined);
            }}
            onProblems={setProblems}
            onDone={({ state }) => {
              setNews(state === 'carried_out' ? own.corrected : own.waits);
              scrollTo(0, 0);
            }}
          />
        )}
      </div>
      <a class="button" href="/desk/corrections">
        {words.back}
      </a>
    </Page>
  );
};

export default DeskCorrection;
