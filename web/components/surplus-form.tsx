import type { Balance } from '@time-bank/contracts/account';
import { useState } from 'preact/hooks';
import { givingClient } from '../giving-client.ts';
import { useGivingSentences, useGivingWords } from '../giving-words.ts';
import { type HomePool, poolName } from '../home-pools.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems } from './failure-problems.ts';
import { Page } from './page.tsx';
import { SendButton } from './send-button.tsx';

const HONOUR = 'honour';

/** Chooses where hours above the cap go from now on; it can be chosen again at any time. */
export const SurplusForm = ({
  pools,
  balance,
  onSaved,
}: {
  pools: readonly HomePool[];
  balance: Balance;
  onSaved: () => void;
}) => {
  const words = useWords();
  const own = useGivingWords();
  const sentences = useGivingSentences();
  const [chosen, setChosen] = useState<string>(balance.overflowPool ?? HONOUR);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [news, setNews] = useState<string>();
  const choices = [
    { value: HONOUR, label: own.honour, hint: own.honourHint },
    ...pools.map((pool) => ({ value: pool.poolId, label: own.toPool(poolName(own, pool)) })),
  ];
  const label = choices.find(({ value }) => value === chosen)?.label;
  const command = useCommand({
    slot: 'give.surplus',
    prefix: 'trf',
    send: (transferId, overflowTo: string) => givingClient.chooseOverflow(transferId, overflowTo),
    onDone: () => {
      setNews(own.saved(label ?? ''));
      onSaved();
    },
  });
  return (
    <Page title={own.surplus} problems={[...problems, ...failureProblems(sentences, [command])]} news={news}>
      <p>{own.surplusHint}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (label === undefined) setProblems([{ field: 'surplus', words: words.chooseAgain }]);
          // What is chosen already need not be written once more.
          else if (chosen === (balance.overflowPool ?? HONOUR)) setNews(own.saved(label));
          else command.submit(chosen);
        }}
      >
        <ChoiceList
          id="surplus"
          label={own.surplusWhere}
          problem={problems[0]?.words}
          value={chosen}
          onWrite={(value) => {
            setChosen(value);
            setProblems([]);
            setNews(undefined);
            command.clear();
          }}
          choices={choices}
        />
        <SendButton command={command} label={own.save} />
      </form>
      <a class="button" href="/give">
        {words.back}
      </a>
    </Page>
  );
};
