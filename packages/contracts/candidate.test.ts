import { expect, it } from 'vitest';
import { Candidate, Reason } from './candidate.ts';

const candidate = {
  volunteerId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRS',
  name: '李试',
  gender: 'male',
  age: 64,
  score: 1000,
  reasons: [{ reason: { code: 'first_time' }, words: { 'zh-Hans': '甲', 'zh-Hant': '甲', en: 'a' } }],
};

it('a candidate scores from 0 to 1,000 whole points', () => {
  const taken = (score: number) => Candidate.safeParse({ ...candidate, score }).success;
  expect([0, 1000].map(taken)).toEqual([true, true]);
  expect([-1, 1001, 0.5].map(taken)).toEqual([false, false, false]);
});

it.each([
  { why: 'an unknown ground', reason: { code: 'handsome' } },
  { why: 'a distance without kilometres', reason: { code: 'distance' } },
  { why: 'a figure where there is none', reason: { code: 'first_time', times: 1 } },
  { why: 'half a visit', reason: { code: 'visited_before', times: 0.5 } },
  { why: 'an unknown language', reason: { code: 'speaks', language: 'tlh' } },
])('$why is no reason', ({ reason }) => {
  expect(Reason.safeParse(reason).success).toBe(false);
});
