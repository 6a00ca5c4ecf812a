/**
 * The files that Lambda would load, loaded as Lambda loads them: each in a fresh process of plain Node, with the
 * environment of the template and events in the form in which the services send them.
 */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { planPublish } from '@time-bank/care/request';
import { MemberId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { instantOf, isoWeekOf } from '@time-bank/contracts/time';
import { verifyCheckpoint } from '@time-bank/seal/checkpoint';
import { type Connection, connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { dynamoCareBook } from '@time-bank/store/dynamo-care-book';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { dynamoRegions } from '@time-bank/store/dynamo-regions';
import { dynamoWeekBook } from '@time-bank/store/dynamo-week-book';
import { values } from '@time-bank/store/item';
import { caseKey } from '@time-bank/store/keys';
import { carePiece } from '@time-bank/store/request-item';
import { systemClock, systemIds } from '@time-bank/store/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { aTown } from '../seal/sealed-town.ts';
import { TEST_PERSONAL_KEYS, testVault } from '../vault.ts';
import { type Synthesis, synthesize } from './synthesis.ts';

const LONG = 120_000;
const TOKEN_KEYS = JSON.stringify({ k1: 'a'.repeat(48) });

let made: Synthesis;
let engine: TestEngine;
let connection: Connection;
let environment: Record<string, string>;

beforeAll(async () => {
  made = synthesize();
  engine = await startEngine();
  const name = systemIds.request();
  const tables = { ledger: `${name}.ledger`, care: `${name}.care`, seals: `${name}.seals` };
  connection = connect({ tables, endpoint: engine.endpoint });
  await createTables(connection);
  environment = {
    NODE_OPTIONS: '--enable-source-maps',
    LEDGER_TABLE: tables.ledger,
    CARE_TABLE: tables.care,
    SEALS_TABLE: tables.seals,
    DYNAMODB_ENDPOINT: engine.endpoint,
  };
}, LONG);
afterAll(async () => {
  connection.client.destroy();
  await engine.stop();
  made.cleanUp();
});

const secretOf = (name: string): string =>
  `arn:aws:secretsmanager:ap-southeast-1:000000000000:secret:${name}`;

const RESULT = 'RESULT:';

/** What the child does: load the bundle, call its handler with each event in turn, say what came back. */
const CHILD = `
const { handler } = await import(process.argv[1]);
const answers = [];
for (const event of JSON.parse(process.argv[2])) answers.push(await handler(event, { awsRequestId: 'r' }));
process.stdout.write('\\n${RESULT}' + JSON.stringify(answers) + '\\n');
`;

/** Only these open what is personal; the others start without its keys. */
const keyed: Readonly<Record<string, Record<string, string>>> = {
  Api: { PERSONAL_KEYS: TEST_PERSONAL_KEYS },
  Planner: { PERSONAL_KEYS: TEST_PERSONAL_KEYS },
  Notifier: { PERSONAL_KEYS: TEST_PERSONAL_KEYS },
};

const invoke = async (
  name: string,
  events: readonly object[],
  extra: Record<string, string> = {},
  keys: Record<string, string> = keyed[name] ?? {},
): Promise<unknown[]> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', CHILD, made.handlerFile(name), JSON.stringify(events)],
    { env: { ...environment, ...keys, ...extra }, timeout: 60_000 },
  );
  const line = stdout.split('\n').find((each) => each.startsWith(RESULT));
  return JSON.parse(line!.slice(RESULT.length)) as unknown[];
};

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** A call as API Gateway passes it on (HTTP API, payload 2.0). */
const call = (method: string, path: string, body?: string) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: {
    'content-type': 'application/json',
    host: 'abc123.execute-api.cn-north-1.amazonaws.com',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'https',
  },
  requestContext: {
    accountId: 'anonymous',
    apiId: 'abc123',
    domainName: 'abc123.execute-api.cn-north-1.amazonaws.com',
    domainPrefix: 'abc123',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: '$default',
    stage: '$default',
    time: '10/Mar/2026:00:00:00 +0000',
    timeEpoch: 1_773_100_800_000,
  },
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: false,
});

const codeOf = ({ body }: Answer): string => JSON.parse(body).error.code as string;

