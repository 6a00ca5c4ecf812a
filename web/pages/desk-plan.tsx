import { writeTable } from '@time-bank/contracts/csv';
import { boundsOfWeek, isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import type { PlannedVisitView, WeekPlanView } from '@time-bank/contracts/week-plan';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { clockOf, dayWords, now, weekdayWords } from '../china-time.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import { type Settled, planClient } from '../plan-client.ts';
import { usePlanWords } from '../plan-words.ts';
import { usePeopleSentences } from '../people-words.ts';
import { saveFile } from '../save-file.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** While somebody works on the plan, the page looks again so often. */
const LOOK_AGAIN_MS = 1500;
const MINUTES_A_WEEK = 7 * 24 * 60;

const isInWork = ({ state }: WeekPlanView): boolean =>
  state === 'queued' || state === 'planning' || state === 'sending';

const samePair =
  (one: Settled) =>
  ({ elderId, volunteerId }: Settled): boolean =>
    one.elderId === elderId && one.volunteerId === volunteerId;

/** The pairs in hand without one. */
const without = (pairs: readonly Settled[], pair: Settled): Settled[] =>
  pairs.filter((each) => !samePair(pair)(each));

/** The pairs in hand, with one put in or taken out. */
const toggled = (pairs: readonly Settled[], { elderId, volunteerId }: Settled): Settled[] =>
  pairs.some(samePair({ elderId, volunteerId }))
    ? without(pairs, { elderId, volunteerId })
    : [...pairs, { elderId, volunteerId }];

interface Settling {
  locked: readonly Settled[];
  forbidden: readonly Settled[];
  onLock: (pair: Settled) => void;
  onForbid: (pair: Settled) => void;
}

const Pair = ({ pair, settling }: { pair: PlannedVisitView; settling: Settling }) => {
  const words = useWords();
  const own = usePlanWords();
  const about = `${pair.elderName} ${pair.volunteerName}`;
  const box = (label: string, isOn: boolean, onPress: () => void) => (
    <label class="choice">
      <input type="checkbox" checked={isOn} onChange={onPress} />
      <span>
        {label}
        <span class="unseen"> {about}</span>
      </span>
    </label>
  );
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {pair.elderName}
      </th>
      <td role="cell">{pair.volunteerName}</td>
      <td role="cell">
        {weekdayWords(words, pair.plannedStartAt)} {clockOf(pair.plannedStartAt)}
        <br />
        {pair.serviceWords[words.locale]} · {words.hours(pair.plannedMinutes)}
      </td>
      <td role="cell" class="quiet">
        {pair.reasons.map(({ words: said }) => said[words.locale]).join(words.listComma)}
        {pair.sent !== 'waiting' && (
          <p>
            <strong>{own.sent[pair.sent]}</strong>
          </p>
        )}
        <div class="choices unprinted">
          {box(own.lock, settling.locked.some(samePair(pair)), () => {
            settling.onLock(pair);
          })}
          {box(own.forbid, settling.forbidden.some(samePair(pair)), () => {
            settling.onForbid(pair);
          })}
        </div>
      </td>
    </tr>
  );
};

/** How far the work on a plan is. It changes every second: whoever listens hears its state alone. */
const HowFar = ({ plan: { state, progress } }: { plan: WeekPlanView }) => {
  const own = usePlanWords();
  const { phase = 'arranging', done, all } = progress;
  if (all === 0) return <progress aria-label={own.states[state]} />;
  const inPlanning = phase === 'arranging' ? own.arranged(done, all) : own.phases[phase];
  const said = state === 'sending' ? own.sentOf(done, all) : inPlanning;
  return (
    <>
      <p class="sum">{said}</p>
      <progress aria-label={said} value={done} max={all} />
    </>
  );
};

const isFallen = ({ sent }: PlannedVisitView): boolean =>
  sent === 'not_possible' || sent === 'taken_otherwise';

/** What did not go out, and one press to plan just that again: what has gone out stays as it is. */
const Fallen = ({ plan, again }: { plan: WeekPlanView; again: (label: string) => ComponentChildren }) => {
  const words = useWords();
  const own = usePlanWords();
  const fallen = plan.pairs.filter(isFallen);
  if (plan.state !== 'sent' || fallen.length === 0) return null;
  return (
    <section>
      <h2>! {own.fallen(fallen.length)}</h2>
      <p>{own.fallenWhy}</p>
      <ul>
        {fallen.map((pair) => (
          <li key={`${pair.visitKey}.${pair.volunteerId}`}>
            {pair.elderName} · {pair.volunteerName} · {weekdayWords(words, pair.plannedStartAt)}{' '}
            {clockOf(pair.plannedStartAt)}
          </li>
        ))}
      </ul>
      {again(own.planFallen)}
    </section>
  );
};

