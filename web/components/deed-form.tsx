import type { ComponentChildren } from 'preact';
import type { Command } from '../use-command.ts';
import { SendButton } from './send-button.tsx';

/** Something that staff do for a person, closed until it is opened: what it means, its fields, its button. */
export const DeedForm = ({
  title,
  hint,
  label,
  command,
  onSend,
  children,
}: {
  title: string;
  hint?: string;
  label: string;
  command: Pick<Command<never>, 'sending' | 'failure'>;
  onSend: () => void;
  children?: ComponentChildren;
}) => (
  <details>
    <summary>{title}</summary>
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {hint !== undefined && <p>{hint}</p>}
      {children}
      <SendButton command={command} label={label} />
    </form>
  </details>
);