describe('the bundle of the API', () => {
  it(
    'answers as the API does',
    async () => {
      const answers = (await invoke(
        'Api',
        [
          call('GET', '/api/health'),
          call('GET', '/api/openapi.json'),
          call('GET', '/api/me'),
          call('POST', '/api/sign-in', '{"phone":'),
          call('POST', '/api/sign-in', '{}'),
          call('GET', '/api/nothing-here'),
        ],
        { TOKEN_KEYS },
      )) as Answer[];
      const [health, openApi, me, broken, empty, nowhere] = answers as [
        Answer,
        Answer,
        Answer,
        Answer,
        Answer,
        Answer,
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 401, 400, 400, 404]);
      expect(JSON.parse(health.body)).toEqual({ status: 'ok' });
      expect(Object.keys(JSON.parse(openApi.body).paths as object).length).toBeGreaterThan(10);
      expect([me, broken, empty, nowhere].map(codeOf)).toEqual([
        'not_signed_in',
        'malformed_json',
        'invalid_fields',
        'unknown_route',
      ]);
      expect(health.headers['strict-transport-security']).toContain('max-age=63072000');
    },
    LONG,
  );

  it(
    'reads its keys from Secrets Manager, with the credentials of its environment',
    async () => {
      const asked: { target: unknown; authorization: unknown; session: unknown; body: unknown }[] = [];
      const secrets = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const { authorization, 'x-amz-target': target, 'x-amz-security-token': session } = request.headers;
          const body = JSON.parse(Buffer.concat(chunks).toString()) as { SecretId: string };
          asked.push({ target, authorization, session, body });
          response.setHeader('content-type', 'application/x-amz-json-1.1');
          const SecretString = body.SecretId === secretOf('personal') ? TEST_PERSONAL_KEYS : TOKEN_KEYS;
          response.end(JSON.stringify({ Name: 'keys', SecretString }));
        });
      });
      await new Promise<void>((resolve) => secrets.listen(0, '127.0.0.1', resolve));
      const { port } = secrets.address() as AddressInfo;
      try {
        const settings = {
          AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
          AWS_REGION: 'ap-southeast-1',
          AWS_ACCESS_KEY_ID: 'AKIDOFTHEROLE',
          AWS_SECRET_ACCESS_KEY: 'secret',
          AWS_SESSION_TOKEN: 'session-of-the-role',
          TOKEN_KEYS_SECRET: secretOf('keys'),
          PERSONAL_KEYS_SECRET: secretOf('personal'),
        };
        const [me] = await invoke('Api', [call('GET', '/api/me')], settings, {});
        expect(codeOf(me as Answer)).toBe('not_signed_in');
        expect(asked).toEqual(
          ['personal', 'keys'].map((name) => ({
            target: 'secretsmanager.GetSecretValue',
            authorization: expect.stringContaining('Credential=AKIDOFTHEROLE/') as string,
            session: 'session-of-the-role',
            body: { SecretId: secretOf(name) },
          })),
        );
      } finally {
        secrets.close();
      }
    },
    LONG,
  );

  it.each(['Api', 'Planner', 'Notifier'])(
    'does not start without personal keys: %s',
    async (name) => {
      await expect(invoke(name, [], { TOKEN_KEYS }, {})).rejects.toThrow(
        /PERSONAL_KEYS or PERSONAL_KEYS_SECRET is needed/,
      );
    },
    LONG,
  );

  it(
    'does not start without token keys',
    async () => {
      await expect(invoke('Api', [])).rejects.toThrow(/TOKEN_KEYS or TOKEN_KEYS_SECRET is needed/);
    },
    LONG,
  );
});

const communityCode = CommunityCode.parse('341302001003');

