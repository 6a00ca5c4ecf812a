import { PORTRAIT_SIDE_PX } from '@time-bank/contracts/portrait-size';
import type { ConsentView } from '@time-bank/contracts/privacy';
import { useState } from 'preact/hooks';
import type { Answer } from '../answer.ts';
import { jpegAddress } from '../base64.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useHelpingWords } from '../helping-words.ts';
import { meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { squareJpeg } from '../square-jpeg.ts';
import { useCommand } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** What somebody has said about their portrait, and the portrait, as an address that a page can show. */
interface Own {
  view: ConsentView;
  picture?: string;
}

const readOwn = async (): Promise<Answer<Own>> => {
  const [consents, picture] = await Promise.all([meClient.listConsents(), meClient.readPortrait()]);
  if (consents.kind !== 'done') return consents;
  const view = consents.value.items.find(({ purpose }) => purpose === 'portrait');
  if (view === undefined) return { kind: 'unreachable' };
  if (picture.kind === 'done') return { kind: 'done', value: { view, picture: picture.value } };
  const isNone = picture.kind === 'refused' && picture.refusal.code === 'unknown_file';
  return isNone ? { kind: 'done', value: { view } } : picture;
};

const agree = (consentId: string, { version }: ConsentView, isGiven: boolean) =>
  meClient.giveConsent(consentId, { purpose: 'portrait', version, isGiven });

const Picture = ({ address, alt }: { address: string; alt: string }) => (
  <img class="face" src={address} width={PORTRAIT_SIDE_PX} height={PORTRAIT_SIDE_PX} alt={alt} />
);

/** Chooses a picture or takes one; it goes nowhere before somebody has seen it and agreed. */
const Choice = ({ view, onDone }: { view: ConsentView; onDone: (news: string) => void }) => {
  const own = useMeWords();
  const sentences = useMeSentences();
  const [jpeg, setJpeg] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const command = useDeed({
    prefix: 'fil',
    send: async (consentId, picture: string) => {
      if (!view.isGiven) {
        const agreed = await agree(consentId, view, true);
        if (agreed.kind !== 'done') return agreed;
      }
      return meClient.givePortrait(picture);
    },
    onDone: () => {
      setJpeg(undefined);
      onDone(own.portraitGiven);
    },
  });
  const choose = async (file: File | undefined) => {
    command.clear();
    const square = file === undefined ? undefined : await squareJpeg(file);
    setWrong(file !== undefined && square === undefined);
    setJpeg(square);
  };
  const [problem] = failureProblems(sentences, [command]);
  return (
    <>
      {isWrong && <p role="alert">! {own.portraitWrong}</p>}
      <label class="button">
        {own.portraitChoose}
        <input
          class="unseen"
          type="file"
          accept="image/*"
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
      </label>
      {jpeg !== undefined && (
        <section class="card">
          <h2>{own.portraitLook}</h2>
          <Picture address={jpegAddress(jpeg)} alt={own.portraitAlt} />
          <p>{own.purposes.portrait.what}</p>
          {problem !== undefined && <p role="alert">! {problem.words}</p>}
          <SendButton
            command={command}
            label={own.portraitSend}
            onPress={() => {
              command.submit(jpeg);
            }}
          />
        </section>
      )}
    </>
  );
};

/** The picture that an elder sees before the door is opened: given, looked at, taken back. */
const MePortrait = () => {
  const own = useMeWords();
  const { notNow } = useHelpingWords();
  const sentences = useMeSentences();
  const state = useResource('portrait', readOwn);
  const [news, setNews] = useState<string>();
  const tell = (said: string) => {
    setNews(said);
    state.reload();
  };
  const end = useCommand({
    slot: 'portrait.end',
    prefix: 'fil',
    send: (consentId, view: ConsentView) => agree(consentId, view, false),
    onDone: () => {
      tell(own.portraitEnded);
    },
  });
  return (
    <MePage title={own.portrait} problems={failureProblems(sentences, [end])} news={news}>
      <p>{own.portraitHint}</p>
      <Loaded resource={state}>
        {({ view, picture }) => (
          <>
            {picture === undefined ? (
              <p>{own.portraitNone}</p>
            ) : (
              <Picture address={picture} alt={own.portraitAlt} />
            )}
            <Choice view={view} onDone={tell} />
            {picture !== undefined && (
              <AskedCommand
                label={own.portraitEnd}
                question={own.portraitEndSure}
                yes={own.portraitEndYes}
                no={notNow}
                command={{
                  ...end,
                  submit: () => {
                    end.submit(view);
                  },
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </MePage>
  );
};

export default MePortrait;
