import type { DeviceRow, SessionRow } from '@time-bank/contracts/session';
import { useState } from 'preact/hooks';
import type { Answer } from '../answer.ts';
import { momentWords } from '../china-time.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { useHelpingWords } from '../helping-words.ts';
import { useWords } from '../language.tsx';
import { meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

/** What is done here, and about which sign-in or device. */
type Deed = { what: 'end' | 'approve' | 'remove'; id: string } | { what: 'others' };

const send = (commandId: string, deed: Deed): Promise<Answer<unknown>> => {
  switch (deed.what) {
    case 'end':
      return meClient.endSession(commandId, deed.id);
    case 'others':
      return meClient.endOthers(commandId);
    case 'approve':
      return meClient.approveDevice(deed.id);
    case 'remove':
      return meClient.removeDevice(commandId, deed.id);
  }
};

/** The command of the page as the button of one deed presses it. */
const pressed = (command: Command<Deed>, deed: Deed): Command<null> => ({
  ...command,
  submit: () => {
    command.submit(deed);
  },
});

const Session = ({ session, command }: { session: SessionRow; command: Command<Deed> }) => {
  const words = useWords();
  const own = useMeWords();
  const { notNow } = useHelpingWords();
  const device = own.devices[session.device ?? 'other'];
  return (
    <li class="card">
      <h3>
        {device}
        {session.isThisOne && ` · ${own.thisOne}`}
      </h3>
      <p>{own.factors[session.factor]}</p>
      <p class="quiet">{own.startedAt(momentWords(words, session.startedAt))}</p>
      <p class="quiet">{own.lastUsed(momentWords(words, session.lastUsedAt))}</p>
      {!session.isThisOne && (
        <AskedCommand
          label={own.endOne}
          about={device}
          question={own.endOneSure}
          yes={own.endSessionYes}
          no={notNow}
          command={pressed(command, { what: 'end', id: session.sessionId })}
        />
      )}
    </li>
  );
};

const Device = ({
  device,
  mayApprove,
  command,
}: {
  device: DeviceRow;
  /** True on a device that may move hours itself. */
  mayApprove: boolean;
  command: Command<Deed>;
}) => {
  const words = useWords();
  const own = useMeWords();
  const { notNow } = useHelpingWords();
  const name = own.devices[device.device ?? 'other'];
  return (
    <li class="card">
      <h3>
        {name}
        {device.isThisOne && ` · ${own.thisOne}`}
      </h3>
      <p>
        {device.maySpend
          ? `✓ ${own.maySpend}`
          : `○ ${own.maySpendFrom(momentWords(words, device.spendsFrom))}`}
      </p>
      {mayApprove && !device.maySpend && !device.isThisOne && (
        <AskedCommand
          label={own.approve}
          about={name}
          question={own.approveSure}
          yes={own.approveYes}
          no={notNow}
          command={pressed(command, { what: 'approve', id: device.deviceId })}
        />
      )}
      {!device.isThisOne && (
        <AskedCommand
          label={own.remove}
          about={name}
          question={own.removeSure}
          yes={own.removeYes}
          no={notNow}
          command={pressed(command, { what: 'remove', id: device.deviceId })}
        />
      )}
    </li>
  );
};

/** Where one is signed in, and which devices may move hours; each can be ended. */
const MeSignIns = () => {
  const own = useMeWords();
  const { notNow } = useHelpingWords();
  const sentences = useMeSentences();
  const list = useResource('sessions', meClient.listSessions);
  const [news, setNews] = useState<string>();
  const [last, setLast] = useState<Deed>();
  const done = {
    end: own.sessionEnded,
    others: own.sessionEnded,
    approve: own.approved,
    remove: own.removed,
  };
  const whole = useCommand({
    slot: 'sign-ins',
    prefix: 'cmd',
    send,
    onDone: () => {
      setNews(last === undefined ? undefined : done[last.what]);
      list.reload();
    },
  });
  const command: Command<Deed> = {
    ...whole,
    submit: (deed) => {
      setNews(undefined);
      setLast(deed);
      whole.submit(deed);
    },
  };
  return (
    <MePage title={own.signIns} problems={failureProblems(sentences, [command])} news={news}>
      <p>{own.signInsHint}</p>
      <Loaded resource={list}>
        {({ sessions, devices }) => (
          <>
            <h2>{own.sessions}</h2>
            <ul>
              {sessions.map((session) => (
                <Session key={session.sessionId} session={session} command={command} />
              ))}
            </ul>
            {sessions.length > 2 && (
              <AskedCommand
                label={own.endOthers}
                question={own.endOthersSure}
                yes={own.endSessionYes}
                no={notNow}
                command={pressed(command, { what: 'others' })}
              />
            )}
            {devices.length > 0 && (
              <>
                <h2>{own.deviceList}</h2>
                <p>{own.deviceHint}</p>
                <ul>
                  {devices.map((device) => (
                    <Device
                      key={device.deviceId}
                      device={device}
                      mayApprove={devices.some(({ isThisOne, maySpend }) => isThisOne && maySpend)}
                      command={command}
                    />
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </MePage>
  );
};

export default MeSignIns;
