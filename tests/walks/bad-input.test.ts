import { ErrorAnswer } from '@time-bank/contracts/refusals';
import { type Route, routes } from '@time-bank/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Answer, type Town, startTown } from '../town.ts';
import { type Message, aMessageForEach } from './messages.ts';
import { booksIn, everythingIn, keptRefusalsIn } from './steps.ts';
import { watchWrites } from './writes.ts';

let town: Town;
let messages: Message[];
let written: readonly string[];
beforeAll(async () => {
  town = await startTown();
  messages = await aMessageForEach(town);
  written = watchWrites(town);
});
afterAll(async () => {
  await town.stop();
});

const messageOf = (operationId: string): Message & { body: Record<string, unknown> } => {
  const message = messages.find(({ route }) => route.operationId === operationId);
  return { ...message!, body: message!.body ?? {} };
};

const send = (message: Message, body: unknown, headers?: Record<string, string>) =>
  town.ask(message.who, message.method, message.path, body, headers);

/** A refusal of the message itself: a known code, a sentence, and nothing else that is not in the contract. */
const expectRefused = (answer: Answer, what: string, codes = ['invalid_fields', 'malformed_json']) => {
  expect(answer.status, what).toBeGreaterThanOrEqual(400);
  expect(answer.status, what).toBeLessThan(500);
  const { error } = z.parse(ErrorAnswer, answer.body);
  expect(error.message, what).toMatch(/^[A-Z].+\.$/);
  expect(codes, `${what}: ${error.code}`).toContain(error.code);
};

type Cases = Iterable<[what: string, answer: () => Promise<Answer>, codes?: string[]]>;

/** Sends one after the other: each is refused, and nothing is written, in no table. */
const nothingComesOf = async (cases: Cases) => {
  const before = written.length;
  for (const [what, answer, codes] of cases) {
    expectRefused(await answer(), what, codes);
    expect(written.slice(before), what).toEqual([]);
  }
};

/** Sends one after the other; afterwards the tables are as they were, but for `kept` refusals that are remembered. */
const onlyRefusalsComeOf = async (cases: Cases, kept: number) => {
  const before = await everythingIn(town);
  const [books, refusals] = [await booksIn(town), await keptRefusalsIn(town)];
  for (const [what, answer, codes] of cases) expectRefused(await answer(), what, codes);
  if (kept === 0) expect(await everythingIn(town)).toEqual(before);
  expect(await booksIn(town)).toEqual(books);
  expect(await keptRefusalsIn(town)).toBe(refusals + kept);
};

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const brokenBodies = [
  '',
  ' ',
  '[]',
  '[{}]',
  'null',
  '"text"',
  '0',
  'true',
  '{}',
  '{',
  '{"a":}',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":undefined}',
  '\u0000',
  'requestId=1&reason=x',
  '<xml/>',
  deep(30_000),
  '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
];

/** Values that hardly any field takes; those that one does take are left out for it. */
const oddValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  'x',
  '60',
  'NaN',
  '长'.repeat(10_000),
  '\u0000',
  "' OR 1=1 --",
  '${jndi:ldap://x}',
  [],
  ['x'],
  {},
  { __proto__: null, toString: 'x' },
  { $gt: '' },
  JSON.parse(deep(500)),
];

const hasFields = ({ body }: Route): boolean =>
  body !== undefined && Object.keys((body as z.core.$ZodObject)._zod.def.shape).length > 0;

const withBody = routes.filter(hasFields).map(({ operationId }) => operationId);
/** Commands whose address says it all: their message has no field. */
const withoutFields = routes
  .filter((route) => route.body !== undefined && !hasFields(route))
  .map(({ operationId }) => operationId);

it.each(withoutFields)('%s takes a message without fields, and nothing else', async (operationId) => {
  const message = messageOf(operationId);
  await nothingComesOf(
    ['[]', '[{}]', 'null', '"text"', '0', '{', '{"a":}', '{"extra":1}', '{"__proto__":{"roles":[]}}'].map(
      (body) => [body, () => send(message, body)],
    ),
  );
});

