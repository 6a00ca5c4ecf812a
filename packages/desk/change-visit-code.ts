/** New six digits for a person's card: those before are good for nothing from then on. */
import { type Member, VisitCode } from '@time-bank/contracts/member';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { newCode } from '@time-bank/identity/one-time-code';
import type { Ports } from './ports.ts';

const TRIES_MAX = 5;

/** Other digits than before. */
const otherCode = ({ visitCode }: Pick<Member, 'visitCode'>): VisitCode => {
  const code = VisitCode.parse(newCode());
  return code === visitCode ? otherCode({ visitCode }) : code;
};

/** Refuses: unknown_member, busy_try_again. */
export const changeVisitCode = async (
  ports: Pick<Ports, 'people'>,
  memberId: MemberId,
): Promise<Outcome<VisitCode>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const member = await ports.people.readMember(memberId);
    if (member === undefined) return refused('unknown_member');
    const visitCode = otherCode(member);
    const after = { ...member, visitCode, version: (member.version ?? 0) + 1 };
    if (await ports.people.change(member, after)) return done(visitCode);
  }
  return refused('busy_try_again');
};