/** A request as the store writes it, `minutes` from now. */
const aRequest = (minutes: number) => {
  const now = systemClock.nowMs();
  const requestId = systemIds.request();
  const coordinator = MemberId.parse(systemIds.member());
  const [change] = planPublish(
    {
      stepId: requestId,
      fingerprint: 'a fingerprint',
      actorId: coordinator,
      channel: 'web',
      at: instantOf(now),
    },
    {
      requestId,
      serviceCode: 'B01',
      receiverId: systemIds.member(),
      receiver: { surname: '王', gender: 'female' },
      postedBy: coordinator,
      communityCode,
      plannedStartAt: instantOf(now + minutes * 60_000),
      plannedMinutes: 60,
      place: { address: '沱河路 1 号' },
      wishes: { languages: [] },
      policyVersion: '20260101.0',
    },
  ).changes;
  if (change?.change !== 'put_request') throw new Error('a new request is put');
  return { request: change.request, item: carePiece(connection.tables.care, testVault, change).item };
};

describe('the bundle of the projector', () => {
  it(
    'puts a changed request on the board of its week',
    async () => {
      const { request, item } = aRequest(60);
      const [answer] = await invoke('Projector', [
        {
          Records: [
            {
              eventID: '1',
              eventName: 'INSERT',
              eventVersion: '1.1',
              eventSource: 'aws:dynamodb',
              awsRegion: 'ap-southeast-1',
              dynamodb: {
                ApproximateCreationDateTime: 1_773_100_800,
                Keys: { pk: item.Put!.Item!['pk'], sk: item.Put!.Item!['sk'] },
                NewImage: item.Put!.Item,
                SequenceNumber: '111',
                SizeBytes: 1000,
                StreamViewType: 'NEW_AND_OLD_IMAGES',
              },
              eventSourceARN: 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/care/stream/1',
            },
          ],
        },
      ]);
      expect(answer).toEqual({ batchItemFailures: [] });
      // The filter of the stack lets requests through by this sort key.
      expect(item.Put!.Item!['sk']).toEqual({ S: 'REQUEST' });
      const week = isoWeekOf(request.plannedStartAt);
      expect(await dynamoWeekBook(connection, testVault).listOfCommunity(week, communityCode)).toEqual([
        expect.objectContaining({
          requestId: request.requestId,
          elderId: request.receiverId,
          state: 'published',
          version: 1,
        }),
      ]);
    },
    LONG,
  );

  it(
    'names the record that it cannot handle',
    async () => {
      const { item } = aRequest(60);
      const [answer] = await invoke('Projector', [
        {
          Records: [
            {
              dynamodb: {
                SequenceNumber: '7',
                NewImage: { ...item.Put!.Item, version: { S: 'not a number' } },
              },
            },
          ],
        },
      ]);
      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    },
    LONG,
  );
});