describe.each(withBody)('%s', (operationId) => {
  const fieldsOf = (message: Message): [string, z.core.$ZodType][] =>
    Object.entries((message.route.body as z.core.$ZodObject)._zod.def.shape);

  it('refuses a body that is no message', async () => {
    const message = messageOf(operationId);
    await nothingComesOf(brokenBodies.map((body) => [body.slice(0, 40), () => send(message, body)]));
  });

  it('refuses a message that is not sent as JSON', async () => {
    const message = messageOf(operationId);
    await nothingComesOf(
      [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        '',
      ].map((type) => [type, () => send(message, message.body, { 'Content-Type': type })]),
    );
  });

  it('refuses unknown fields, also those that every object has', async () => {
    const message = messageOf(operationId);
    const inner = JSON.stringify(message.body).slice(1);
    await nothingComesOf(
      [
        '"extra":1',
        '"":1',
        '"__proto__":{"roles":["coordinator"]}',
        '"__proto__":null',
        '"constructor":{"prototype":{"x":1}}',
        '"toString":"x"',
        '"hasOwnProperty":1',
        `"${'k'.repeat(5000)}":1`,
      ].map((field) => [field.slice(0, 60), () => send(message, `{${field},${inner}`)]),
    );
    expect(({} as Record<string, unknown>)['roles']).toBeUndefined();
  });

  it('refuses a message without a field that is needed', async () => {
    const message = messageOf(operationId);
    const needed = fieldsOf(message).filter(([, schema]) => schema._zod.optin !== 'optional');
    expect(needed.length).toBeGreaterThan(0);
    await nothingComesOf(
      needed.map(([name]) => {
        const { [name]: _, ...rest } = message.body;
        return [name, () => send(message, rest)];
      }),
    );
  });

  it('refuses what a field does not take', async () => {
    const message = messageOf(operationId);
    const cases = fieldsOf(message).flatMap(([name, schema]) =>
      oddValues
        .filter((value) => !z.safeParse(schema, value).success)
        .map((value): [string, () => Promise<Answer>] => [
          `${name}: ${JSON.stringify(value).slice(0, 40)}`,
          () => send(message, { ...message.body, [name]: value }),
        ]),
    );
    // At most a short text is good for a note or a reason.
    expect(cases.length).toBeGreaterThan(fieldsOf(message).length * (oddValues.length - 9));
    await nothingComesOf(cases);
  });

  it('refuses half a character in any text', async () => {
    const message = messageOf(operationId);
    const broken = fieldsOf(message).filter(([name]) => typeof message.body[name] === 'string');
    await nothingComesOf(
      broken.map(([name]) => [name, () => send(message, { ...message.body, [name]: '敲门\ud83d请' })]),
    );
  });

  it('takes 64 KiB and not a byte more', async () => {
    const message = messageOf(operationId);
    const padded = (bytes: number) => {
      const text = JSON.stringify({ ...message.body, extra: 1 });
      return text + ' '.repeat(bytes - new TextEncoder().encode(text).length);
    };
    await nothingComesOf([
      ['64 KiB', () => send(message, padded(64 * 1024)), ['invalid_fields']],
      ['one byte more', () => send(message, padded(64 * 1024 + 1)), ['body_too_large']],
    ]);
  });
});

describe('times and minutes', () => {
  it.each([
    ['postRequest', 0],
    // Of what is paid with hours, a refusal is kept on the account.
    ['redeemHours', 4],
  ] as const)('%s takes only instants of the near future in UTC', async (operationId, kept) => {
    const message = messageOf(operationId);
    const at = (
      plannedStartAt: unknown,
      codes = ['invalid_fields'],
    ): [string, () => Promise<Answer>, string[]] => [
      JSON.stringify(plannedStartAt),
      () => send(message, { ...message.body, requestId: town.ids.request(), plannedStartAt }),
      codes,
    ];
    await onlyRefusalsComeOf(
      [
        at('2026-13-01T02:00:00.000Z'),
        at('2026-02-30T02:00:00.000Z'),
        at('2026-11-31T02:00:00.000Z'),
        at('2027-02-29T02:00:00.000Z'),
        at('2026-12-01T24:00:00.000Z'),
        at('2026-12-01T02:60:00.000Z'),
        at('2026-12-01T10:00:00+08:00'),
        at('2026-12-01T02:00:00'),
        at('2026-12-01'),
        at('2026-12-01 02:00:00Z'),
        at('2026-12-01T02:00:00.000000000Z'),
        at('明天上午'),
        at(1_796_090_400_000),
        at('1970-01-01T00:00:00.000Z', ['starts_in_past']),
        at('0001-01-01T00:00:00.000Z', ['starts_in_past']),
        at('2026-11-20T02:00:00.000Z', ['starts_in_past']),
        at('9999-12-31T23:59:59.999Z', ['starts_too_late']),
      ],
      kept,
    );
  });

  it.each(['postRequest', 'redeemHours'])('%s takes 15 to 480 whole minutes', async (operationId) => {
    const message = messageOf(operationId);
    const body = { ...message.body, requestId: town.ids.request() };
    await nothingComesOf(
      [
        '0',
        '-1',
        '1.5',
        '14',
        '481',
        '1e9',
        '1e400',
        '-1e400',
        '60.5',
        '"60"',
        '"NaN"',
        '[60]',
        'null',
        'true',
      ].map((minutes) => [
        minutes,
        () =>
          send(message, JSON.stringify(body).replace('"plannedMinutes":60', `"plannedMinutes":${minutes}`)),
      ]),
    );
  });
});

