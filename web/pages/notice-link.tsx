import { useState } from 'preact/hooks';
import type { NoticeLinkDone } from '@time-bank/contracts/notices';
import { SendButton } from '../components/send-button.tsx';
import { Page } from '../components/page.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useDeed } from '../use-deed.ts';

/** The token stands behind the `#`, which no browser sends to anybody. */
const tokenHere = (): string => location.hash.slice(1);

/** Where the link of a mail leads: it asks first, for mail programs open links by themselves. No sign-in is needed. */
const NoticeLink = () => {
  const own = useNoticesWords();
  const [done, setDone] = useState<NoticeLinkDone>();
  const follow = useDeed({
    send: (_id, token: string) => noticesClient.followLink(token),
    onDone: setDone,
  });
  const token = tokenHere();
  const isStop = token.includes('.stop_');
  const news =
    done === undefined
      ? undefined
      : done.stop === undefined
        ? own.linkConfirmed
        : own.linkStop(own.groups[done.stop.group].name);
  return (
    <Page title={own.link} news={news}>
      {follow.failure !== undefined && <p role="alert">{own.linkBad}</p>}
      {done === undefined && (
        <>
          <p>{isStop ? own.linkStopQuestion : own.linkConfirmQuestion}</p>
          <SendButton
            command={follow}
            label={isStop ? own.linkStopYes : own.linkConfirmYes}
            onPress={() => {
              follow.submit(token);
            }}
          />
        </>
      )}
      <a class="button" href="/me/notices">
        {own.settings}
      </a>
    </Page>
  );
};

export default NoticeLink;
