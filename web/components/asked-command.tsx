import { useState } from 'preact/hooks';
import type { Command } from '../use-command.ts';
import { Sure } from './sure.tsx';

/** A button that asks once more before it does something. `about` tells whoever listens which of several it is. */
export const AskedCommand = ({
  label,
  about,
  question,
  yes,
  no,
  command,
  primary = false,
}: {
  label: string;
  about?: string;
  question: string;
  yes: string;
  no: string;
  command: Command<null>;
  primary?: boolean;
}) => {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    return (
      <Sure
        question={question}
        yes={yes}
        no={no}
        command={command}
        onNo={() => {
          setOpen(false);
        }}
      />
    );
  }
  return (
    <button
      type="button"
      class={primary ? 'primary' : ''}
      onClick={() => {
        setOpen(true);
      }}
    >
      {label}
      {about !== undefined && <span class="unseen"> {about}</span>}
    </button>
  );
};
