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
  first,
  children,
}: {
  title: string;
  problems?: readonly Problem[];
  news?: string | undefined;
  /** Left out where the page is not about a community. */
  community?: CommunityChoice;
  back?: string;
  /** What nothing stands before, not even the choice of a community. */
  first?: ComponentChildren;
  children: ComponentChildren;
}) => (
  <Page title={title} problems={problems} news={news} wide>
    {first}
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
