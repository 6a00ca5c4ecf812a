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
} from '@time-bank/contracts/volunteering';
import { listVolunteers, readVolunteer } from '@time-bank/desk/list-volunteers';
import {
  applyAsVolunteer,
  checkVolunteer,
  pauseVolunteer,
  startVolunteer,
  trainVolunteer,
} from '@time-bank/desk/volunteer-steps';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { memberAsked, memberIdParam } from '../member-asked.ts';
import { permitted } from '../permit.ts';
import { body, query } from '../validate.ts';

export const volunteerRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/volunteers', signedIn(deps))
    .use('/members/:memberId/volunteering/*', signedIn(deps))
    .get('/volunteers', query(VolunteerQuery), async (c) => {
      const asked = c.req.valid('query');
      const permit = permitted(c, 'list_volunteers', { region: asked.region });
      return present(c, VolunteerList, await listVolunteers(ports, permit, asked), 200);
    })
    .get('/members/:memberId/volunteering', memberIdParam, async (c) => {
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'read_volunteer_file', memberId);
      return present(c, VolunteerFile, await readVolunteer(ports, permit, member), 200);
    })
    .post('/members/:memberId/volunteering', memberIdParam, body(ApplyAsVolunteer), async (c) => {
      const wish = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'apply_volunteer', memberId, wish.fileId);
      return present(c, VolunteerReceipt, await applyAsVolunteer(ports, permit, member, wish), 201);
    })
    .post('/members/:memberId/volunteering/checks', memberIdParam, body(CheckVolunteer), async (c) => {
      const check = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const action = check.stage === 'site' ? 'check_volunteer_site' : 'check_volunteer_county';
      const { member, permit } = await memberAsked(deps, c, action, memberId, check.fileId);
      return present(c, VolunteerReceipt, await checkVolunteer(ports, permit, member, check), 201);
    })
    .post('/members/:memberId/volunteering/papers', memberIdParam, body(TrainVolunteer), async (c) => {
      const paper = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'train_volunteer', memberId, paper.fileId);
      return present(c, VolunteerReceipt, await trainVolunteer(ports, permit, member, paper), 201);
    })
    .post('/members/:memberId/volunteering/start', memberIdParam, body(StartVolunteer), async (c) => {
      const start = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'check_volunteer_site', memberId, start.fileId);
      return present(c, VolunteerReceipt, await startVolunteer(ports, permit, member, start), 201);
    })
    .post('/members/:memberId/volunteering/pause', memberIdParam, body(PauseVolunteer), async (c) => {
      const pause = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'pause_volunteer', memberId, pause.fileId);
      return present(c, VolunteerReceipt, await pauseVolunteer(ports, permit, member, pause), 201);
    });
};
