import type { ComponentChildren } from 'preact';
import { useWords } from '../language.tsx';
import type { Problem } from './error-summary.tsx';
import { Page } from './page.tsx';

/** A page of one's own affairs, with the way back at its end. */
export const MePage = ({
  title,
  problems = [],
  news,
  back = '/me',
  children,
}: {
  title: string;
  problems?: readonly Problem[];
  news?: string | undefined;
  back?: string;
  children: ComponentChildren;
}) => (
  <Page title={title} problems={problems} news={news}>
    {children}
    <a class="button" href={back}>
      {useWords().back}
    </a>
  </Page>
);
