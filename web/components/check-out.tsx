import type { RequestView } from '@time-bank/contracts/request';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { usePresenceWords } from '../presence-words.ts';
import type { Command } from '../use-command.ts';
import { Facts } from './facts.tsx';
import { Sure } from './sure.tsx';

/** Since when the volunteer has been there, and the button with which they leave. */
const CheckOut = ({
  request,
  command,
  children,
}: {
  request: RequestView;
  command: Command<null>;
  /** What may be shown with it. */
  children: ComponentChildren;
}) => {
  const words = useWords();
  const own = usePresenceWords();
  const [isSure, setSure] = useState(false);
  return (
    <>
      <Facts
        large
        facts={[
          {
            name: own.since,
            content:
              request.visit?.checkedInAt === undefined
                ? undefined
                : momentWords(words, request.visit.checkedInAt),
          },
        ]}
      />
      {children}
      {isSure ? (
        <Sure
          question={own.checkOutSure}
          yes={own.checkOutYes}
          no={own.notYet}
          command={command}
          onNo={() => {
            setSure(false);
          }}
        />
      ) : (
        <button
          type="button"
          class="primary"
          onClick={() => {
            setSure(true);
          }}
        >
          {words.checkOut}
        </button>
      )}
    </>
  );
};

export default CheckOut;
