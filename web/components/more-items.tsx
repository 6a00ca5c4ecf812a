import { useRef, useState } from 'preact/hooks';
import type { Answer, Failure } from '../answer.ts';
import { useShellWords } from '../language.tsx';
import { Sentence } from './sentence.tsx';

/** Tells where an item stands on the page. */
export type RefOf<Item> = (item: Item) => (element: HTMLElement | null) => void;

interface PageOf<Item> {
  items: Item[];
  cursor?: string;
}

/**
 * The items of a list so far, and how to get more of them: pages are read one after the other, by cursor. The first
 * item that has come takes the focus, so that whoever listens or uses keys goes on reading there: `refOf` tells where
 * an item stands.
 */
export const useMore = <Item,>(
  first: PageOf<Item>,
  next: (cursor: string) => Promise<Answer<PageOf<Item>>>,
) => {
  const [more, setMore] = useState<{ first: PageOf<Item>; items: Item[]; cursor?: string }>();
  const [failure, setFailure] = useState<Failure>();
  const [reading, setReading] = useState(false);
  const current = more?.first === first ? more : undefined;
  const cursor = current === undefined ? first.cursor : current.cursor;
  const items = [...first.items, ...(current?.items ?? [])];
  const arrived = useRef<Item | undefined>(undefined);
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
    // The last page may be empty; then the item before the button is where reading goes on.
    arrived.current = answer.value.items[0] ?? items[items.length - 1];
    setMore({ ...answer.value, first, items: [...(current?.items ?? []), ...answer.value.items] });
  };
  return {
    items,
    isMore: cursor !== undefined,
    reading,
    failure,
    refOf: (item: Item) => (element: HTMLElement | null) => {
      if (element === null || arrived.current !== item) return;
      arrived.current = undefined;
      element.tabIndex = -1;
      element.focus();
    },
    read: () => {
      void read();
    },
  };
};

/** The button at the end of a list that goes on. */
export const MoreButton = ({
  more,
}: {
  more: Pick<ReturnType<typeof useMore>, 'isMore' | 'reading' | 'failure' | 'read'>;
}) => {
  const words = useShellWords();
  return (
    <>
      {more.failure !== undefined && (
        <p role="alert">
          <Sentence failure={more.failure} />
        </p>
      )}
      {more.isMore && (
        <button type="button" aria-disabled={more.reading} onClick={more.read}>
          {more.reading ? words.opening : words.more}
        </button>
      )}
    </>
  );
};
