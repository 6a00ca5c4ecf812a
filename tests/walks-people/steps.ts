/** People of offices, people as they stand in the files, and the way of a volunteer from the wish to the first visit. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import { type Role, isInForce } from '@time-bank/contracts/role';
import { civilDateOf } from '@time-bank/contracts/time';
import { type Answer, HOME, type Town } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';

/** Somebody with one role over a region, HOME where none is named. */
export const ofRole = (town: Town, role: Role, region: string = HOME): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role, region }] });

/** A person as they stand in the files now, with the roles that are in force: as they would sign in anew. */
export const anew = async (town: Town, { memberId }: { memberId: MemberId }): Promise<Member> => {
  const member = await town.ports.people.readMember(memberId);
  if (member === undefined) throw new Error('there is no such person');
  const today = civilDateOf(town.now());
  return { ...member, roles: member.roles.filter((held) => isInForce(held, today)) };
};

/** The status and the code of a refusal; the code of a success is undefined. */
export const told = ({ status, body }: Answer): [number, string | undefined] => [
  status,
  ErrorAnswer.safeParse(body).data?.error.code,
];

/** The path of a person's part. */
export const pathOf = ({ memberId }: Pick<Member, 'memberId'>, part: string): string =>
  `/api/members/${memberId}/${part}`;

/** The reviewers of a volunteer. */
export interface Reviewers {
  site: Member;
  county: Member;
}

/** Who looks after the site, and who sits at the county. */
export const reviewers = async (town: Town): Promise<Reviewers> => ({
  site: await ofRole(town, 'service_point'),
  county: await ofRole(town, 'county', '341302'),
});

const training = { course: '岗前培训', minutes: 120, on: '2026-11-20' };

/** The steps from the wish to the first visit, in order: who takes each, where, and with what. */
export const volunteerWay = (town: Town, wisher: Member, { site, county }: Reviewers) => {
  const path = pathOf(wisher, 'volunteering');
  const step = (who: Member, at: string, body: Record<string, unknown>) => ({
    who,
    path: `${path}${at}`,
    body: { fileId: town.ids.file(), ...body },
  });
  return [
    step(wisher, '', {}),
    step(site, '/checks', { stage: 'site', decision: 'approve' }),
    step(county, '/checks', {
      stage: 'county',
      decision: 'approve',
      recordCheck: { isPassed: true, on: '2026-11-20' },
    }),
    step(site, '/papers', { training }),
    step(site, '/start', {}),
  ] as const;
};

/** Takes the first `count` steps of the way. */
export const goOn = async (town: Town, wisher: Member, by: Reviewers, count = 5): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const { who, path, body } of volunteerWay(town, wisher, by).slice(0, count)) {
    answers.push(await town.ask(who, 'POST', path, body));
  }
  return answers;
};

/** What stands in the tables beside the audit log, in which refusals and repetitions stand, too. */
export const everythingBesideTheLog = (town: Town) => everythingIn(town, ['RATE#', 'AUDIT#']);
