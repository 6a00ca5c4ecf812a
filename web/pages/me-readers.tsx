import type { FileReading, ReaderPage } from '@time-bank/contracts/audit';
import { momentWords } from '../china-time.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { MoreButton, type RefOf, useMore } from '../components/more-items.tsx';
import { useHelpingWords } from '../helping-words.ts';
import { useWords } from '../language.tsx';
import { meClient } from '../me-client.ts';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

const Reading = ({ reading, refOf }: { reading: FileReading; refOf: RefOf<FileReading> }) => {
  const words = useWords();
  const own = useMeWords();
  const { called, asHelper } = useHelpingWords();
  const { at, as, reader, matter } = reading;
  const name = reader === undefined ? own.readerGone : called(reader.surname, reader.gender);
  return (
    <li ref={refOf(reading)}>
      <strong>{as === undefined ? name : asHelper(name, own.roles[as])}</strong>
      <span class="apart">{own.matters[matter]}</span>
      <span class="apart quiet">{momentWords(words, at)}</span>
    </li>
  );
};

const List = ({ first }: { first: ReaderPage }) => {
  const own = useMeWords();
  const more = useMore(first, meClient.listReaders);
  if (more.items.length === 0 && !more.isMore) return <p>{own.readersEmpty}</p>;
  return (
    <>
      <ul class="lines">
        {more.items.map((reading, index) => (
          <Reading key={index} reading={reading} refOf={more.refOf} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Who looked at one's file, when, and in which role. */
const MeReaders = () => {
  const own = useMeWords();
  const list = useResource('readers', () => meClient.listReaders());
  return (
    <MePage title={own.readers}>
      <p>{own.readersHint}</p>
      <Loaded resource={list}>{(first) => <List first={first} />}</Loaded>
    </MePage>
  );
};

export default MeReaders;
