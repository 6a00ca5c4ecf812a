import type { Balance } from '@time-bank/contracts/account';
import { lastDayWords, momentWords } from '../china-time.ts';
import { BigNumber } from '../components/big-number.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { keep, recallRecord } from '../device-storage.ts';
import { readBalance, readMe, readNewestEntries } from '../first-reads.ts';
import { useShellWords } from '../language.tsx';
import { type Resource, useResource } from '../use-resource.ts';

/** What the card shows, and what this phone keeps of it for a day without a network; not whose it is. */
type Shown = Pick<
  Balance,
  'state' | 'availableMinutes' | 'heldMinutes' | 'grantedMinutes' | 'nextLapseAt' | 'debtMinutes' | 'asOf'
>;

const keepBalance = ({ accountId: _, ...shown }: Balance): void => {
  keep('balance', JSON.stringify(shown));
};

const numbers = ['availableMinutes', 'heldMinutes', 'grantedMinutes', 'debtMinutes'];
const texts = ['state', 'asOf'];

const isShown = (kept: object): kept is Shown =>
  numbers.every((name) => typeof Reflect.get(kept, name) === 'number') &&
  texts.every((name) => typeof Reflect.get(kept, name) === 'string');

const keptBalance = (): Shown | undefined => {
  const kept = recallRecord('balance');
  return isShown(kept) ? kept : undefined;
};

const readAndKeepBalance = async () => {
  const answer = await readBalance();
  if (answer.kind === 'done') keepBalance(answer.value);
  return answer;
};

const hasNoAccount = (resource: Resource<Balance>): boolean =>
  resource.failure?.kind === 'refused' && resource.failure.refusal.code === 'unknown_account';

/** The balance: fresh, or as it was when this device last saw it, always with its date. */
const BalanceCard = ({ resource }: { resource: Resource<Balance> }) => {
  const words = useShellWords();
  if (hasNoAccount(resource)) return <p>{words.noAccount}</p>;
  const shown = resource.value ?? keptBalance();
  return (
    <>
      {shown !== undefined && (
        <section class="card balance" aria-label={words.balance}>
          <h2>{words.balanceHint}</h2>
          <BigNumber minutes={shown.availableMinutes} />
          {shown.state !== 'open' && <p>! {words.accountStates[shown.state]}</p>}
          {shown.nextLapseAt !== undefined && (
            <p>{words.lapsing(words.hours(shown.grantedMinutes), lastDayWords(words, shown.nextLapseAt))}</p>
          )}
          {shown.heldMinutes > 0 && <p>{words.held(words.hours(shown.heldMinutes))}</p>}
          {shown.debtMinutes > 0 && <p>{words.owed(words.hours(shown.debtMinutes))}</p>}
          <p class="quiet">{words.asOf(momentWords(words, shown.asOf))}</p>
        </section>
      )}
      {(shown === undefined || resource.failure !== undefined) && (
        <Loaded resource={{ ...resource, value: undefined }}>{() => null}</Loaded>
      )}
    </>
  );
};

/** The newest lines, and the part of the page that tells them: it comes after the balance. */
const readStatement = async () => {
  try {
    const part = import('../components/statement.tsx');
    const [answer, { Statement, statementReady }] = await Promise.all([readNewestEntries(), part]);
    await statementReady();
    return answer.kind === 'done' ? { kind: answer.kind, value: { first: answer.value, Statement } } : answer;
  } catch {
    return { kind: 'unreachable' as const };
  }
};

/** Who is there, and the part of the page that shows what they can do. */
const readActions = async () => {
  try {
    const part = import('../components/home-actions.tsx');
    const [answer, { HomeActions, homeReady }] = await Promise.all([readMe(), part]);
    await homeReady();
    return answer.kind === 'done' ? { kind: answer.kind, value: { me: answer.value, HomeActions } } : answer;
  } catch {
    return { kind: 'unreachable' as const };
  }
};

/** The first page: how much time one has, and what one can do. */
const Home = () => {
  const words = useShellWords();
  const actions = useResource('me', readActions);
  const balance = useResource('balance', readAndKeepBalance);
  const entries = useResource('entries', readStatement);
  return (
    <Page title={words.myHours}>
      <BalanceCard resource={balance} />
      <Loaded resource={actions}>{({ me, HomeActions }) => <HomeActions me={me} />}</Loaded>
      {!hasNoAccount(balance) && (
        <section>
          <h2>{words.statement}</h2>
          <Loaded resource={entries}>{({ first, Statement }) => <Statement first={first} />}</Loaded>
        </section>
      )}
    </Page>
  );
};

export default Home;
