import type { InboxPage, InboxRow } from '@time-bank/contracts/notices';
import { useEffect } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { useWords } from '../language.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useResource } from '../use-resource.ts';

const Line = ({ row, refOf }: { row: InboxRow; refOf: (element: HTMLElement | null) => void }) => {
  const words = useWords();
  const own = useNoticesWords();
  return (
    <li class="card" ref={refOf}>
      <p>
        {!row.isRead && <strong>● {own.isNew} </strong>}
        {row.long[words.locale]}
      </p>
      <p class="quiet">{momentWords(words, row.at)}</p>
      {row.opens !== undefined && (
        <a class="button" href={`/${row.opens.page}/${row.opens.requestId}`}>
          {own.open}
          <span class="unseen"> {row.short[words.locale]}</span>
        </a>
      )}
    </li>
  );
};

const Lines = ({ first }: { first: InboxPage }) => {
  const own = useNoticesWords();
  const more = useMore(first, noticesClient.listInbox);
  const shown = more.items.length;
  useEffect(() => {
    const lines = more.items
      .slice(-25)
      .filter(({ isRead }) => !isRead)
      .map(({ noticeId, at }) => ({ noticeId, at }));
    // What is shown is seen. Where it cannot be said now, it is said when the page is opened again.
    if (lines.length > 0) void noticesClient.markRead(lines);
  }, [shown]);
  if (shown === 0) return <p>{own.inboxEmpty}</p>;
  return (
    <>
      {first.unread > 0 && <p>{own.unread(first.unread)}</p>}
      <ul>
        {more.items.map((row) => (
          <Line key={`${row.at} ${row.noticeId}`} row={row} refOf={more.refOf(row)} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** What one was told, newest first. */
const Inbox = () => {
  const own = useNoticesWords();
  const inbox = useResource('inbox', () => noticesClient.listInbox());
  return (
    <Page title={own.inbox}>
      <Loaded resource={inbox}>{(first) => <Lines first={first} />}</Loaded>
      <a class="button" href="/me/notices">
        {own.settings}
      </a>
    </Page>
  );
};

export default Inbox;
