/** What the staff's pages on people ask the service. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const member = api.members[':memberId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];

/** A person as they are entered. */
export type NewPerson = Omit<Sent<typeof api.members.$post>, 'memberId'>;
/** Another telephone number in the place of a lost one. */
export type Recovery = Omit<Sent<(typeof member)['sign-in-recovery']['$post']>, 'commandId'>;
/** A step in the life of a volunteer. */
export type VolunteerStep = { stage: 'site'; decision: 'approve' | 'decline' } | 'start';
/** What is answered to a wish about one's data. */
export type WishAnswer = { decision: 'done' | 'refuse'; answer: string };

const of = (memberId: string) => ({ memberId: encodeURIComponent(memberId) });

/** The routes of people. Commands take the id that the page made and keeps. */
export const peopleClient = {
  readPerson: (memberId: string) => answerOf(member.particulars.$get({ param: of(memberId) })),
  enterPerson: (memberId: string, person: NewPerson) =>
    answerOf(api.members.$post({ json: { memberId, ...person } })),
  endSignIns: (memberId: string, commandId: string, reason: string) =>
    answerOf(member.sessions.end.$post({ param: of(memberId), json: { commandId, reason } })),
  recoverSignIn: (memberId: string, commandId: string, recovery: Recovery) =>
    answerOf(member['sign-in-recovery'].$post({ param: of(memberId), json: { commandId, ...recovery } })),
  enrol: (memberId: string, commandId: string) =>
    answerOf(member.enrolment.$post({ param: of(memberId), json: { commandId } })),
  listVolunteers: (region: string) => answerOf(api.volunteers.$get({ query: { region } })),
  stepVolunteer: (memberId: string, fileId: string, step: VolunteerStep) =>
    step === 'start'
      ? answerOf(member.volunteering.start.$post({ param: of(memberId), json: { fileId } }))
      : answerOf(member.volunteering.checks.$post({ param: of(memberId), json: { fileId, ...step } })),
  listWishes: (region: string, cursor?: string) =>
    answerOf(api['data-wishes'].$get({ query: { region, cursor } })),
  answerWish: (memberId: string, wishId: string, commandId: string, answer: WishAnswer) =>
    answerOf(
      member['data-wishes'][':wishId'].answer.$post({
        param: { ...of(memberId), wishId: encodeURIComponent(wishId) },
        json: { commandId, ...answer },
      }),
    ),
};
