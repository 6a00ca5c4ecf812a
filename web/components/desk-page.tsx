import type { ComponentChildren } from 'preact';
import { useWords } from '../language.tsx';
import { type CommunityChoice, CommunityField } from './community-field.tsx';
import type { Problem } from './error-summary.tsx';
import { Page } from './page.tsx';
import { Sentence } from './sentence.tsx';

/** A page of the staff on the people of a community: which one, the content, and the way back. */
export const DeskPage = ({
  title,
  problems = [],
  news,
  community,
  back = '/desk/people',
  children,
}: {
  title: string;
  problems?: readonly Problem[];
  news?: string | undefined;
  /** Left out where the page is not about a community. */
  community?: CommunityChoice;
  back?: string;
  children: ComponentChildren;
}) => (
  <Page title={title} problems={problems} news={news} wide>
    {community?.failure !== undefined && (
      <p role="alert">
        <Sentence failure={community.failure} />
      </p>
    )}
    {community !== undefined && <CommunityField community={community} />}
    {children}
    <a class="button" href={back}>
      {useWords().back}
    </a>
  </Page>
);
