/** The routes of people's files: particulars, roles, volunteers, elders, organisations. */
import {
  ChangeOrganisation,
  OrganisationList,
  OrganisationMembers,
  OrganisationQuery,
  OrganisationView,
} from './organisation.ts';
import {
  AssessElder,
  ChangeElderFile,
  ChangePerson,
  ElderFileView,
  EnterPerson,
  PersonView,
} from './people.ts';
import { EndRole, GrantRole, HolderList, HolderQuery, PersonReceipt } from './role.ts';
import type { Route } from './routes.ts';
import {
  ApplyAsVolunteer,
  CheckVolunteer,
  PauseVolunteer,
  StartVolunteer,
  TrainVolunteer,
  VolunteerFile,
  VolunteerList,
  VolunteerQuery,
  VolunteerReceipt,
} from './volunteering.ts';

const command = { method: 'post', signedIn: true, status: 201 } as const;
const read = { method: 'get', signedIn: true, status: 200 } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const person = '/api/members/{memberId}';

const people: readonly Route[] = [
  {
    ...command,
    path: '/api/members',
    operationId: 'enterPerson',
    tag: 'people',
    summary: 'Staff enter a resident of their community, with a telephone or without.',
    body: EnterPerson,
    answer: PersonReceipt,
    refusals: ['not_allowed', 'unknown_region', ...ids, 'phone_taken'],
  },
  {
    ...read,
    path: `${person}/particulars`,
    operationId: 'readPerson',
    tag: 'people',
    summary: "A person's particulars, with the version that a change is written over.",
    answer: PersonView,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: `${person}/particulars`,
    operationId: 'changePerson',
    tag: 'people',
    summary: "Staff write a person's particulars as they are from now on.",
    body: ChangePerson,
    answer: PersonReceipt,
    refusals: ['not_allowed', 'unknown_region', 'unknown_member', ...ids, 'changed_meanwhile', 'phone_taken'],
  },
  {
    ...read,
    path: `${person}/file`,
    operationId: 'readElderFile',
    tag: 'people',
    summary: "An elder's file; every reading by somebody else stands in the audit log.",
    answer: ElderFileView,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: `${person}/file`,
    operationId: 'changeElderFile',
    tag: 'people',
    summary: "Staff write an elder's file as it is from now on.",
    body: ChangeElderFile,
    answer: PersonReceipt,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'changed_meanwhile'],
  },
  {
    ...command,
    path: `${person}/assessments`,
    operationId: 'assessElder',
    tag: 'people',
    summary: 'Staff keep an assessment of ability as it was done.',
    body: AssessElder,
    answer: PersonReceipt,
    refusals: ['not_allowed', 'unknown_member', ...ids],
  },
];

const roles: readonly Route[] = [
  {
    ...read,
    path: '/api/roles',
    operationId: 'listHolders',
    tag: 'roles',
    summary: 'Who holds the roles of staff over a region.',
    query: HolderQuery,
    answer: HolderList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...command,
    path: `${person}/roles`,
    operationId: 'grantRole',
    tag: 'roles',
    summary: 'Gives a person a role in a region, from a day to a day.',
    body: GrantRole,
    answer: PersonReceipt,
    refusals: [
      'not_allowed',
      'unknown_region',
      'unknown_member',
      ...ids,
      'role_not_grantable',
      'unknown_account',
    ],
  },
  {
    ...command,
    path: `${person}/roles/end`,
    operationId: 'endRole',
    tag: 'roles',
    summary: 'Ends a role at once or after a day; what was done in it stays.',
    body: EndRole,
    answer: PersonReceipt,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'role_not_grantable'],
  },
];

const steps = ['not_allowed', 'unknown_member', ...ids] as const;

const volunteers: readonly Route[] = [
  {
    ...read,
    path: '/api/volunteers',
    operationId: 'listVolunteers',
    tag: 'volunteers',
    summary: 'The volunteers of a region, those whose papers run out first.',
    query: VolunteerQuery,
    answer: VolunteerList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: `${person}/volunteering`,
    operationId: 'readVolunteer',
    tag: 'volunteers',
    summary: 'A volunteer with all papers.',
    answer: VolunteerFile,
    refusals: ['not_allowed', 'unknown_member', 'unknown_file'],
  },
  {
    ...command,
    path: `${person}/volunteering`,
    operationId: 'applyAsVolunteer',
    tag: 'volunteers',
    summary: 'Somebody applies as a volunteer, or is entered as one who does.',
    body: ApplyAsVolunteer,
    answer: VolunteerReceipt,
    refusals: [...steps, 'wrong_step', 'consent_needed'],
  },
  {
    ...command,
    path: `${person}/volunteering/checks`,
    operationId: 'checkVolunteer',
    tag: 'volunteers',
    summary: 'The site decides on an application, then the county, with the record check.',
    body: CheckVolunteer,
    answer: VolunteerReceipt,
    refusals: [...steps, 'wrong_step', 'not_ready_to_serve', 'second_person_needed'],
  },
  {
    ...command,
    path: `${person}/volunteering/papers`,
    operationId: 'trainVolunteer',
    tag: 'volunteers',
    summary: 'Keeps a training, a licence, an insurance or the consent of a guardian.',
    body: TrainVolunteer,
    answer: VolunteerReceipt,
    refusals: [...steps, 'wrong_step', 'consent_needed'],
  },
  {
    ...command,
    path: `${person}/volunteering/start`,
    operationId: 'startVolunteer',
    tag: 'volunteers',
    summary: 'A trained volunteer begins to serve.',
    body: StartVolunteer,
    answer: VolunteerReceipt,
    refusals: [...steps, 'wrong_step', 'not_ready_to_serve'],
  },
  {
    ...command,
    path: `${person}/volunteering/pause`,
    operationId: 'pauseVolunteer',
    tag: 'volunteers',
    summary: 'A volunteer pauses, serves again, or leaves.',
    body: PauseVolunteer,
    answer: VolunteerReceipt,
    refusals: [...steps, 'wrong_step'],
  },
];

const organisations: readonly Route[] = [
  {
    ...read,
    path: '/api/organisations',
    operationId: 'listOrganisations',
    tag: 'organisations',
    summary: 'The organisations of a community.',
    query: OrganisationQuery,
    answer: OrganisationList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/organisations/{accountId}/members',
    operationId: 'listOrganisationMembers',
    tag: 'organisations',
    summary: 'Those who act for an organisation.',
    answer: OrganisationMembers,
    refusals: ['not_allowed', 'unknown_account'],
  },
  {
    ...command,
    path: '/api/organisations/{accountId}/particulars',
    operationId: 'changeOrganisation',
    tag: 'organisations',
    summary: 'Writes an organisation as it is from now on.',
    body: ChangeOrganisation,
    answer: OrganisationView,
    refusals: ['not_allowed', 'exists_with_different_content', 'changed_meanwhile', 'unknown_account'],
  },
];

/** The routes of people's files. */
export const peopleRoutes: readonly Route[] = [...people, ...roles, ...volunteers, ...organisations];
