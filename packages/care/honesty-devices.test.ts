import { CommunityCode } from '@time-bank/contracts/region';
import { type MemberId, RequestId, idMaker } from '@time-bank/contracts/ids';
import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import { type SeenVisit, confirmedOnDevice, lookAt, sameDevice } from './honesty.ts';

const ids = idMaker(() => Date.parse('2026-11-21T02:00:00Z'));
const [ann, ben, cai] = [ids.member(), ids.member(), ids.member()].sort() as [MemberId, MemberId, MemberId];
const elder = ids.member();
const START = '2026-11-02T01:00:00.000Z';

const visit = (volunteerId: MemberId, day: number, also: Partial<SeenVisit> = {}): SeenVisit => ({
  requestId: RequestId.parse(ids.request()),
  communityCode: CommunityCode.parse('341302001003'),
  volunteerId,
  receiverId: elder,
  postedBy: ids.member(),
  from: plusMinutes(START, day * 24 * 60),
  until: plusMinutes(START, day * 24 * 60 + 55),
  servedMinutes: 55,
  creditedMinutes: 30,
  ...also,
});

describe('check-ins from one device', () => {
  it('of two or more people are asked about, once for each device, with everybody who used it', () => {
    const shared = [ben, ann, ben, cai].map((who, day) => visit(who, day, { device: 'one' }));
    const own = [visit(ann, 5, { device: 'two' }), visit(ann, 6, { device: 'three' })];
    expect(sameDevice([...shared, ...own])).toMatchObject([
      { kind: 'same_device', subjects: [ann, ben, cai], figures: { people: 3, visits: 4 } },
    ]);
  });

  it('of one person are none, and of whoever shows none nothing is said', () => {
    expect(sameDevice([visit(ann, 0, { device: 'one' }), visit(ann, 1, { device: 'one' })])).toEqual([]);
    expect(sameDevice([visit(ann, 0), visit(ben, 1)])).toEqual([]);
  });
});

describe('a word of the elder from the device of whoever was there', () => {
  const here = { device: 'one', confirmedOn: 'one', confirmedBy: elder };

  it('is asked about, once for each volunteer', () => {
    const visits = [visit(ann, 0, here), visit(ann, 1, here), visit(ben, 2, { ...here, confirmedOn: 'two' })];
    expect(confirmedOnDevice(visits)).toMatchObject([
      { kind: 'confirmed_on_device', subjects: [ann], figures: { visits: 2 } },
    ]);
  });

  it('is none from another device, and none where nothing is known of either', () => {
    expect(confirmedOnDevice([visit(ann, 0, { ...here, confirmedOn: 'two' })])).toEqual([]);
    expect(confirmedOnDevice([visit(ann, 0, { confirmedBy: elder })])).toEqual([]);
  });

  it('is not said twice of whoever confirmed their own visit', () => {
    const own = [visit(ann, 0, { ...here, confirmedBy: ann })];
    expect(lookAt({ dailyCreditMinutesMax: 480 }, own, () => 0).map(({ kind }) => kind)).toEqual([
      'own_dealings',
    ]);
  });
});
