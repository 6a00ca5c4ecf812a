import type { Balance } from '@time-bank/contracts/account';
import { useRoute } from 'preact-iso/router';
import type { ComponentChildren } from 'preact';
import type { Answer } from '../answer.ts';
import { GiveFamily } from '../components/give-family.tsx';
import { GivePool } from '../components/give-pool.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { SurplusForm } from '../components/surplus-form.tsx';
import { readBalance, readMe } from '../first-reads.ts';
import { givingClient } from '../giving-client.ts';
import { useGivingWords } from '../giving-words.ts';
import { type HomePool, readHomePools } from '../home-pools.ts';
import { useWords } from '../language.tsx';
import { type Resource, useResource } from '../use-resource.ts';

const parts = ['family', 'donate', 'surplus'] as const;
type Part = (typeof parts)[number];

const partOf = (name: string | undefined): Part | undefined => parts.find((part) => part === name);

const readPools = async (): Promise<Answer<HomePool[]>> => {
  const me = await readMe();
  return me.kind === 'done' ? readHomePools(me.value.member.communityCode) : me;
};

/** The three things that can be done with hours that one does not need oneself. */
const Menu = () => {
  const words = useWords();
  const own = useGivingWords();
  return (
    <Page title={words.giveHours}>
      {parts.map((part) => (
        <a class="button primary" key={part} href={`/give/${part}`}>
          {own[part]}
        </a>
      ))}
      <a class="button" href="/">
        {words.back}
      </a>
    </Page>
  );
};

/** What is read before a form can be shown; until then, and where it cannot be shown, the page has its title. */
const Ready = <Value,>({
  title,
  balance,
  states,
  resource,
  children,
}: {
  title: string;
  balance: Resource<Balance>;
  /** The states of an account in which this can be done. */
  states: readonly Balance['state'][];
  resource: Resource<Value>;
  children: (value: Value, balance: Balance) => ComponentChildren;
}) => {
  const words = useWords();
  const state = balance.value?.state;
  const isShut = state !== undefined && !states.includes(state);
  const hasNoAccount =
    balance.failure?.kind === 'refused' && balance.failure.refusal.code === 'unknown_account';
  if (balance.value !== undefined && resource.value !== undefined && !isShut) {
    return <>{children(resource.value, balance.value)}</>;
  }
  return (
    <Page title={title}>
      {isShut && state !== 'open' ? (
        <p>! {words.accountStates[state]}</p>
      ) : hasNoAccount ? (
        <p>{words.noAccount}</p>
      ) : (
        <Loaded resource={balance}>{() => <Loaded resource={resource}>{() => null}</Loaded>}</Loaded>
      )}
      <a class="button" href="/give">
        {words.back}
      </a>
    </Page>
  );
};

const Family = ({ balance, step }: { balance: Resource<Balance>; step: string | undefined }) => {
  const family = useResource('family', givingClient.listFamily);
  return (
    <Ready title={useGivingWords().family} balance={balance} states={['open']} resource={family}>
      {(list, available) => <GiveFamily family={list} balance={available} step={step} />}
    </Ready>
  );
};

const Pools = ({
  part,
  balance,
  step,
}: {
  part: 'donate' | 'surplus';
  balance: Resource<Balance>;
  step: string | undefined;
}) => {
  const pools = useResource('pools', readPools);
  return (
    <Ready
      title={useGivingWords()[part]}
      balance={balance}
      states={part === 'donate' ? ['open', 'donate_only'] : ['open', 'donate_only', 'frozen']}
      resource={pools}
    >
      {(list, available) =>
        part === 'donate' ? (
          <GivePool pools={list} balance={available} step={step} />
        ) : (
          <SurplusForm pools={list} balance={available} onSaved={balance.reload} />
        )
      }
    </Ready>
  );
};

const Chosen = ({ part, step }: { part: Part; step: string | undefined }) => {
  const balance = useResource('balance', readBalance);
  return part === 'family' ? (
    <Family balance={balance} step={step} />
  ) : (
    <Pools part={part} balance={balance} step={step} />
  );
};

/** Giving hours away: to family or friends, to everybody, and what is to become of those above the cap. */
const Give = () => {
  const { part: name, step } = useRoute().params;
  const part = partOf(name);
  return part === undefined ? <Menu /> : <Chosen key={part} part={part} step={step} />;
};

export default Give;
