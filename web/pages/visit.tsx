import type { RequestView } from '@time-bank/contracts/request';
import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { client } from '../client.ts';
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
import { Sure } from '../components/sure.tsx';
import { useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

const CheckIn = ({
  command,
  problem,
  onProblem,
}: {
  command: Command<string>;
  problem: string | undefined;
  onProblem: (problem: string | undefined) => void;
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
      <SendButton command={command} label={words.checkIn} />
    </form>
  );
};

const CheckOut = ({ request, command }: { request: RequestView; command: Command<null> }) => {
  const words = useWords();
  const [isSure, setSure] = useState(false);
  return (
    <>
      <Facts
        large
        facts={[
          {
            name: words.since,
            content:
              request.visit?.checkedInAt === undefined
                ? undefined
                : momentWords(words, request.visit.checkedInAt),
          },
        ]}
      />
      {isSure ? (
        <Sure
          question={words.checkOutSure}
          yes={words.checkOutYes}
          no={words.notYet}
          command={command}
          onNo={() => {
            setSure(false);
          }}
        />
      ) : (
        <button
          type="button"
          class="primary"
          onClick={() => {
            setSure(true);
          }}
        >
          {words.checkOut}
        </button>
      )}
    </>
  );
};

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
  const done = (sentence: string) => () => {
    setNews(sentence);
    request.reload();
    scrollTo(0, 0);
  };
  const checkIn = useCommand({
    slot: `check-in.${requestId}`,
    prefix: 'cmd',
    send: (commandId, code: string) => client.checkIn(requestId, commandId, code),
    onDone: done(words.checkedIn),
  });
  const checkOut = useCommand({
    slot: `check-out.${requestId}`,
    prefix: 'cmd',
    send: (commandId, _content: null) => client.checkOut(requestId, commandId),
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
          return (
            <>
              <p>
                <strong>{stateWords(words.volunteerStates, value.state)}</strong>
              </p>
              {value.state === 'in_service' && <CheckOut request={value} command={checkOut} />}
              <Whom request={value} />
              {value.state === 'accepted' && (
                <>
                  <CheckIn command={checkIn} problem={problemAt(problems, 'code')} onProblem={setProblem} />
                  <p>{words.cannotCome}</p>
                </>
              )}
              {value.state === 'pending_confirm' && <p>{words.waiting}</p>}
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
