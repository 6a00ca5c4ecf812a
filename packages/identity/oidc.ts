/**
 * Sign-in at a provider of OpenID Connect by the authorization code flow with PKCE, state and nonce. The provider is
 * the one of the settings; what it says of itself is taken only where it says that it is that one. Source: OpenID
 * Connect Core 1.0, 3.1; RFC 9700; RFC 9207; OWASP ASVS 5.0, 10.5.
 */
import { createHash } from 'node:crypto';
import { type Phone, phoneOf } from '@time-bank/contracts/member';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { OutsideUnavailable, askOutside, isFitAddress } from './outside-fetch.ts';

/** What is agreed with the provider. `name`: what people call it. `redirectUri`: our page to which it sends people back. */
export interface OidcSettings {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** The secrets of one sign-in; nobody but this service can work them out. base64url. */
export interface OidcSecrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** Who the provider says it is. `phone`: only where it has verified that number. */
export interface OidcPerson {
  subject: string;
  phone?: Phone;
}

/** Signatures that are taken; none that both sides could make. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const TOLERANCE_SECONDS = 30;
const ANSWER_SECONDS_MAX = 10 * 60;

const Address = z.string().check(z.refine(isFitAddress, 'must be https'));
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: Address,
  token_endpoint: Address,
  jwks_uri: Address,
});
const TokenAnswer = z.object({ id_token: z.string() });
const Claims = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(255)),
  nonce: z.string(),
  azp: z.exactOptional(z.string()),
  phone_number: z.exactOptional(z.string()),
  phone_number_verified: z.exactOptional(z.boolean()),
});

/** A provider as the use cases see it. Both throw OutsideUnavailable. */
export interface OidcProvider {
  name: string;
  issuer: string;
  /** Where to send the browser. */
  startUrl: (secrets: OidcSecrets) => Promise<string>;
  /** Who came back with `code`; undefined where that is not to be believed. */
  personOf: (code: string, secrets: OidcSecrets, nowMs: number) => Promise<OidcPerson | undefined>;
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

const basic = ({ clientId, clientSecret }: OidcSettings): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;

/** The provider at the issuer of the settings; what it says of itself is read once it is needed, and kept. */
export const oidcProvider = (settings: OidcSettings): OidcProvider => {
  const { issuer, clientId, redirectUri } = settings;
  let known:
    | Promise<{ discovery: z.infer<typeof Discovery>; keys: ReturnType<typeof createRemoteJWKSet> }>
    | undefined;

  const discover = async () => {
    const { body } = await askOutside(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const discovery = Discovery.safeParse(body);
    if (!discovery.success || discovery.data.issuer !== issuer) {
      throw new OutsideUnavailable('the provider is not the one of the settings');
    }
    const keys = createRemoteJWKSet(new URL(discovery.data.jwks_uri), { timeoutDuration: 5000 });
    return { discovery: discovery.data, keys };
  };
  const provider = () => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  const idTokenFor = async (code: string, { verifier }: OidcSecrets): Promise<string | undefined> => {
    const { discovery } = await provider();
    const { status, body } = await askOutside(discovery.token_endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
        Authorization: basic(settings),
      },
      body: form({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    if (status >= 500) throw new OutsideUnavailable('the provider is away');
    const answer = TokenAnswer.safeParse(body);
    return status === 200 && answer.success ? answer.data.id_token : undefined;
  };

  const readIdToken = async (idToken: string, { nonce }: OidcSecrets, nowMs: number) => {
    const { keys } = await provider();
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        algorithms: ALGORITHMS,
        issuer,
        audience: clientId,
        requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
        maxTokenAge: ANSWER_SECONDS_MAX,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success || claims.data.nonce !== nonce) return undefined;
      // A token for several houses names the one that asked for it.
      const isOurs =
        claims.data.azp === undefined
          ? !Array.isArray(payload.aud) || payload.aud.length === 1
          : claims.data.azp === clientId;
      return isOurs ? claims.data : undefined;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout)
        throw new OutsideUnavailable('the keys of the provider are away');
      if (error instanceof errors.JOSEError) return undefined;
      throw new OutsideUnavailable('the keys of the provider cannot be read', { cause: error });
    }
  };

  return {
    name: settings.name,
    issuer,
    startUrl: async ({ state, nonce, verifier }) => {
      const { discovery } = await provider();
      const url = new URL(discovery.authorization_endpoint);
      const fields = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid phone',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
      return url.href;
    },
    personOf: async (code, secrets, nowMs) => {
      const idToken = await idTokenFor(code, secrets);
      const claims = idToken === undefined ? undefined : await readIdToken(idToken, secrets, nowMs);
      if (claims === undefined) return undefined;
      const written = claims.phone_number_verified === true ? claims.phone_number : undefined;
      const phone = written === undefined ? undefined : phoneOf(written);
      return { subject: claims.sub, ...(phone === undefined ? {} : { phone }) };
    },
  };
};
