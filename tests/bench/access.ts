/** How much of the service the table of permissions covers, what asking it costs, and how much of the ASVS is met. */
import { existsSync, readFileSync } from 'node:fs';
import { CommunityCode } from '@time-bank/contracts/region';
import { MemberId, SessionId } from '@time-bank/contracts/ids';
import { AsvsRows, asvsCount } from '@time-bank/identity/asvs';
import type { SignedInActor } from '@time-bank/identity/actor';
import { grant } from '@time-bank/identity/grant';
import { parseTokenKeys, readToken, signToken } from '@time-bank/identity/token';
import { countCells } from '../access/cells.ts';

const ROUNDS = 400;
/** Calls in one measured round: the clock of the processor counts whole microseconds. */
const CALLS = 10;
const NOW_MS = Date.parse('2026-11-21T02:00:00.000Z');
const HOME = CommunityCode.parse('341302001003');
const ASVS = new URL('../../packages/identity/asvs.json', import.meta.url);

const actor: SignedInActor = {
  memberId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRS'),
  roles: [
    { role: 'coordinator', region: HOME },
    { role: 'resident', region: HOME },
  ],
  signIn: {
    sessionId: SessionId.parse('ses_01KB2C3D4E5F6G7H8J9KMNPQRS'),
    authority: 0,
    factor: 'passkey',
    deviceKey: 'A'.repeat(43),
  },
};

/** Milliseconds of processor time that one call spends on who is asking and what they may: the median. */
const measureCpu = async (): Promise<number> => {
  const keys = parseTokenKeys(JSON.stringify({ bench: 'x'.repeat(64) }));
  const { token } = await signToken(keys, actor, NOW_MS);
  const subject = { communityCode: HOME, memberId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRT') };
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let call = 0; call < CALLS; call += 1) {
      const outcome = await readToken(keys, token, NOW_MS);
      if (outcome.kind === 'refused') throw new Error('the token is good');
      if (grant(outcome.value, 'read_member_account', subject).kind === 'refused') {
        throw new Error('a coordinator reads an account of their community');
      }
    }
    const { user, system } = process.cpuUsage(before);
    figures.push((user + system) / CALLS / 1000);
  }
  figures.sort((one, other) => one - other);
  return Number((figures[Math.floor(figures.length / 2)] ?? NaN).toFixed(4));
};

/** `cells`: every route as everybody, own, foreign or missing; `uncovered`: routes about which the table says nothing. */
export const measureAccess = async () => {
  if (!existsSync(ASVS))
    throw new Error('packages/identity/asvs.json is missing: write where the service stands.');
  const rows = AsvsRows.parse(JSON.parse(readFileSync(ASVS, 'utf8')));
  return { ...countCells(), authCpuMsP50: await measureCpu(), asvs: asvsCount(rows) };
};
