import { ErrorAnswer, type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { onError, present } from './answers.ts';

const Body = z.strictObject({ minutes: z.int() });

const answerTo = async (outcome: Outcome<z.infer<typeof Body>>) => {
  const app = new Hono()
    .onError(onError({ log: () => undefined, newErrorId: () => 'err_1' }))
    .post('/', (c) => present(c, Body, outcome, 201));
  const answer = await app.request('/', { method: 'POST' });
  const body: unknown = await answer.json();
  return { status: answer.status, hit: answer.headers.get('Idempotency-Hit'), body };
};

describe('an outcome on its way out', () => {
  it('is answered with its body, and says that it is a replay where it is one', async () => {
    expect(await answerTo(done({ minutes: 60 }))).toEqual({ status: 201, hit: null, body: { minutes: 60 } });
    expect(await answerTo(replayed({ minutes: 60 }))).toEqual({
      status: 201,
      hit: 'true',
      body: { minutes: 60 },
    });
  });

  it('is refused the second time as it was the first, and says that it is a replay', async () => {
    const refusal = refused('insufficient_hours', { availableMinutes: 30, neededMinutes: 60 });
    const first = await answerTo(refusal);
    expect(first).toMatchObject({ status: 409, hit: null });
    expect(ErrorAnswer.parse(first.body).error.neededMinutes).toBe(60);
    expect(await answerTo({ ...refusal, isReplay: true })).toEqual({ ...first, hit: 'true' });
  });

  it('says when to try again where the service was not there, and calls no first try a replay', async () => {
    const away = await answerTo(refused('busy_try_again'));
    expect(away).toMatchObject({ status: 503, hit: null });
  });
});
