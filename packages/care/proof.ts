/**
 * How it is shown that somebody was there. Two things that show the same are one way: whoever holds the card has its
 * digits and its QR. Whatever says where somebody is, is kept as two rough points and never stands in anybody's way.
 * Source: README "Proof"; 个人信息保护法 Arts 16, 28, 29.
 */
import type { Point } from '@time-bank/contracts/member';
import type { Proof, ProofKind } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';
import type { RequestRecord, VisitRecord } from './request.ts';
import { services } from './service.ts';

/** The rules of a region about proofs. */
export type ProofRules = Pick<Policy, 'proofKinds' | 'proofCountMin' | 'riskyProofCountMin'>;

/** What shows presence: the elder's card, the elder's own voice, a call, a place, a picture. */
type Way = 'card' | 'spoken' | 'call_back' | 'gps' | 'photo';

const wayOf: Readonly<Record<ProofKind, Way>> = {
  code: 'card',
  card: 'card',
  spoken_code: 'spoken',
  call_back: 'call_back',
  gps: 'gps',
  photo: 'photo',
};

/** True where a region takes this kind of proof: its `code` is the card and the code that the elder reads aloud. */
export const isTaken = ({ proofKinds }: Pick<Policy, 'proofKinds'>, kind: ProofKind): boolean =>
  proofKinds.includes(kind === 'card' || kind === 'spoken_code' ? 'code' : kind);

/** How many ways a visit needs: from risk 2 on those of risky services. */
export const proofsNeeded = (
  rules: Pick<Policy, 'proofCountMin' | 'riskyProofCountMin'>,
  { serviceCode }: Pick<RequestRecord, 'serviceCode'>,
): number =>
  services[serviceCode].risk >= 2
    ? Math.max(rules.proofCountMin, rules.riskyProofCountMin)
    : rules.proofCountMin;

/**
 * True where a visit was begun and ended on the service's clock, is shown in as many different ways as its risk asks
 * for, and nothing that was shown speaks against it. What is not so is asked about by telephone.
 */
export const isProofComplete = (
  rules: ProofRules,
  request: Pick<RequestRecord, 'serviceCode'>,
  visit: Pick<VisitRecord, 'checkedInAt' | 'checkedOutAt' | 'proofs'>,
): boolean => {
  const { checkedInAt, checkedOutAt, proofs = [] } = visit;
  if (checkedInAt === undefined || checkedOutAt === undefined) return false;
  const shows = services[request.serviceCode].proofs;
  const taken = proofs.filter(({ kind }) => shows.includes(kind) && isTaken(rules, kind));
  if (taken.some(({ isGood }) => !isGood)) return false;
  return new Set(taken.map(({ kind }) => wayOf[kind])).size >= proofsNeeded(rules, request);
};

/** A hundredth of a degree: about a kilometre to the north, a little less to the east. */
const STEPS_PER_DEGREE = 100;

const rounded = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;

/** A point to about a kilometre: all that is ever kept of where somebody was. */
export const coarse = ({ latitude, longitude }: Point): Point => ({
  latitude: rounded(latitude),
  longitude: rounded(longitude),
});

/** A rounded point lies up to 800 m from where it was taken, and a telephone is wrong by as much again. */
const FAR_KILOMETRES = 2;
const KILOMETRES_PER_DEGREE = 111.2;

/** True where a rough point can be at a home; a home without a point on the map speaks for nobody and against nobody. */
export const isNearHome = (point: Point, home: Point): boolean => {
  const north = (point.latitude - home.latitude) * KILOMETRES_PER_DEGREE;
  const turn = ((((point.longitude - home.longitude + 180) % 360) + 360) % 360) - 180;
  const east = turn * KILOMETRES_PER_DEGREE * Math.cos((home.latitude * Math.PI) / 180);
  return Math.hypot(north, east) <= FAR_KILOMETRES;
};

/** A proof at one end of a visit. */
export const proofOf = (kind: ProofKind, moment: Proof['moment'], at: Proof['at'], isGood = true): Proof => ({
  kind,
  at,
  moment,
  isGood,
});
