import type { Balance } from '@time-bank/contracts/account';
import { givingClient } from '../giving-client.ts';
import { useGivingWords } from '../giving-words.ts';
import { type HomePool, poolTarget } from '../home-pools.ts';
import { useShellWords } from '../language.tsx';
import { GiveFlow, type Way } from './give-flow.tsx';

/** Gives hours to everybody: to the pool of one's township or county. Granted hours go back by themselves. */
export const GivePool = ({
  pools,
  balance,
  step,
}: {
  pools: readonly HomePool[];
  balance: Balance;
  step: string | undefined;
}) => {
  const shell = useShellWords();
  const own = useGivingWords();
  const way: Way = {
    part: 'donate',
    title: own.donate,
    hint: own.donateHint,
    whom: own.whichPool,
    whomMissing: own.whichPoolMissing,
    howMuch: own.donateHowMuch,
    tooFew: own.donateTooFew,
    atMost: own.donateAtMost,
    sure: own.donateSure,
    yes: own.donateYes,
    done: own.donated,
    news: own.donatedNews,
    mostMinutes: ({ availableMinutes, grantedMinutes }) => availableMinutes - grantedMinutes,
    send: givingClient.donateHours,
  };
  const targets = pools.map((pool) => poolTarget(shell, own, pool));
  return <GiveFlow way={way} step={step} targets={targets} balance={balance} />;
};
