/** The OpenAPI 3.1 document, made from the list of routes and the schemas. */
import * as z from 'zod/mini';
import * as account from './account.ts';
import * as activity from './activity.ts';
import * as alarm from './alarm.ts';
import * as asking from './asking.ts';
import * as audit from './audit.ts';
import * as candidate from './candidate.ts';
import * as card from './card.ts';
import * as cardProof from './card-proof.ts';
import * as closing from './closing.ts';
import * as confirming from './confirming.ts';
import * as correction from './correction.ts';
import * as coverage from './coverage.ts';
import * as emergency from './emergency.ts';
import * as giving from './giving.ts';
import * as elderFile from './elder-file.ts';
import * as granting from './granting.ts';
import * as helping from './helping.ts';
import * as ids from './ids.ts';
import * as ledger from './ledger.ts';
import * as linkage from './linkage.ts';
import * as weekPlan from './week-plan.ts';
import * as member from './member.ts';
import * as merging from './merging.ts';
import * as notice from './notice.ts';
import * as notices from './notices.ts';
import * as organisation from './organisation.ts';
import * as ownRecords from './own-records.ts';
import * as people from './people.ts';
import * as policy from './policy.ts';
import * as portrait from './portrait.ts';
import * as privacy from './privacy.ts';
import * as purchase from './purchase.ts';
import * as refusals from './refusals.ts';
import * as region from './region.ts';
import * as request from './request.ts';
import * as requestLife from './request-life.ts';
import * as role from './role.ts';
import { type Route, routes } from './routes.ts';
import * as series from './series.ts';
import * as session from './session.ts';
import * as signIn from './sign-in.ts';
import * as visiting from './visiting.ts';
import * as visits from './visiting-routes.ts';
import * as volunteering from './volunteering.ts';

type Json = Record<string, unknown>;

const named = z.registry<{ id: string }>();
for (const room of [
  ids,
  ledger,
  member,
  role,
  volunteering,
  elderFile,
  cardProof,
  helping,
  card,
  people,
  merging,
  region,
  request,
  requestLife,
  candidate,
  asking,
  account,
  giving,
  correction,
  granting,
  closing,
  organisation,
  linkage,
  emergency,
  series,
  activity,
  weekPlan,
  purchase,
  confirming,
  ownRecords,
  portrait,
  privacy,
  notice,
  notices,
  coverage,
  alarm,
  visiting,
  visits,
  audit,
  session,
  signIn,
  policy,
  refusals,
]) {
  for (const [id, value] of Object.entries(room)) {
    if (value instanceof z.ZodMiniType) named.add(value, { id });
  }
}

const uri = (id: string) => `#/components/schemas/${id}`;

const pointed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pointed);
  return typeof value === 'object' && value !== null ? referring(value) : value;
};

/** Points references at the document's own list of parts, wherever they stand. */
const referring = (part: object): Json =>
  Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]): [string, unknown] => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', uri('')) : pointed(value),
    ]),
  );

/** A schema as JSON Schema; named parts are references. */
export const schemaDocument = (schema: z.core.$ZodType): Json => {
  const id = named.get(schema)?.id;
  if (id !== undefined) return { $ref: uri(id) };
  const { $schema: _, $defs: __, ...rest } = z.toJSONSchema(schema, { metadata: named });
  return referring(rest);
};

const components = (): Record<string, Json> => {
  const { schemas } = z.toJSONSchema(named, { uri });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
};

const bodyOf = (schema: Json, media = 'application/json'): Json => ({ content: { [media]: { schema } } });

/** What stands in paths, by its name there. */
const inPaths: Readonly<Record<string, string>> = {
  requestId: 'RequestId',
  poolId: 'PoolId',
  accountId: 'AccountId',
  correctionId: 'TransferId',
  roundId: 'CommandId',
  document: 'DocumentNumber',
  bindingId: 'FileId',
  cardId: 'FileId',
  caseId: 'CommandId',
  wishId: 'FileId',
  sessionId: 'SessionId',
  passkeyId: 'FileId',
  mergeId: 'FileId',
  memberId: 'MemberId',
};

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { $ref: uri(inPaths[String(name)] ?? '') },
  }));

const queryParameters = (query: z.core.$ZodObject): Json[] =>
  Object.entries(query._zod.def.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: schema._zod.optout !== 'optional',
    schema: schemaDocument(schema),
  }));

const common = ['invalid_fields', 'busy_try_again', 'unavailable', 'internal'] as const;

const operation = (route: Route): Json => ({
  operationId: route.operationId,
  summary: route.summary,
  tags: [route.tag],
  ...(route.signedIn ? { security: [{ bearer: [] }, { cookie: [] }] } : { security: [] }),
  parameters: [...pathParameters(route.path), ...(route.query ? queryParameters(route.query) : [])],
  ...(route.body ? { requestBody: { required: true, ...bodyOf(schemaDocument(route.body)) } } : {}),
  responses: {
    [route.status]: {
      description:
        'Done. A command that was done before with the same content answers the same, with `Idempotency-Hit: true`.',
      ...(route.answer ? bodyOf(schemaDocument(route.answer), route.media) : {}),
    },
    default: {
      description: `Refused. Codes, in order of precedence: ${[...new Set([...(route.signedIn ? ['not_signed_in', 'sign_in_expired'] : []), ...route.refusals, ...common])].join(', ')}.`,
      ...bodyOf({ $ref: uri('ErrorAnswer') }),
    },
  },
});

/** The parts of the document that this service reads itself. */
export interface OpenApiDocument extends Json {
  paths: Record<string, Json>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

/** The whole document; plain JSON. */
export const openApiDocument = (): OpenApiDocument => {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Time bank',
      version: '0.1.0',
      description:
        'Hours of visiting elders: asked for, matched, made, confirmed, banked and redeemed. Every command carries an id that its sender made and kept; sending it again is safe.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
      },
    },
  };
};