const Gaps = ({ plan }: { plan: WeekPlanView }) => {
  const words = useWords();
  const own = usePlanWords();
  if (plan.figures?.wanted === 0) return null;
  return (
    <section>
      <h2>{own.gaps}</h2>
      {plan.uncovered.length === 0 ? (
        <p>✓ {own.noGaps}</p>
      ) : (
        <ul class="cards">
          {plan.uncovered.map((gap) => (
            <li class="card" key={gap.visitKey}>
              <h3>! {gap.elderName}</h3>
              <p>{gap.words[words.locale]}</p>
              <p>
                <strong>{gap.wouldWords[words.locale]}</strong>
              </p>
              {gap.visitKey.startsWith('req_') && (
                <a class="button unprinted" href={`/desk/requests/${gap.visitKey}`}>
                  {own.open}
                  <span class="unseen"> {gap.elderName}</span>
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Figures = ({ plan }: { plan: WeekPlanView }) => {
  const own = usePlanWords();
  const { figures } = plan;
  if (figures === undefined) return null;
  const { covered, wanted, bound } = figures;
  if (wanted === 0) return <p>{own.nothing}</p>;
  return (
    <>
      <p class="sum">
        <strong>{own.covered(covered, wanted)}</strong>
      </p>
      <progress value={covered} max={Math.max(1, wanted)} aria-label={own.covered(covered, wanted)} />
      <p>{covered === bound ? own.best : own.bound(bound)}</p>
      <p class="quiet">
        {own.figures(
          own.percent(figures.continuity),
          own.percent(figures.wishesMet),
          String(Math.round(figures.travelKm)),
        )}
      </p>
    </>
  );
};

const Pairs = ({ plan, settling }: { plan: WeekPlanView; settling: Settling }) => {
  const own = usePlanWords();
  if (plan.pairs.length === 0) return null;
  return (
    <section>
      <h2>{own.pairs}</h2>
      <table role="table" class="coverage">
        <thead role="rowgroup">
          <tr role="row">
            {[own.elder, own.volunteer, own.when, own.why].map((name) => (
              <th role="columnheader" scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {plan.pairs.map((pair) => (
            <Pair key={`${pair.visitKey}.${pair.volunteerId}`} pair={pair} settling={settling} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** The plan of a week: asked for, looked at, settled by hand, sent. */
const DeskPlan = () => {
  const words = useWords();
  const own = usePlanWords();
  const sentences = usePeopleSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const [week, setWeek] = useState(() => isoWeekOf(now()));
  const [news, setNews] = useState<string>();
  const [locked, setLocked] = useState<readonly Settled[]>([]);
  const [forbidden, setForbidden] = useState<readonly Settled[]>([]);
  const read = useResource<WeekPlanView | null>(`plan.${week}.${code ?? ''}`, async () => {
    if (code === undefined) return { kind: 'done', value: null };
    const answer = await planClient.read(code, week);
    const isNone = answer.kind === 'refused' && answer.refusal.code === 'unknown_case';
    return isNone ? { kind: 'done', value: null } : answer;
  });
  const plan = read.value ?? undefined;
  const inWork = plan !== undefined && isInWork(plan);
  useEffect(() => {
    if (!inWork) return undefined;
    const timer = setInterval(read.reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [inWork, read.reload]);
  useEffect(() => {
    setLocked(plan?.locked ?? []);
    setForbidden(plan?.forbidden ?? []);
  }, [plan?.caseId, plan?.askedAt]);
  const done = (told?: string) => () => {
    setNews(told);
    read.reload();
  };
  const make = useDeed({
    send: (commandId, wanted: Parameters<typeof planClient.make>[1]) => planClient.make(commandId, wanted),
    onDone: done(own.made),
  });
  const move = useDeed({
    send: (commandId, { step, caseId }: { step: 'stop' | 'send'; caseId: string }) =>
      planClient.move(step, caseId, commandId),
    onDone: done(),
  });
  const pressMove = (step: 'stop' | 'send') => ({
    ...move,
    submit: () => {
      if (plan !== undefined) move.submit({ step, caseId: plan.caseId });
    },
  });
  const settling: Settling = {
    locked,
    forbidden,
    onLock: (pair) => {
      setLocked(toggled(locked, pair));
      setForbidden(without(forbidden, pair));
    },
    onForbid: (pair) => {
      setForbidden(toggled(forbidden, pair));
      setLocked(without(locked, pair));
    },
  };
  const isToSettle = plan !== undefined && (plan.pairs.length > 0 || locked.length + forbidden.length > 0);
  const makeButton = (label: string) =>
    code !== undefined && (
      <div class="unprinted">
        <SendButton
          command={make}
          label={label}
          onPress={() => {
            setNews(undefined);
            make.submit({ communityCode: code, week, locked: [...locked], forbidden: [...forbidden] });
          }}
        />
      </div>
    );
  const { from, to } = boundsOfWeek(week);
  const rowsOf = ({ pairs, uncovered }: WeekPlanView): string[][] => [
    [own.elder, own.volunteer, own.when, own.why],
    ...uncovered.map((gap) => [gap.elderName, '', '', gap.words[words.locale]]),
    ...pairs.map((pair) => [
      pair.elderName,
      pair.volunteerName,
      `${dayWords(words, pair.plannedStartAt)} ${clockOf(pair.plannedStartAt)}`,
      pair.reasons.map(({ words: said }) => said[words.locale]).join(words.listComma),
    ]),
  ];
  return (
    <DeskPage
      title={own.title}
      problems={failureProblems(sentences, [make, move])}
      news={inWork ? news : undefined}
      community={community}
      back="/desk/week"
    >
      <p class="unprinted">{own.intro}</p>
      <div class="beside unprinted">
        {[0, 1].map((ahead) => {
          const each = isoWeekOf(plusMinutes(now(), ahead * MINUTES_A_WEEK));
          return (
            <button
              type="button"
              key={each}
              aria-pressed={each === week}
              onClick={() => {
                setNews(undefined);
                setWeek(each);
              }}
            >
              {ahead === 0 ? own.thisWeek : own.nextWeek}
            </button>
          );
        })}
      </div>
      <h2>
        {community.communities.find((each) => each.code === code)?.name} {dayWords(words, from)}–
        {dayWords(words, plusMinutes(to, -1))}
      </h2>
      {code === undefined && community.failure === undefined && <p>{own.chooseCommunity}</p>}
      <Loaded resource={read}>{() => null}</Loaded>
      {read.value !== undefined && !inWork && !isToSettle && makeButton(own.make)}
      {plan !== undefined && (
        <>
          <p role="status" aria-live="polite">
            <strong>{own.states[plan.state]}</strong>
          </p>
          {inWork && <HowFar plan={plan} />}
          {(plan.state === 'queued' || plan.state === 'planning') && (
            <SendButton command={move} label={own.stop} onPress={pressMove('stop').submit} />
          )}
          {!inWork && (
            <>
              <Figures plan={plan} />
              {plan.state === 'ready' && plan.pairs.length > 0 && (
                <div class="unprinted">
                  <AskedCommand
                    label={own.send}
                    question={own.sendSure(plan.pairs.length)}
                    yes={own.sendYes}
                    no={own.notNow}
                    command={pressMove('send')}
                    primary
                  />
                </div>
              )}
              <Fallen plan={plan} again={makeButton} />
              <Gaps plan={plan} />
              <Pairs plan={plan} settling={settling} />
              {isToSettle && (
                <section class="unprinted">
                  {locked.length + forbidden.length > 0 && (
                    <>
                      <p role="status">{own.settled(locked.length, forbidden.length)}</p>
                      <button
                        type="button"
                        onClick={() => {
                          setLocked([]);
                          setForbidden([]);
                        }}
                      >
                        {own.clear}
                      </button>
                    </>
                  )}
                  {makeButton(own.makeAgain)}
                </section>
              )}
              <div class="beside unprinted">
                <button
                  type="button"
                  onClick={() => {
                    print();
                  }}
                >
                  {own.print}
                </button>
                <button
                  type="button"
                  onClick={() => {
                    saveFile(`${week}.csv`, writeTable(rowsOf(plan)), 'text/csv');
                  }}
                >
                  {own.csv}
                </button>
              </div>
            </>
          )}
        </>
      )}
    </DeskPage>
  );
};

export default DeskPlan;
