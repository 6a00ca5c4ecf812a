import type { ToTellPage, ToTellRow } from '@time-bank/contracts/notices';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { useWords } from '../language.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const Row = ({ row, command }: { row: ToTellRow; command: Command<ToTellRow> }) => {
  const words = useWords();
  const own = useNoticesWords();
  return (
    <li class="card">
      <h2>{row.name}</h2>
      <p>{row.long[words.locale]}</p>
      <p class="quiet">
        {momentWords(words, row.at)}
        {!row.hasPhone && ` · ${own.noPhoneRow}`}
      </p>
      <button
        type="button"
        disabled={command.sending}
        onClick={() => {
          command.submit(row);
        }}
      >
        {own.told}
        <span class="unseen"> {row.name}</span>
      </button>
    </li>
  );
};

const List = ({ first, code, command }: { first: ToTellPage; code: string; command: Command<ToTellRow> }) => {
  const own = useNoticesWords();
  const more = useMore(first, (cursor) => noticesClient.listToTell(code, cursor));
  if (more.items.length === 0) return <p>{own.toTellEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((row) => (
          <Row key={`${row.memberId} ${row.noticeId}`} row={row} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Whom no message reaches, and what they are to be told in person. */
const DeskTell = () => {
  const words = useWords();
  const own = useNoticesWords();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<ToTellPage>(`to-tell.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : noticesClient.listToTell(code),
  );
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (_id, { memberId, noticeId, at }: ToTellRow) => noticesClient.markTold(memberId, { noticeId, at }),
    onDone: (_value, { name }) => {
      setNews(`${own.told}: ${name}`);
      list.reload();
    },
  });
  return (
    <DeskPage title={own.toTell} problems={failureProblems(words, [command])} news={news}>
      <p>{own.toTellHint}</p>
      <CommunityField community={community} />
      <Loaded resource={list}>{(first) => <List first={first} code={code ?? ''} command={command} />}</Loaded>
    </DeskPage>
  );
};

export default DeskTell;
