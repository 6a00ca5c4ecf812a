import { isWorthRepeating } from '../command-failure.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';

/** The button of a command. While it is sent it cannot be pressed; where sending it again may help, it says so. */
export const SendButton = ({
  command,
  label,
  onPress,
}: {
  command: Pick<Command<never>, 'sending' | 'failure'>;
  label: string;
  /** Left out in a form, which is submitted. */
  onPress?: () => void;
}) => {
  const words = useWords();
  const again = command.failure !== undefined && isWorthRepeating(command.failure);
  return (
    <button
      type={onPress === undefined ? 'submit' : 'button'}
      class="primary"
      disabled={command.sending}
      onClick={() => {
        onPress?.();
      }}
    >
      {command.sending ? words.sending : again ? words.tryAgain : label}
    </button>
  );
};
