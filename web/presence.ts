/**
 * What a visitor may show beside a code. Where they are leaves the phone to about a kilometre, as it is all that is
 * ever kept; a picture does not leave it at all: only the number that stands for it. Source: packages/care/proof.ts.
 */
import type { Point } from '@time-bank/contracts/member';
import type { PolicyView } from '@time-bank/contracts/policy';
import { type Answer, answerOf } from './answer.ts';
import { api } from './client.ts';
import { patientFetch } from './patient-fetch.ts';
import { readServices, serviceOf } from './services.ts';

/** A hundredth of a degree is about a kilometre. */
const STEPS_PER_DEGREE = 100;
const PLACE_WAIT_MS = 15_000;

const rounded = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;

/** A point to about a kilometre. */
export const roughly = ({ latitude, longitude }: Point): Point => ({
  latitude: rounded(latitude),
  longitude: rounded(longitude),
});

/** Roughly where this phone is; nothing where it was not told, for whatever reason. The browser asks first. */
export const placeNow = (): Promise<Point | undefined> =>
  new Promise((resolve) => {
    // Old browsers leave it out on pages that are not secure.
    if (!('geolocation' in navigator)) {
      resolve(undefined);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        resolve(roughly(coords));
      },
      () => {
        resolve(undefined);
      },
      { timeout: PLACE_WAIT_MS, maximumAge: 60_000 },
    );
  });

/** The number that stands for a picture: the SHA-256 of its file, in hexadecimal; nothing where it cannot be read. */
export const digestOf = async (file: Blob): Promise<string | undefined> => {
  try {
    const digest = await crypto.subtle.digest('SHA-256', await new Response(file).arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
};

/** What is taken beside a code on a visit, and whether one has agreed to say where one is. */
export interface Ways {
  takesPlace: boolean;
  takesPhoto: boolean;
  agreesToPlace: boolean;
}

/** What the service of a visit can be shown by, where its region takes it, for whoever is signed in. */
export const readWays = async ({
  communityCode,
  serviceCode,
}: {
  communityCode: string;
  serviceCode: string;
}): Promise<Answer<Ways>> => {
  const [policy, services, consents] = await Promise.all([
    answerOf<Pick<PolicyView, 'values'>>(patientFetch(`/api/policies?region=${communityCode}`)),
    readServices(communityCode),
    answerOf(api.me.consents.$get({ query: {} })),
  ]);
  if (policy.kind !== 'done') return policy;
  if (services.kind !== 'done') return services;
  if (consents.kind !== 'done') return consents;
  const kinds = policy.value.values.find(({ name }) => name === 'proofKinds')?.value;
  const proofs = serviceOf(services.value.items, serviceCode)?.proofs ?? [];
  const takes = (kind: 'gps' | 'photo'): boolean =>
    proofs.includes(kind) && Array.isArray(kinds) && kinds.includes(kind);
  return {
    kind: 'done',
    value: {
      takesPlace: takes('gps'),
      takesPhoto: takes('photo'),
      agreesToPlace: consents.value.items.some(({ purpose, isGiven }) => purpose === 'location' && isGiven),
    },
  };
};
