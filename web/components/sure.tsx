import { useEffect, useRef } from 'preact/hooks';
import type { Command } from '../use-command.ts';
import { SendButton } from './send-button.tsx';

/** Asks once more before something is done. It takes the focus, as the button that opened it is gone. */
export const Sure = ({
  question,
  yes,
  no,
  command,
  onNo,
}: {
  question: string;
  yes: string;
  no: string;
  command: Command<null>;
  onNo: () => void;
}) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div class="card" role="group" aria-label={question} tabIndex={-1} ref={box}>
      <p>
        <strong>{question}</strong>
      </p>
      <SendButton
        command={command}
        label={yes}
        onPress={() => {
          command.submit(null);
        }}
      />
      <button
        type="button"
        onClick={() => {
          command.clear();
          onNo();
        }}
      >
        {no}
      </button>
    </div>
  );
};