describe('what stands deeper in a request', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no list of languages', { wishes: {} }],
    ['an unknown language', { wishes: { languages: ['xx'] } }],
    ['too many languages', { wishes: { languages: ['cmn', 'cmn', 'cmn', 'cmn', 'cmn'] } }],
    ['an unknown gender', { wishes: { languages: [], gender: 'any' } }],
    ['an unknown wish', { wishes: { languages: [], price: 5 } }],
    ['a wish that every object has', { wishes: JSON.parse('{"languages":[],"__proto__":{}}') }],
    ['no address', { place: {} }],
    ['an empty address', { place: { address: '   ' } }],
    ['a long address', { place: { address: '长'.repeat(121) } }],
    ['half a character in the address', { place: { address: '\udc00里' } }],
    ['a point off the map', { place: { address: '家', point: { latitude: 91, longitude: 0 } } }],
    ['half a point', { place: { address: '家', point: { latitude: 33 } } }],
    ['a long note', { note: '长'.repeat(201) }],
    ['an unknown service', { serviceCode: 'Z99' }],
    ['the id of something else', { requestId: 'vis_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['an id in small letters', { requestId: 'req_01arz3ndektsv4rrffq69g5fav' }],
    ['an id beyond all time', { requestId: 'req_81ARZ3NDEKTSV4RRFFQ69G5FAV' }],
  ])('%s is refused', async (what, change) => {
    for (const operationId of ['postRequest', 'redeemHours']) {
      const message = messageOf(operationId);
      await nothingComesOf([[what, () => send(message, { ...message.body, ...change }), ['invalid_fields']]]);
    }
  });
});

describe('queries', () => {
  const queried = routes.filter(({ query }) => query !== undefined).map(({ operationId }) => operationId);

  it.each(queried)('%s refuses what it does not know', async (operationId) => {
    const message = messageOf(operationId);
    const [path = '', query = ''] = message.path.split('?');
    const sent = message.method === 'GET' ? undefined : message.body;
    const ask = (text: string) => town.ask(message.who, message.method, `${path}?${text}`, sent);
    const fields = Object.keys(message.route.query?._zod.def.shape ?? {});
    const odd = ['', 'x', '%00', '%F0%9F', '..%2F..', '__proto__', 'x'.repeat(3000), '%5B%5D', '-1'];
    await nothingComesOf([
      ['unknown', () => ask(`${query}&extra=1`)],
      ['constructor', () => ask(`${query}&constructor=1`)],
      ...fields.flatMap((name) => {
        const rest = query.split('&').filter((part) => !part.startsWith(`${name}=`));
        return [
          ...odd.map((value): [string, () => Promise<Answer>, string[]] => [
            `${name}=${value.slice(0, 20)}`,
            () => ask([...rest, `${name}=${value}`].join('&')),
            ['invalid_fields', 'unknown_region'],
          ]),
          [`${name} twice`, () => ask([...rest, `${name}=x`, `${name}=y`].join('&'))] as [
            string,
            () => Promise<Answer>,
          ],
        ];
      }),
    ]);
  });

  it('region codes that do not exist are no regions', async () => {
    for (const operationId of ['readCoverage', 'listElders']) {
      const message = messageOf(operationId);
      const path = message.path.split('?')[0] ?? '';
      await nothingComesOf(
        ['000000000000', '341302001999', '999999999999'].map((code) => [
          code,
          () => town.ask(message.who, 'GET', `${path}?community=${code}`),
          ['unknown_region'],
        ]),
      );
    }
  });
});

it('a refused message names the fields, and not too many of them', async () => {
  const message = messageOf('postRequest');
  const answer = await send(message, {
    ...message.body,
    plannedMinutes: 0,
    wishes: { languages: ['xx'] },
    more: 1,
  });
  const { error } = z.parse(ErrorAnswer, answer.body);
  expect(error.details?.map(({ property }) => property)).toEqual(
    expect.arrayContaining(['plannedMinutes', 'wishes.languages.0', 'more']),
  );
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`f${n}`, n]));
  expect((await send(message, many)).body.error.details).toHaveLength(20);
});

it('after all of this every message as it was meant is still carried out', async () => {
  for (const message of messages) {
    const { who, method, path, body, headers } = message;
    const answer = await town.ask(who, method, path, body, headers?.());
    expect(answer.status, message.route.operationId).toBe(message.route.status);
  }
});
