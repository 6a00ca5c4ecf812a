import type { AskedSoFar, CandidateList } from '@time-bank/contracts/candidate';
import type { RequestView } from '@time-bank/contracts/request';
import { askClient } from '../ask-client.ts';
import { useAskWords } from '../ask-words.ts';
import { momentWords, now } from '../china-time.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useLanguage, useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import { failureProblems } from './failure-problems.ts';
import { Loaded } from './loaded.tsx';
import { PhoneLink } from './phone-link.tsx';
import { ProblemLines } from './problem-lines.tsx';
import { SendButton } from './send-button.tsx';
import { WhyNot } from './why-not.tsx';

/** Volunteers who could come, the best fit first, each with the reasons and the number to call. */
const Candidates = ({ list }: { list: CandidateList }) => {
  const { locale } = useLanguage();
  const words = useWords();
  const deskWords = useDeskWords();
  if (list.items.length === 0) return <p>{deskWords.candidatesEmpty}</p>;
  return (
    <>
      <p>{deskWords.considered(list.considered)}</p>
      <ol class="cards numbered">
        {list.items.map((candidate) => (
          <li class="card" key={candidate.volunteerId}>
            <h3>
              {candidate.name}{' '}
              <small>
                {words.genders[candidate.gender]} · {deskWords.elderAge(candidate.age)} ·{' '}
                {deskWords.score(candidate.score)}
              </small>
            </h3>
            <ul class="plain">
              {candidate.reasons.map(({ reason, words: reasonWords }) => (
                <li key={reason.code}>{reasonWords[locale]}</li>
              ))}
            </ul>
            {candidate.phone !== undefined && <PhoneLink phone={candidate.phone} />}
          </li>
        ))}
      </ol>
    </>
  );
};

/** Who was asked by now, and when more will be. */
const Asked = ({ asked }: { asked: AskedSoFar }) => {
  const words = useWords();
  const own = useAskWords();
  const { people, at, nextAt } = asked;
  return (
    <div class="card">
      <h3>{own.asked}</h3>
      <p>{people.length === 0 ? own.nobody : people.map(({ name }) => name).join(words.listComma)}</p>
      <p>{own.askedAt(momentWords(words, at))}</p>
      <p>{nextAt === undefined || nextAt < now() ? own.noMore : own.nextAt(momentWords(words, nextAt))}</p>
    </div>
  );
};

/** Who could make a visit that nobody has taken: they are asked, and it is told why somebody is not among them. */
const DeskCandidates = ({
  request,
  onAsked,
}: {
  request: RequestView;
  onAsked: (sentence: string) => void;
}) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const own = useAskWords();
  const { requestId } = request;
  const candidates = useResource(`candidates.${requestId}`, () => askClient.listCandidates(requestId));
  const ask = useCommand({
    slot: `ask.${requestId}`,
    prefix: 'cmd',
    send: (commandId, _content: null) => askClient.ask(requestId, commandId),
    onDone: ({ asked }) => {
      candidates.reload();
      onAsked(asked === 0 ? own.nobody : own.askedNow(asked));
    },
  });
  return (
    <section>
      <h2>{deskWords.candidates}</h2>
      <ProblemLines problems={failureProblems(words, [ask])} />
      <Loaded resource={candidates}>
        {(list) => (
          <>
            {list.asked !== undefined && <Asked asked={list.asked} />}
            {list.items.length > 0 && (
              <>
                <p>{own.askHint}</p>
                <SendButton
                  command={ask}
                  label={list.asked === undefined ? own.ask : own.askMore}
                  onPress={() => {
                    ask.submit(null);
                  }}
                />
              </>
            )}
            <Candidates list={list} />
          </>
        )}
      </Loaded>
      <WhyNot request={request} />
    </section>
  );
};

export default DeskCandidates;
