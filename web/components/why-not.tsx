import type { AboutCandidate } from '@time-bank/contracts/candidate';
import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import type { Answer } from '../answer.ts';
import { askClient } from '../ask-client.ts';
import { useAskWords } from '../ask-words.ts';
import { useLanguage } from '../language.tsx';
import { useResource } from '../use-resource.ts';
import { Loaded } from './loaded.tsx';
import { ByPhone, type Person } from './person-finder.tsx';
import { VolunteerField } from './volunteer-field.tsx';

type About = AboutCandidate | 'not_volunteer' | undefined;

const aboutOf = async (requestId: string, memberId: string): Promise<Answer<About>> => {
  const answer = await askClient.listCandidates(requestId, memberId);
  if (answer.kind === 'done') return { kind: 'done', value: answer.value.about };
  const isUnknown = answer.kind === 'refused' && answer.refusal.code === 'unknown_member';
  return isUnknown ? { kind: 'done', value: 'not_volunteer' } : answer;
};

const Found = ({ about }: { about: About }) => {
  const { locale } = useLanguage();
  const own = useAskWords();
  if (about === undefined) return null;
  if (about === 'not_volunteer') return <p>{own.notVolunteer}</p>;
  const isAgainst = about.place === undefined;
  return (
    <div class="card">
      <h3>{isAgainst ? own.against(about.name) : own.place(about.name, about.place ?? 1)}</h3>
      <ul class="plain">
        {(isAgainst ? about.against : about.reasons).map(({ reason, words }) => (
          <li key={typeof reason === 'string' ? reason : reason.code}>{words[locale]}</li>
        ))}
      </ul>
    </div>
  );
};

const Reasons = ({ requestId, person }: { requestId: string; person: Person }) => {
  const about = useResource(`about.${requestId}.${person.memberId}`, () =>
    aboutOf(requestId, person.memberId),
  );
  return (
    <div role="status">
      <Loaded resource={about}>{(value) => <Found about={value} />}</Loaded>
    </div>
  );
};

/** Why somebody is not among those who could come: a volunteer of the community by name, another by telephone. */
export const WhyNot = ({ request }: { request: RequestView }) => {
  const own = useAskWords();
  const { requestId, communityCode } = request;
  const [person, setPerson] = useState<Person>();
  const volunteers = useResource(`volunteers.${communityCode}`, () =>
    askClient.listVolunteers(communityCode),
  );
  return (
    <details>
      <summary>{own.whyNot}</summary>
      <div class="card">
        <p>{own.whyNotHint}</p>
        <Loaded resource={volunteers}>
          {({ items }) => (
            <VolunteerField
              volunteers={items.map(({ memberId, name, surname }) => ({ memberId, name: name ?? surname }))}
              person={person}
              onFind={setPerson}
            />
          )}
        </Loaded>
        <h3>{own.others}</h3>
        <ByPhone onFind={setPerson} />
      </div>
      {person !== undefined && <Reasons requestId={requestId} person={person} />}
    </details>
  );
};
