import { isFinal } from './command-failure.ts';
import { useLocation } from 'preact-iso/router';
import { useRef, useState } from 'preact/hooks';
import { type Answer, type Failure, isSignInMissing } from './answer.ts';
import { type CommandPrefix, newId } from './new-id.ts';
import type { Command } from './use-command.ts';
import { signInPath } from './use-resource.ts';

/**
 * A command whose content must not stay on the device: a PIN, somebody else's name or number. Its id is kept in the
 * page alone, the same until it is done or refused for good, so that whoever presses again, after a lost answer, does
 * it once.
 */
export const useDeed = <Content, Value>({
  prefix = 'cmd',
  send,
  onDone,
}: {
  prefix?: CommandPrefix;
  send: (id: string, content: Content) => Promise<Answer<Value>>;
  onDone: (value: Value, content: Content) => void;
}): Command<Content> => {
  const { url, route } = useLocation();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const underWay = useRef(false);
  const kept = useRef<{ id: string; content: string } | undefined>(undefined);
  const submit = async (content: Content) => {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    const text = JSON.stringify(content);
    if (kept.current?.content !== text) kept.current = { id: newId(prefix), content: text };
    const answer = await send(kept.current.id, content);
    underWay.current = false;
    setSending(false);
    if (answer.kind === 'done') {
      kept.current = undefined;
      setFailure(undefined);
      onDone(answer.value, content);
      return;
    }
    if (isFinal(answer)) kept.current = undefined;
    if (isSignInMissing(answer)) route(signInPath(url));
    else setFailure(answer);
  };
  return {
    sending,
    ...(failure === undefined ? {} : { failure }),
    submit: (content) => {
      void submit(content);
    },
    clear: () => {
      setFailure(undefined);
    },
  };
};
