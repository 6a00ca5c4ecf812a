import type { RequestView } from '@time-bank/contracts/request';
import type { ComponentChildren } from 'preact';
import lazy from 'preact-iso/lazy';
import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type Beside, client } from '../client.ts';
import type { Problem } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { phoneOf, receiverWords, requestFacts } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { stateWords } from '../components/state-words.ts';
import { useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import { PageBroken } from './page-broken.tsx';

// Its words and what a region takes come with it, after the code can be entered.
const PresencePart = lazy(() => import('../components/presence-part.tsx'));
const AfterLinks = lazy(() => import('../components/after-links.tsx'));
// Its words come with it, for those few who cannot come.
const WithdrawPart = lazy(() => import('../components/withdraw-part.tsx'));

const CheckIn = ({
  command,
  problem,
  onProblem,
  children,
}: {
  command: Command<string>;
  problem: string | undefined;
  onProblem: (problem: string | undefined) => void;
  /** What may be shown beside the code. */
  children: ComponentChildren;
}) => {
  const words = useWords();
  const [code, setCode] = useState('');
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const digits = code.normalize('NFKC').replace(/\D/g, '');
        if (digits.length === 6) {
          onProblem(undefined);
          command.submit(digits);
        } else onProblem(words.visitCodeMissing);
      }}
    >
      <Field
        id="code"
        class="digits"
        inputMode="numeric"
        autocomplete="off"
        label={words.visitCode}
        hint={words.checkInHint}
        problem={problem}
        value={code}
        onWrite={setCode}
      />
      {children}
      <SendButton command={command} label={words.checkIn} />
    </form>
  );
};

// Fetched once somebody is there: whoever is on the way needs the page to open fast.
const CheckOut = lazy(() =>
  import('../components/check-out.tsx').catch(() => ({ default: () => <PageBroken /> })),
);

/** Whom to visit, where, and how to reach them; or, afterwards, how long the visit was. */
const Whom = ({ request }: { request: RequestView }) => {
  const words = useWords();
  const served = request.visit?.servedMinutes;
  const phone = phoneOf(request);
  return (
    <>
      <Facts
        large
        facts={[
          { name: words.name_, content: receiverWords(words, request) },
          ...requestFacts(words, request).filter(({ name }) => name !== words.distance),
          { name: words.served, content: served === undefined ? undefined : words.hours(served) },
        ]}
      />
      {phone !== undefined && <PhoneLink phone={phone} />}
    </>
  );
};

/** One visit of a volunteer's, with its next step: check in, check out, wait, done. */
const Visit = () => {
  const words = useWords();
  const { query } = useLocation();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const [news, setNews] = useState(query.news === 'accepted' ? words.accepted : undefined);
  const [problem, setProblem] = useState<string>();
  const [beside, setBeside] = useState<Beside>({});
  const done = (sentence: string) => () => {
    setNews(sentence);
    setBeside({});
    request.reload();
    scrollTo(0, 0);
  };
  const checkIn = useCommand({
    slot: `check-in.${requestId}`,
    prefix: 'cmd',
    send: (commandId, shown: Beside & { code: string }) => client.checkIn(requestId, commandId, shown),
    onDone: done(words.checkedIn),
  });
  const checkOut = useCommand({
    slot: `check-out.${requestId}`,
    prefix: 'cmd',
    send: (commandId, shown: Beside) => client.checkOut(requestId, commandId, shown),
    onDone: done(words.checkedOut),
  });
  const isWrongCode =
    checkIn.failure?.kind === 'refused' && checkIn.failure.refusal.code === 'visit_code_incorrect';
  const refused: Problem[] = failureProblems(words, [checkIn, checkOut], {
    code: { field: 'code', words: words.visitCodeMissing },
  }).map((each) => (isWrongCode ? { ...each, field: 'code' } : each));
  const problems = problem === undefined ? refused : [{ field: 'code', words: problem }];
  return (
    <Page title={words.myVisits} problems={problems} news={problems.length === 0 ? news : undefined}>
      <Loaded resource={request}>
        {(value) => {
          const credited = value.visit?.creditedMinutes;
          const presence = (
            <PresencePart key={value.state} request={value} beside={beside} onChange={setBeside} />
          );
          return (
            <>
              <p>
                <strong>{stateWords(words.volunteerStates, value.state)}</strong>
              </p>
              {value.state === 'in_service' && (
                <CheckOut
                  request={value}
                  command={{
                    ...checkOut,
                    submit: () => {
                      checkOut.submit(beside);
                    },
                  }}
                >
                  {presence}
                </CheckOut>
              )}
              <Whom request={value} />
              {value.state === 'in_service' && (
                <a class="button" href={`/visits/${requestId}/help`}>
                  {words.help}
                </a>
              )}
              {credited === undefined && (
                <a class="button" href={`/visits/${requestId}/report`}>
                  {words.reportVisit}
                </a>
              )}
              {(value.state === 'accepted' || value.state === 'confirmed') && (
                <>
                  <CheckIn
                    command={{
                      ...checkIn,
                      submit: (code: string) => {
                        checkIn.submit({ ...beside, code });
                      },
                    }}
                    problem={problemAt(problems, 'code')}
                    onProblem={setProblem}
                  >
                    {presence}
                  </CheckIn>
                  <WithdrawPart
                    request={value}
                    onDone={(sentence) => {
                      done(sentence)();
                    }}
                  />
                </>
              )}
              {value.state === 'pending_confirm' && <p>{words.waiting}</p>}
              {value.visit?.checkedOutAt !== undefined && (
                <AfterLinks state={value.state} at={`/visits/${requestId}`} />
              )}
              {credited !== undefined && <p class="news">✓ {words.credited(words.hours(credited))}</p>}
            </>
          );
        }}
      </Loaded>
      <a class="button" href="/visits">
        {words.back}
      </a>
    </Page>
  );
};

export default Visit;
