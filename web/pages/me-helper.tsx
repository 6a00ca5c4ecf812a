import type { BindingView } from '@time-bank/contracts/helping';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { AskedCommand } from '../components/asked-command.tsx';
import { BindingFacts } from '../components/binding-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { readOwnBindings, useHelperName } from '../own-bindings.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const isOpen = ({ state }: BindingView): boolean => state === 'proposed' || state === 'bound';

/** One helper: saying yes or no, and ending it at once. */
const MeHelper = () => {
  const own = useMeWords();
  const words = useHelpingWords();
  const sentences = useMeSentences();
  const nameOf = useHelperName();
  const bindingId = useRoute().params.bindingId ?? '';
  const list = useResource('bindings', readOwnBindings);
  const [news, setNews] = useState<string>();
  const memberId = list.value?.memberId ?? '';
  const binding = list.value?.items.find((each) => each.bindingId === bindingId);
  const tell = (sentence: string) => {
    setNews(sentence);
    list.reload();
  };
  const decide = (decision: 'accept' | 'decline') => ({
    send: (_id: string, _content: null) =>
      helpingClient.confirm(memberId, bindingId, { by: 'own_phone', decision }),
    onDone: () => {
      tell(decision === 'accept' ? own.agreed : own.disagreed);
    },
  });
  const accept = useDeed(decide('accept'));
  const decline = useDeed(decide('decline'));
  const end = useDeed({
    send: (_id, _content: null) => helpingClient.end(memberId, bindingId, own.endedReason),
    onDone: () => {
      tell(own.ended);
    },
  });
  const name = binding === undefined ? '' : nameOf(binding);
  return (
    <MePage
      title={binding?.state === 'checked' ? own.askAgree(name) : binding === undefined ? own.helpers : name}
      problems={failureProblems(sentences, [accept, decline, end])}
      news={news}
      back="/me/helpers"
    >
      <Loaded resource={list}>
        {() =>
          binding === undefined ? (
            <p>{own.helpersEmpty}</p>
          ) : (
            <>
              <BindingFacts binding={binding} large />
              {binding.state === 'checked' && (
                <>
                  <SendButton
                    command={accept}
                    label={own.agree}
                    onPress={() => {
                      accept.submit(null);
                    }}
                  />
                  <AskedCommand
                    label={own.disagree}
                    question={own.disagreeSure(name)}
                    yes={own.disagreeYes}
                    no={words.notNow}
                    command={decline}
                  />
                </>
              )}
              {isOpen(binding) && (
                <AskedCommand
                  label={own.endFor(name)}
                  question={own.endSure(name)}
                  yes={own.endYes}
                  no={words.notNow}
                  command={end}
                />
              )}
            </>
          )
        }
      </Loaded>
    </MePage>
  );
};

export default MeHelper;
