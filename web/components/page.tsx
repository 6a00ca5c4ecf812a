import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useShellWords } from '../language.tsx';
import { ErrorSummary, type Problem } from './error-summary.tsx';

const opened = { first: true };

/**
 * One page: its heading, what is wrong with it, its content. A new heading takes the focus, so that someone
 * who listens hears where they are; the title of the window says the same, and whether something is wrong.
 */
export const Page = ({
  title,
  problems = [],
  news,
  wide = false,
  children,
}: {
  title: string;
  problems?: readonly Problem[];
  /** Something that has just been done, e.g. “checked in”. It takes the focus: its button is gone. */
  news?: string | undefined;
  wide?: boolean;
  children: ComponentChildren;
}) => {
  const words = useShellWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const failed = problems.length > 0;
  useEffect(() => {
    document.title = `${failed ? words.errorPrefix : ''}${title} - ${words.name}`;
  }, [title, failed, words]);
  useEffect(() => {
    if (!opened.first) {
      heading.current?.focus();
      scrollTo(0, 0);
    }
    opened.first = false;
  }, [title]);
  const newsBox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (news !== undefined) newsBox.current?.focus();
  }, [news]);
  return (
    <main id="main" class={wide ? 'wide' : ''}>
      <ErrorSummary problems={problems} />
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      <div role="status" tabIndex={-1} ref={newsBox}>
        {news !== undefined && <p class="news">✓ {news}</p>}
      </div>
      {children}
    </main>
  );
};
