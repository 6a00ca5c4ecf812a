import { useState } from 'preact/hooks';
import { type Answer, type Failure } from '../answer.ts';
import { useShellWords } from '../language.tsx';
import { Sentence } from './sentence.tsx';

interface PageOf<Item> {
  items: Item[];
  cursor?: string;
}

/** The items of a list so far, and how to get more of them: pages are read one after the other, by cursor. */
export const useMore = <Item,>(
  first: PageOf<Item>,
  next: (cursor: string) => Promise<Answer<PageOf<Item>>>,
) => {
  const [more, setMore] = useState<{ first: PageOf<Item>; items: Item[]; cursor?: string }>();
  const [failure, setFailure] = useState<Failure>();
  const [reading, setReading] = useState(false);
  const current = more?.first === first ? more : undefined;
  const cursor = current === undefined ? first.cursor : current.cursor;
  const read = async () => {
    if (cursor === undefined || reading) return;
    setReading(true);
    const answer = await next(cursor);
    setReading(false);
    if (answer.kind !== 'done') {
      setFailure(answer);
      return;
    }
    setFailure(undefined);
    setMore({ ...answer.value, first, items: [...(current?.items ?? []), ...answer.value.items] });
  };
  return {
    items: [...first.items, ...(current?.items ?? [])],
    isMore: cursor !== undefined,
    reading,
    failure,
    read: () => {
      void read();
    },
  };
};

/** The button at the end of a list that goes on. */
export const MoreButton = ({ more }: { more: Pick<ReturnType<typeof useMore>, 'isMore' | 'reading' | 'failure' | 'read'> }) => {
  const words = useShellWords();
  return (
    <>
      {more.failure !== undefined && <p role="alert"><Sentence failure={more.failure} /></p>}
      {more.isMore && (
        <button type="button" disabled={more.reading} onClick={more.read}>
          {more.reading ? words.opening : words.more}
        </button>
      )}
    </>
  );
};
