import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { Facts } from './facts.tsx';
import { Sure } from './sure.tsx';

/** Since when the volunteer has been there, and the button with which they leave. */
const CheckOut = ({ request, command }: { request: RequestView; command: Command<null> }) => {
  const words = useWords();
  const [isSure, setSure] = useState(false);
  return (
    <>
      <Facts
        large
        facts={[
          {
            name: words.since,
            content:
              request.visit?.checkedInAt === undefined
                ? undefined
                : momentWords(words, request.visit.checkedInAt),
          },
        ]}
      />
      {isSure ? (
        <Sure
          question={words.checkOutSure}
          yes={words.checkOutYes}
          no={words.notYet}
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
