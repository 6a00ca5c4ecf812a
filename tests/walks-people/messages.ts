/** One good message for every route of people's files: sent as it is, it would be carried out. */
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { HOME, type Town } from '../town.ts';
import { goOn, ofRole, pathOf, reviewers, volunteerWay } from './steps.ts';

interface Written {
  who: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** Prepares people, volunteers on their way and an organisation, and writes a message for each route by its operation. */
export const peopleMessages = async (town: Town): Promise<Record<string, Written>> => {
  const coordinator = await town.aCoordinator();
  const township = await ofRole(town, 'township', '341302001');
  const worker = await ofRole(town, 'social_worker');
  const by = await reviewers(town);
  const [elder, person, assessed] = [await town.anElder(), await town.anElder(), await town.anElder()];
  const holder = await ofRole(town, 'hotline');
  const volunteer = await town.aVolunteer();
  const fileId = () => town.ids.file();
  const ofVolunteers = async (count: number): Promise<Written> => {
    const wisher = await town.anElder({ birthDate: '1962-05-01' });
    const message = volunteerWay(town, wisher, by)[count];
    await goOn(town, wisher, by, count);
    if (message === undefined) throw new Error('the way has five steps');
    return message;
  };
  const organisation = {
    accountId: accountOf(town.ids.member()),
    name: '和平里志愿队',
    communityCode: HOME,
    kind: 'volunteer_team',
  };
  await town.ask(coordinator, 'POST', '/api/organisations', organisation);
  const ofOrganisation = `/api/organisations/${organisation.accountId}`;
  const {
    memberId: _id,
    communityCode: _home,
    ...particulars
  } = (await town.ask(person, 'GET', pathOf(person, 'particulars'))).body;
  return {
    enterPerson: {
      who: coordinator,
      path: '/api/members',
      body: {
        memberId: town.ids.member(),
        communityCode: HOME,
        name: `何新${town.ids.file().slice(-6)}`,
        birthDate: '1945-03-08',
        gender: 'male',
        address: '和平里9号楼',
        languages: [],
        skills: [],
        freeTimes: [],
      },
    },
    readPerson: { who: coordinator, path: pathOf(person, 'particulars') },
    changePerson: {
      who: coordinator,
      path: pathOf(person, 'particulars'),
      body: { fileId: fileId(), ...particulars, address: '解放路1号' },
    },
    readElderFile: { who: worker, path: pathOf(elder, 'file') },
    changeElderFile: {
      who: worker,
      path: pathOf(elder, 'file'),
      body: {
        fileId: fileId(),
        version: 0,
        languages: ['cmn'],
        tags: [],
        doNotPair: [],
        emergencyContacts: [],
      },
    },
    assessElder: {
      who: worker,
      path: pathOf(assessed, 'assessments'),
      body: {
        fileId: fileId(),
        assessment: { level: 2, standard: 'GB/T 42195-2022', on: '2026-11-20', assessor: '区评估中心' },
      },
    },
    listHolders: { who: township, path: `/api/roles?region=${HOME}` },
    grantRole: {
      who: township,
      path: pathOf(assessed, 'roles'),
      body: { fileId: fileId(), role: 'counter', region: HOME },
    },
    endRole: {
      who: township,
      path: pathOf(holder, 'roles/end'),
      body: { fileId: fileId(), role: 'hotline', region: HOME },
    },
    listVolunteers: { who: by.county, path: '/api/volunteers?region=341302' },
    readVolunteer: { who: by.site, path: pathOf(volunteer, 'volunteering') },
    applyAsVolunteer: await ofVolunteers(0),
    checkVolunteer: await ofVolunteers(1),
    trainVolunteer: await ofVolunteers(3),
    startVolunteer: await ofVolunteers(4),
    pauseVolunteer: {
      who: volunteer,
      path: pathOf(volunteer, 'volunteering/pause'),
      body: { fileId: fileId(), step: 'pause', until: '2027-01-31' },
    },
    listOrganisations: { who: coordinator, path: `/api/organisations?community=${HOME}` },
    listOrganisationMembers: { who: coordinator, path: `${ofOrganisation}/members` },
    changeOrganisation: {
      who: coordinator,
      path: `${ofOrganisation}/particulars`,
      body: { commandId: town.ids.command(), version: 1, name: '和平里志愿服务队' },
    },
  };
};
