import type { ConfirmationRow } from '@time-bank/contracts/confirming';
import type { Receipt } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import { afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { WaitingVisit } from '../components/waiting-visit.tsx';
import { useConfirmations } from '../use-confirmations.ts';
import { useDeed } from '../use-deed.ts';

interface Digits {
  requestId: string;
  code: string;
}

const Row = ({
  row,
  confirm,
  link,
  token,
}: {
  row: ConfirmationRow;
  confirm: ReturnType<typeof useDeed<Digits, Receipt>>;
  link: ReturnType<typeof useDeed<string, { token: string }>>;
  /** The link that was made last, where it is this visit's. */
  token: string | undefined;
}) => {
  const own = useAfterWords();
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { request, told, isForgotten } = row;
  const { requestId } = request;
  return (
    <WaitingVisit
      row={row}
      tried={own.reminded(told)}
      about={
        isForgotten && (
          <p>
            <strong>! {own.forgotten}</strong>
          </p>
        )
      }
    >
      <DeedForm
        title={own.digits}
        label={own.digitsSend}
        command={confirm}
        onSend={() => {
          const digits = code.trim();
          const isGood = /^\d{6}$/.test(digits);
          setMissing(!isGood);
          if (isGood) confirm.submit({ requestId, code: digits });
        }}
      >
        <Field
          id={`digits-${requestId}`}
          label={own.digits}
          problem={isMissing ? own.digitsMissing : undefined}
          value={code}
          onWrite={setCode}
          inputMode="numeric"
          autocomplete="off"
          maxLength={6}
        />
      </DeedForm>
      <DeedForm
        title={own.link}
        hint={own.linkHint}
        label={own.linkSend}
        command={link}
        onSend={() => {
          link.submit(requestId);
        }}
      >
        {token !== undefined && (
          <p>
            {own.linkMade} <a href={`/c#${token}`}>{`${location.origin}/c#${token}`}</a>
          </p>
        )}
      </DeedForm>
    </WaitingVisit>
  );
};

/** What waits to be confirmed in a community, the longest first; what was forgotten stands out. */
const DeskConfirm = () => {
  const own = useAfterWords();
  const sentences = useAfterSentences();
  const { community, list } = useConfirmations('waiting');
  const [news, setNews] = useState<string>();
  const [made, setMade] = useState<{ requestId: string; token: string }>();
  const confirm = useDeed({
    prefix: 'trf',
    send: (transferId, digits: Digits) =>
      afterClient.confirmByCode(digits.requestId, transferId, digits.code),
    onDone: () => {
      setNews(own.confirmed);
      list.reload();
    },
  });
  const link = useDeed({
    send: (linkId, requestId: string) => afterClient.makeLink(requestId, linkId),
    onDone: ({ token }, requestId) => {
      setMade({ requestId, token });
    },
  });
  return (
    <DeskPage
      title={own.confirmList}
      problems={failureProblems(sentences, [confirm, link])}
      news={news}
      community={community}
      back="/desk"
    >
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.confirmEmpty}</p>
          ) : (
            <ul class="cards">
              {items.map((row) => (
                <Row
                  key={row.request.requestId}
                  row={row}
                  confirm={confirm}
                  link={link}
                  token={made?.requestId === row.request.requestId ? made.token : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </DeskPage>
  );
};

export default DeskConfirm;
