import type { Balance } from '@time-bank/contracts/account';
import { useLocation } from 'preact-iso/router';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { amountMeant, amountsUpTo } from '../amounts.ts';
import type { Answer } from '../answer.ts';
import { useGivingSentences, useGivingWords } from '../giving-words.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems } from './failure-problems.ts';
import { Page } from './page.tsx';
import { SendButton } from './send-button.tsx';
import { Stepper } from './stepper.tsx';

/** Where a gift goes: a relative or a pool. */
export interface Target {
  value: string;
  label: string;
  hint?: string;
}

/** One way of giving hours away: what it asks, what it says before it is sent and after. */
export interface Way {
  /** The first part of the address after `/give/`; names the draft and the command, too. */
  part: string;
  title: string;
  hint: string;
  whom: string;
  whomMissing: string;
  howMuch: string;
  tooFew: string;
  atMost: (amount: string) => string;
  sure: (amount: string, target: string) => string;
  after?: string;
  yes: string;
  done: string;
  news: (amount: string, target: string) => string;
  /** What of a balance can be given this way, in minutes. */
  mostMinutes: (balance: Balance) => number;
  send: (transferId: string, target: string, amountMinutes: number) => Promise<Answer<unknown>>;
}

/** The second press of a double press comes this soon, in milliseconds. */
const DOUBLE_PRESS_MS = 800;

interface Content {
  to: string;
  amountMinutes: number;
}

/** Gives hours away: to whom and how much, then the sentence that says what happens, then it is done. */
export const GiveFlow = ({
  way,
  step,
  targets,
  balance,
  children,
}: {
  way: Way;
  step: string | undefined;
  targets: readonly Target[];
  balance: Balance;
  /** What stands below the form. */
  children?: ComponentChildren;
}) => {
  const words = useWords();
  const own = useGivingWords();
  const sentences = useGivingSentences();
  const { route } = useLocation();
  const path = `/give/${way.part}`;
  const { fields, write, drop } = useDraft(`give.${way.part}`, { to: '', minutes: '' });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [told, setTold] = useState<string>();
  const toldAtMs = useRef(0);
  const amounts = amountsUpTo(way.mostMinutes(balance));
  const amount = amountMeant(amounts, fields.minutes);
  const labelOf = (to: string) => targets.find(({ value }) => value === to)?.label;
  const [only] = targets;
  const to = targets.length === 1 && only !== undefined ? only.value : fields.to;
  // Whoever sends once more, after a lost answer, sends what they saw, whatever the balance is by now.
  const content: Content = { to, amountMinutes: Number(fields.minutes) };
  const target = labelOf(to);
  const command = useCommand({
    slot: `give.${way.part}`,
    prefix: 'trf',
    send: (transferId, sent: Content) => way.send(transferId, sent.to, sent.amountMinutes),
    onDone: () => {
      setTold(way.news(words.hours(content.amountMinutes), target ?? ''));
      toldAtMs.current = Date.now();
      drop();
      route(`${path}/done`, true);
    },
  });
  // Whoever presses twice presses what has come in the button's place, and would leave before reading that it is done.
  const unlessDouble = (event: Event) => {
    if (Date.now() - toldAtMs.current > DOUBLE_PRESS_MS) return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (step === 'done' && told !== undefined) {
    return (
      <Page title={way.done}>
        <p class="news">✓ {told}</p>
        <a class="button primary" href="/" onClick={unlessDouble}>
          {words.see(words.myHours)}
        </a>
        <a class="button" href="/give" onClick={unlessDouble}>
          {words.back}
        </a>
      </Page>
    );
  }
  if (step === 'check' && target !== undefined && content.amountMinutes > 0) {
    return (
      <Page title={words.redeemCheck} problems={failureProblems(sentences, [command])}>
        <p class="sum">
          <strong>{way.sure(words.hours(content.amountMinutes), target)}</strong>
        </p>
        {way.after !== undefined && <p>{way.after}</p>}
        <SendButton
          command={command}
          label={way.yes}
          onPress={() => {
            command.submit(content);
          }}
        />
        <a class="button" href={path}>
          {own.changeIt}
        </a>
      </Page>
    );
  }
  return (
    <Page title={way.title} problems={problems}>
      <p>{way.hint}</p>
      {targets.length > 0 && amounts.length === 0 && <p>{way.tooFew}</p>}
      {targets.length > 0 && amounts.length > 0 && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (target === undefined) setProblems([{ field: 'to', words: way.whomMissing }]);
            else {
              write('minutes', String(amount));
              route(`${path}/check`);
            }
          }}
        >
          <ChoiceList
            id="to"
            label={way.whom}
            problem={problems[0]?.words}
            value={to}
            onWrite={(value) => {
              write('to', value);
              setProblems([]);
              command.clear();
            }}
            choices={targets}
          />
          <Stepper
            id="minutes"
            label={way.howMuch}
            hint={way.atMost(words.hours(amounts.at(-1) ?? 0))}
            less={own.less}
            more={own.more}
            amounts={amounts}
            value={amount}
            onWrite={(minutes) => {
              write('minutes', String(minutes));
              command.clear();
            }}
          />
          <button type="submit" class="primary">
            {words.goOn}
          </button>
        </form>
      )}
      {children}
      <a class="button" href="/give">
        {words.back}
      </a>
    </Page>
  );
};
