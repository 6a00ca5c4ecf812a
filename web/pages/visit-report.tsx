import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { checklistGroups, type Finding, type VisitResult } from '@time-bank/contracts/visiting';
import { client } from '../client.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { receiverWords } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import { usePeopleSentences } from '../people-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { type Abort, type Found, weekClient } from '../week-client.ts';
import { useWeekWords } from '../week-words.ts';

type Group = (typeof checklistGroups)[number];

const said: readonly Finding[] = ['fine', 'watch', 'problem', 'not_seen'];
const inside: readonly VisitResult[] = ['normal', 'referral', 'danger'];
const reasons = ['danger', 'refused', 'unwell', 'other'] as const;

const notSeen: Found['findings'] = {
  health: 'not_seen',
  safety: 'not_seen',
  hygiene: 'not_seen',
  family: 'not_seen',
  needs: 'not_seen',
};

const Call120 = () => {
  const own = useWeekWords();
  return (
    <p>
      <a class="button primary" href="tel:120">
        ☎ {own.call120}
      </a>
    </p>
  );
};

/** What a visitor found: five groups with one tap each, the result, a word. Nobody opens: one tap and a word. */
const VisitReport = () => {
  const words = useWords();
  const own = useWeekWords();
  const sentences = usePeopleSentences();
  const { route } = useLocation();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const [findings, setFindings] = useState<Partial<Record<Group, string>>>({});
  const [result, setResult] = useState('');
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<string>('refused');
  const [code, setCode] = useState('');
  const [news, setNews] = useState<string>();
  const [missing, setMissing] = useState<Problem[]>([]);
  const tellDone = (told: string) => {
    setNews(told);
    setMissing([]);
    request.reload();
    scrollTo(0, 0);
  };
  const goForHelp = (after: 'danger' | 'abort') => {
    route(`/visits/${requestId}/help?after=${after}`);
  };
  const report = useDeed({
    send: (commandId, found: Found) => weekClient.report(requestId, commandId, found),
    onDone: (_receipt, found) => {
      if (found.result === 'danger') goForHelp('danger');
      else tellDone(own.reported);
    },
  });
  const abort = useDeed({
    send: (commandId, why: Abort) => weekClient.abort(requestId, commandId, why),
    onDone: (_receipt, why) => {
      if (why.reason === 'danger') goForHelp('abort');
      else tellDone(own.aborted);
    },
  });
  const leave = useDeed({
    send: (commandId, digits: string) => weekClient.leave(requestId, commandId, digits),
    onDone: () => {
      route(`/visits/${requestId}`);
    },
  });
  const send = () => {
    const problems: Problem[] = [
      ...checklistGroups
        .filter((group) => findings[group] === undefined)
        .map((group) => ({ field: group, words: `${own.groups[group]}：${own.missing}` })),
      ...(result === '' ? [{ field: 'result', words: own.missing }] : []),
      ...(result !== '' && result !== 'normal' && note.trim() === ''
        ? [{ field: 'note', words: own.noteMissing }]
        : []),
    ];
    setMissing(problems);
    if (problems.length > 0) return;
    const chosen = inside.find((each) => each === result) ?? 'normal';
    const all = Object.fromEntries(
      checklistGroups.map((group) => [group, said.find((each) => each === findings[group]) ?? 'not_seen']),
    );
    report.submit({
      findings: { ...notSeen, ...all },
      result: chosen,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
  };
  const problems = missing.length > 0 ? missing : failureProblems(sentences, [report, abort, leave]);
  return (
    <Page title={own.report} problems={problems} news={problems.length === 0 ? news : undefined}>
      <Loaded resource={request}>
        {(value) => {
          const isAtDoor = value.state === 'accepted' || value.state === 'confirmed';
          const noteField = (
            <Field
              id="note"
              label={own.note}
              hint={own.noteHint}
              problem={problemAt(problems, 'note')}
              value={note}
              onWrite={setNote}
            />
          );
          if (isAtDoor) {
            return (
              <>
                <h2>{receiverWords(words, value)}</h2>
                <p>{own.closedDoorHint}</p>
                <form
                  class="card"
                  noValidate
                  onSubmit={(event) => {
                    event.preventDefault();
                    if (note.trim() === '') setMissing([{ field: 'note', words: own.noteMissing }]);
                    else report.submit({ findings: notSeen, result: 'not_met', note: note.trim() });
                  }}
                >
                  {noteField}
                  <SendButton command={report} label={own.closedDoor} />
                </form>
              </>
            );
          }
          return (
            <>
              <h2>{receiverWords(words, value)}</h2>
              <p>{own.reportHint}</p>
              <form
                class="card"
                noValidate
                onSubmit={(event) => {
                  event.preventDefault();
                  send();
                }}
              >
                {checklistGroups.map((group) => (
                  <ChoiceList
                    key={group}
                    id={group}
                    label={own.groups[group]}
                    problem={problemAt(problems, group)}
                    value={findings[group] ?? ''}
                    onWrite={(finding) => {
                      setFindings({ ...findings, [group]: finding });
                    }}
                    choices={said.map((each) => ({ value: each, label: own.findings[each] }))}
                  />
                ))}
                <ChoiceList
                  id="result"
                  label={own.result}
                  problem={problemAt(problems, 'result')}
                  value={result}
                  onWrite={setResult}
                  choices={inside.map((each) => ({ value: each, label: own.results[each] }))}
                />
                {result === 'danger' && (
                  <>
                    <p>
                      <strong>{own.dangerFirst}</strong>
                    </p>
                    <Call120 />
                  </>
                )}
                {noteField}
                <SendButton command={report} label={own.send} />
              </form>
              {value.state === 'in_service' && (
                <>
                  <DeedForm
                    title={own.secondCode}
                    hint={own.secondCodeHint}
                    label={own.leave}
                    command={leave}
                    onSend={() => {
                      leave.submit(code.normalize('NFKC').replace(/\D/g, ''));
                    }}
                  >
                    <Field
                      id="code"
                      class="digits"
                      inputMode="numeric"
                      autocomplete="off"
                      label={own.secondCode}
                      problem={problemAt(problems, 'code')}
                      value={code}
                      onWrite={setCode}
                    />
                  </DeedForm>
                  <DeedForm
                    title={own.abort}
                    hint={own.abortHint}
                    label={own.abort}
                    command={abort}
                    onSend={() => {
                      const why = reasons.find((each) => each === reason) ?? 'other';
                      abort.submit({ reason: why, ...(note.trim() === '' ? {} : { note: note.trim() }) });
                    }}
                  >
                    <ChoiceList
                      id="reason"
                      label={own.abort}
                      value={reason}
                      onWrite={setReason}
                      choices={reasons.map((each) => ({ value: each, label: own.abortReasons[each] }))}
                    />
                    {reason === 'danger' && <Call120 />}
                  </DeedForm>
                </>
              )}
            </>
          );
        }}
      </Loaded>
      <a class="button" href={`/visits/${encodeURIComponent(requestId)}`}>
        {words.back}
      </a>
    </Page>
  );
};

export default VisitReport;
