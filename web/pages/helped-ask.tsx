import { useState } from 'preact/hooks';
import { BindingForm } from '../components/binding-form.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { readMe } from '../first-reads.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import type { Command } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

const ELDER = 'helped.elder';

// Whoever has to sign in first comes back without what stood behind the #.
const elderAsked = (): string | undefined => {
  const found = /^#(mem_[0-9A-Z]{26})$/.exec(location.hash)?.[1];
  try {
    if (found !== undefined) sessionStorage.setItem(ELDER, found);
    return found ?? sessionStorage.getItem(ELDER) ?? undefined;
  } catch {
    return found;
  }
};

/** Applies to help the elder whose code was scanned. */
const HelpedAsk = () => {
  const own = useMeWords();
  const sentences = useMeSentences();
  const me = useResource('me', readMe);
  const [elderId] = useState(elderAsked);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [failed, setFailed] = useState<Pick<Command<never>, 'failure'>>({});
  const [isDone, setDone] = useState(false);
  const isWrong = elderId === undefined || elderId === me.value?.member.memberId;
  return (
    <MePage
      title={own.ask}
      problems={[...problems, ...failureProblems(sentences, [failed])]}
      news={isDone ? own.asked : undefined}
      back="/helped"
    >
      <Loaded resource={me}>
        {({ member }) =>
          isWrong ? (
            <p>{own.askWrongCode}</p>
          ) : (
            !isDone && (
              <>
                <p>{own.askHint}</p>
                <BindingForm
                  elderId={elderId}
                  helperId={member.memberId}
                  onProblems={setProblems}
                  onCommand={setFailed}
                  onDone={() => {
                    setDone(true);
                  }}
                />
              </>
            )
          )
        }
      </Loaded>
    </MePage>
  );
};

export default HelpedAsk;
