import { isFinal } from './command-failure.ts';
import { useLocation } from 'preact-iso/router';
import { useRef, useState } from 'preact/hooks';
import { type Answer, type Failure, isSignInMissing } from './answer.ts';
import { forgetCommand, keepCommand } from './kept-command.ts';
import type { CommandPrefix } from './new-id.ts';
import { signInPath } from './use-resource.ts';

/** A command as a page uses it: pressed, under way, failed. */
export interface Command<Content> {
  sending: boolean;
  failure?: Failure;
  /** Sends `content`; a second press while the first is under way does nothing. */
  submit: (content: Content) => void;
  /** Takes the failure from the page, e.g. when the form is edited. */
  clear: () => void;
}

/**
 * A command that is safe to repeat: its id is kept before it is sent, sent again with the same content, and
 * forgotten when the command is done or refused for good.
 */
export const useCommand = <Prefix extends CommandPrefix, Content, Value>({
  slot,
  prefix,
  send,
  onDone,
}: {
  slot: string;
  prefix: Prefix;
  send: (id: `${Prefix}_${string}`, content: Content) => Promise<Answer<Value>>;
  onDone: (value: Value) => void;
}): Command<Content> => {
  const { url, route } = useLocation();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const underWay = useRef(false);
  const submit = async (content: Content) => {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    const answer = await send(keepCommand(slot, prefix, content), content);
    underWay.current = false;
    setSending(false);
    if (answer.kind === 'done') {
      forgetCommand(slot);
      setFailure(undefined);
      onDone(answer.value);
      return;
    }
    if (isFinal(answer)) forgetCommand(slot);
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
