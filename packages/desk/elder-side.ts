/** Who is told of what concerns an elder: they themselves, and those who may confirm for them. */
import type { MemberId } from '@time-bank/contracts/ids';
import { civilDateOf } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { bindingsOf } from './subject-bindings.ts';

/** The elder first, then guardians and the helpers with the scope `confirm`. */
export const elderSide = async (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  elderId: MemberId,
): Promise<MemberId[]> => {
  const bindings = await bindingsOf(ports, elderId, civilDateOf(nowOf(ports)));
  const helpers = bindings
    .filter(({ kind, scopes }) => kind === 'guardian' || scopes.includes('confirm'))
    .map(({ helperId }) => helperId);
  return [...new Set([elderId, ...helpers])];
};