/** What stands for KMS and S3 here: signs with a key of its own, and keeps what is put, once. */
const aCloud = async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const kept = new Map<string, string>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      if (request.method === 'PUT') {
        const path = (request.url ?? '').split('?')[0] ?? '';
        response.statusCode = kept.has(path) && request.headers['if-none-match'] === '*' ? 412 : 200;
        if (response.statusCode === 200) kept.set(path, body);
        response.end();
        return;
      }
      const asked = JSON.parse(body) as { Message?: string; MessageType?: string; SigningAlgorithm?: string };
      if (asked.Message !== undefined) {
        expect(asked).toMatchObject({ MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' });
      }
      const answer =
        asked.Message === undefined
          ? { PublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }
          : { Signature: sign(null, Buffer.from(asked.Message, 'base64'), privateKey).toString('base64') };
      response.setHeader('Content-Type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { endpoint, kept, close: () => server.close() };
};

describe('the bundle of the sealer', () => {
  it(
    'seals what the stream tells of, signs with KMS, keeps the checkpoint in the bucket, and answers nothing failed',
    async () => {
      const ports = dynamoPorts(connection, testVault, systemClock, Math.random);
      const town = aTown(ports);
      const account = await town.open();
      const transferId = await town.bank(account, 60);
      const cloud = await aCloud();
      const event = {
        Records: ['H', `T#${transferId.slice(4)}`].map((sk, at) => ({
          eventName: 'MODIFY',
          dynamodb: {
            Keys: { pk: { S: `A#${account.slice(4)}` }, sk: { S: sk } },
            SequenceNumber: String(at),
          },
        })),
      };
      const answers = await invoke('Sealer', [event, event], {
        SEAL_ORIGIN: 'time-bank/test',
        SEAL_KEY_ID: 'arn:aws:kms:ap-southeast-1:000000000000:key/1',
        CHECKPOINTS_BUCKET: 'checkpoints',
        AWS_REGION: 'ap-southeast-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_KMS: cloud.endpoint,
        AWS_ENDPOINT_URL_S3: cloud.endpoint,
      });
      cloud.close();
      expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
      const { note, verifierKey } = await ports.sealBook.readLogNow();
      expect(verifyCheckpoint(note!, verifierKey!)).toMatchObject({ kind: 'done', value: { size: 1 } });
      expect([...cloud.kept.keys()]).toEqual(['/checkpoints/0000000000000001.txt']);
      expect([...cloud.kept.values()].join('')).toContain(note);
    },
    LONG,
  );
});

describe('the bundle of the notifier', () => {
  it(
    'starts without any way out, and tells nobody where nothing is to be told',
    async () => {
      const report = { told: 0, notNeeded: 0, putBack: 0, failed: 0, stuck: 0 };
      expect(await invoke('Notifier', [{}])).toEqual([report]);
    },
    LONG,
  );
});

describe('the bundle of the planner', () => {
  it(
    'has nothing to close where nothing is overdue, and closes what is',
    async () => {
      const nothing = {
        told: 0,
        closed: 0,
        warned: 0,
        kept: 0,
        alarms: 0,
        waves: 0,
        plans: 0,
        series: 0,
        collected: 0,
        rounds: 0,
        lapsed: 0,
        settled: 0,
        counted: 0,
        looked: 0,
        placed: 0,
      };
      expect(await invoke('Planner', [{}, { job: 'emergencies' }])).toEqual([nothing, { told: 0 }]);
      await dynamoRegions(connection, systemClock).put([
        { code: '341302', name: '埇桥区' },
        { code: '341302001003', name: '东仙桥社区居委会' },
      ]);
      const { request, item } = aRequest(-30);
      await connection.client.send(new TransactWriteItemsCommand({ TransactItems: [item] }));
      // In the small hours of China the visits of the one county are looked at together.
      const looked = expect.toBeOneOf([0, 1]) as unknown;
      expect(await invoke('Planner', [{}])).toEqual([{ ...nothing, closed: 1, counted: 1, looked }]);
      const facts = await dynamoCareBook(connection, testVault).readRequestNow(request.requestId);
      expect(facts?.request.state).toBe('unfilled');
    },
    LONG,
  );

  it(
    'makes the plan of a week that the stream tells of, and passes over what asks for none',
    async () => {
      const { caseBook } = dynamoPorts(connection, testVault, systemClock, Math.random);
      const at = instantOf(systemClock.nowMs());
      const [caseId, commandId] = [systemIds.command(), systemIds.command()];
      const openedBy = MemberId.parse(systemIds.member());
      await caseBook.put({
        kind: 'week_plan',
        caseId,
        version: 1,
        region: communityCode,
        openedBy,
        openedAt: at,
        dueAt: at,
        fingerprint: 'a fingerprint',
        communityCode,
        week: isoWeekOf(at),
        state: 'queued',
        askedBy: { commandId, actorId: openedBy, at },
        done: [],
        progress: { done: 0, all: 0 },
        pairs: [],
        uncovered: [],
        locked: [],
        forbidden: [],
      });
      const Key = values({ ...caseKey('week_plan', caseId) });
      const { care: TableName } = connection.tables;
      const { Item } = await connection.client.send(new GetItemCommand({ TableName, Key }));
      // The filter of the stack lets orders through by these.
      expect(Item).toMatchObject({ sk: { S: 'CASE' }, kind: { S: 'week_plan' }, state: { S: 'queued' } });
      const record = (SequenceNumber: string, NewImage: unknown) => ({
        eventName: 'INSERT',
        dynamodb: { SequenceNumber, NewImage },
      });
      const Records = [record('1', aRequest(60).item.Put!.Item), record('2', Item)];
      expect(await invoke('Planner', [{ Records }])).toEqual([{ batchItemFailures: [] }]);
      expect((await caseBook.readNow('week_plan', caseId))?.state).toBe('ready');
    },
    LONG,
  );
});
