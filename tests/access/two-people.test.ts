/** What two people decide, nobody decides alone, whatever they hold. */
import { Role } from '@time-bank/contracts/role';
import type { Member } from '@time-bank/contracts/member';
import { civilDateOf } from '@time-bank/contracts/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aLine } from '../walks-staff/steps.ts';
import { credit } from '../walks/steps.ts';

let town: Town;
let everything: Member;
beforeAll(async () => {
  town = await startTown();
  everything = {
    ...(await town.anElder()),
    roles: Role.options.map((role) => ({ role, region: role === 'resident' ? '341302001003' : '341302' })),
  };
});
afterAll(async () => {
  await town.stop();
});

const decide = async (path: string) => {
  const body = { commandId: town.ids.command(), decision: 'approve' };
  return (await town.ask(everything, 'POST', `${path}/decision`, body)).body.error.code as string;
};

describe('somebody with every role there is does not approve what they have proposed', () => {
  it('of a large correction', async () => {
    const line = await aLine(town);
    await credit(town, line.volunteer, 600);
    const [large] = (await town.ask(line.volunteer, 'GET', '/api/account/entries')).body.items;
    const transferId = town.ids.transfer();
    const proposed = await town.ask(everything, 'POST', '/api/corrections', {
      transferId,
      accountId: line.accountId,
      lineId: large.transferId,
      reason: '重复登记',
    });
    expect(proposed.body.state).toBe('proposed');
    expect(await decide(`/api/corrections/${transferId}`)).toBe('second_person_needed');
  });

  it('of a round of grants', async () => {
    const roundId = town.ids.command();
    const round = { roundId, region: '341302001', month: town.now().slice(0, 7) };
    expect((await town.ask(everything, 'POST', '/api/grants', round)).status).toBe(201);
    expect(await decide(`/api/grants/${roundId}`)).toMatch(/^(second_person_needed|not_allowed)$/);
  });

  it('of a rule of the region', async () => {
    const proposalId = town.ids.command();
    const proposed = await town.ask(everything, 'POST', '/api/policies', {
      proposalId,
      region: '341302',
      validFrom: civilDateOf(town.soon(48 * 60)),
      values: { holdDaysMax: 20 },
      reason: '试行',
    });
    expect(proposed.status).toBe(201);
    const answer = await town.ask(everything, 'POST', '/api/policies/approvals', { proposalId });
    expect(answer.body.error.code).toBe('second_person_needed');
  });
});
