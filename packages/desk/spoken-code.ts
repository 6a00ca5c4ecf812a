/**
 * A code that an elder reads aloud to whoever stands at the door, for a visit, once: for those who have lost their card
 * and for visits that need two proofs. Nothing is kept of it: it follows from the visit, the quarter of an hour, and
 * how many were used before.
 */
import type { RequestFacts } from '@time-bank/care/request';
import { isTaken } from '@time-bank/care/life';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { instantOf } from '@time-bank/contracts/time';
import type { SpokenCode } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { SPOKEN_CODE_MINUTES, codeKeyOf, sameHash, spokenCode } from '@time-bank/identity/one-time-code';
import type { TokenKeys } from '@time-bank/identity/token';
import type { Ports } from './ports.ts';

const STRETCH_MS = SPOKEN_CODE_MINUTES * 60_000;

const usesOf = ({ visit, second }: RequestFacts): number =>
  [visit, second].flatMap((part) => part?.proofs ?? []).filter(({ kind }) => kind === 'spoken_code').length;

/** True where these are the digits of now or of the quarter of an hour before, and were not used yet. */
export const isSpokenCode = (keys: TokenKeys, facts: RequestFacts, code: string, nowMs: number): boolean => {
  const stretch = Math.floor(nowMs / STRETCH_MS);
  const codeKey = codeKeyOf(keys);
  const { requestId } = facts.request;
  const uses = usesOf(facts);
  return [stretch, stretch - 1].some((each) =>
    sameHash(spokenCode(codeKey, { requestId, uses, stretch: each }), code),
  );
};

/** The digits for a visit that is about to begin or to end. Refuses: not_accepted. */
export const makeSpokenCode = (
  ports: Pick<Ports, 'clock'> & { keys: TokenKeys },
  _permit: Grant<'make_spoken_code'>,
  facts: RequestFacts,
): Outcome<SpokenCode> => {
  const { state, requestId } = facts.request;
  if (!isTaken(state) && state !== 'in_service') return refused('not_accepted');
  const stretch = Math.floor(ports.clock.nowMs() / STRETCH_MS);
  const code = spokenCode(codeKeyOf(ports.keys), { requestId, uses: usesOf(facts), stretch });
  return done({ code, until: instantOf((stretch + 2) * STRETCH_MS) });
};
