import type { VolunteerList, VolunteerState, VolunteerView } from '@time-bank/contracts/volunteering';
import { useState } from 'preact/hooks';
import { dateOf, now } from '../china-time.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { useDay } from '../components/binding-facts.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { useHelpingWords } from '../helping-words.ts';
import { useWords } from '../language.tsx';
import { type VolunteerStep, peopleClient } from '../people-client.ts';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

// What needs a decision stands first.
const order: Record<VolunteerState, number> = {
  applied: 0,
  site_checked: 1,
  county_checked: 2,
  trained: 3,
  paused: 4,
  active: 5,
  declined: 6,
  left: 7,
};

interface Deed {
  memberId: string;
  step: VolunteerStep;
}

const Volunteer = ({ volunteer, command }: { volunteer: VolunteerView; command: Command<Deed> }) => {
  const words = useWords();
  const own = usePeopleWords();
  const { notNow } = useHelpingWords();
  const day = useDay();
  const { memberId, state, notReady, runningOut, age } = volunteer;
  const name = volunteer.name ?? `${volunteer.surname}*`;
  const press = (step: VolunteerStep): Command<null> => ({
    ...command,
    submit: () => {
      command.submit({ memberId, step });
    },
  });
  const today = dateOf(now());
  const paper = ({ what, name: course, until }: VolunteerView['runningOut'][number]) =>
    (until < today ? own.ranOut : own.runsOut)(course ?? own.papers[what], day(until));
  return (
    <li class="card">
      <h2>
        {name} · {own.ageOf(age)}
      </h2>
      <p>
        <strong>{own.volunteerStates[state]}</strong>
      </p>
      {state === 'active' && notReady.length > 0 && (
        <p>! {notReady.map((reason) => own.notReady[reason]).join(words.listComma)}</p>
      )}
      {runningOut.map((each) => (
        <p key={`${each.what}.${each.until}`}>{paper(each)}</p>
      ))}
      {state === 'applied' && (
        <>
          <AskedCommand
            label={own.siteYes}
            about={name}
            question={own.siteSure(name)}
            yes={own.yes}
            no={notNow}
            command={press({ stage: 'site', decision: 'approve' })}
            primary
          />
          <AskedCommand
            label={own.siteNo}
            about={name}
            question={own.siteNoSure(name)}
            yes={own.yes}
            no={notNow}
            command={press({ stage: 'site', decision: 'decline' })}
          />
        </>
      )}
      {state === 'trained' && (
        <AskedCommand
          label={own.start}
          about={name}
          question={own.startSure(name)}
          yes={own.yes}
          no={notNow}
          command={press('start')}
          primary
        />
      )}
    </li>
  );
};

/** The volunteers of a community: those who wait for a decision first, then those whose papers run out. */
const DeskVolunteers = () => {
  const own = usePeopleWords();
  const sentences = usePeopleSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<Pick<VolunteerList, 'items'>>(`volunteers.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : peopleClient.listVolunteers(code),
  );
  const [news, setNews] = useState<string>();
  const command = useDeed({
    prefix: 'fil',
    send: (fileId, { memberId, step }: Deed) => peopleClient.stepVolunteer(memberId, fileId, step),
    onDone: () => {
      setNews(own.decided);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.volunteers}
      problems={failureProblems(sentences, [command])}
      news={news}
      community={community}
    >
      <p>{own.volunteersIntro}</p>
      {code !== undefined && (
        <Loaded resource={list}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{own.volunteersEmpty}</p>
            ) : (
              <ul class="cards">
                {[...items]
                  .sort((one, other) => order[one.state] - order[other.state])
                  .map((volunteer) => (
                    <Volunteer
                      key={volunteer.memberId}
                      volunteer={volunteer}
                      command={{
                        ...command,
                        submit: (deed) => {
                          setNews(undefined);
                          command.submit(deed);
                        },
                      }}
                    />
                  ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </DeskPage>
  );
};

export default DeskVolunteers;
