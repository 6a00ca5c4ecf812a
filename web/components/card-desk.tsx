import { useState } from 'preact/hooks';
import { dateOf } from '../china-time.ts';
import { helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { keysOf } from '../keys-of.ts';
import type { Tell } from '../pages/desk-person.tsx';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import { servicePhone } from '../service-phone.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { sentenceOf } from '../answer.ts';
import { BehalfFields, behalfOf, behalfProblems, blankBehalf } from './behalf-fields.tsx';
import { useDay } from './binding-facts.tsx';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { QrPicture } from './qr-picture.tsx';

/** A card as it is printed: its QR, its digits, and what to do when it is lost. */
const PrintedCard = ({ code, token }: { code: string; token: string }) => {
  const own = usePeopleWords();
  return (
    <section class="card printed">
      <h3>{own.cardTitle}</h3>
      <QrPicture text={token} label={own.cardTitle} />
      <p class="code">{code.replace(/(\d{3})(?=\d)/, '$1 ')}</p>
      <p>{own.cardLine}</p>
      <p>{own.cardLoss(servicePhone)}</p>
      <button
        type="button"
        onClick={() => {
          // Nothing but the card goes on paper.
          document.documentElement.dataset.print = 'card';
          print();
          delete document.documentElement.dataset.print;
        }}
      >
        {own.printCard}
      </button>
    </section>
  );
};

const IssueForm = ({ memberId, onDone, onFailure }: Tell & { memberId: string }) => {
  const own = usePeopleWords();
  const [pin, setPin] = useState('');
  const [check, setCheck] = useState('');
  const [problems, setProblems] = useState<Problem[]>([]);
  const [issued, setIssued] = useState<{ code: string; token: string }>();
  const command = useDeed({
    prefix: 'fil',
    send: async (cardId, card: Parameters<typeof helpingClient.issueCard>[1]) => {
      const answer = await helpingClient.issueCard(cardId, card);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: ({ code, token }) => {
      setPin('');
      setIssued(token === undefined ? undefined : { code, token });
      onDone(token === undefined ? own.issuedAgain : own.issued);
    },
  });
  const send = () => {
    const known = keysOf(own.checks).find((each) => each === check);
    const isPin = /^\d{4,6}$/.test(pin);
    setProblems([
      ...(known === undefined ? [{ field: 'card-check', words: own.checkMissing }] : []),
      ...(isPin ? [] : [{ field: 'new-pin', words: own.pinMissing }]),
    ]);
    if (known !== undefined && isPin) command.submit({ memberId, pin, check: known });
  };
  return (
    <>
      {issued !== undefined && <PrintedCard {...issued} />}
      <DeedForm
        title={own.issueCard}
        hint={own.issueHint}
        label={own.issueCard}
        command={command}
        onSend={send}
      >
        <ChoiceList
          id="card-check"
          label={own.check}
          problem={problemAt(problems, 'card-check')}
          value={check}
          onWrite={setCheck}
          choices={keysOf(own.checks).map((value) => ({ value, label: own.checks[value] }))}
        />
        <Field
          id="new-pin"
          type="password"
          inputMode="numeric"
          autocomplete="off"
          maxLength={6}
          label={own.newPin}
          problem={problemAt(problems, 'new-pin')}
          value={pin}
          onWrite={setPin}
        />
      </DeedForm>
    </>
  );
};

/** A person's card on a desk: how it stands, a loss reported for a caller, a new one. */
const CardDesk = ({ memberId, onDone, onFailure }: Tell & { memberId: string }) => {
  const own = usePeopleWords();
  const words = useHelpingWords();
  const sentences = usePeopleSentences();
  const day = useDay();
  const cards = useResource(`cards.${memberId}`, () => helpingClient.listCards(memberId));
  const [fields, setFields] = useState(blankBehalf);
  const [problems, setProblems] = useState<Problem[]>([]);
  const lose = useDeed({
    prefix: 'fil',
    send: async (reportId, forWhom: Parameters<typeof helpingClient.reportLost>[1]) => {
      const answer = await helpingClient.reportLost(reportId, forWhom);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: () => {
      setFields(blankBehalf);
      cards.reload();
      onDone(words.cardLostDone);
    },
  });
  return (
    <section>
      <h2>{own.cards}</h2>
      <Loaded resource={cards}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.noCards}</p>
          ) : (
            <ul class="lines">
              {items.map(({ cardId, state, issuedAt, isLocked }) => (
                <li key={cardId}>
                  <strong>{words.cardStates[state]}</strong> {words.cardSince(day(dateOf(issuedAt)))}
                  {isLocked && (
                    <span class="apart">
                      ! {sentenceOf(sentences, { kind: 'refused', refusal: { code: 'card_locked' } })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <DeedForm
        title={own.lostFor}
        hint={words.cardLostSure}
        label={words.cardLostYes}
        command={lose}
        onSend={() => {
          setProblems(behalfProblems('lost', fields, own));
          const forWhom = behalfOf(fields, own, memberId);
          if (forWhom !== undefined) lose.submit(forWhom);
        }}
      >
        <BehalfFields
          id="lost"
          fields={fields}
          problems={problems}
          onWrite={(name, text) => {
            setFields({ ...fields, [name]: text });
            setProblems([]);
          }}
        />
      </DeedForm>
      <IssueForm
        memberId={memberId}
        onFailure={onFailure}
        onDone={(news) => {
          cards.reload();
          onDone(news);
        }}
      />
    </section>
  );
};

export default CardDesk;
