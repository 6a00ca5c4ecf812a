import { CommandId, MemberId, SYSTEM } from '@time-bank/contracts/ids';
import { EmergencyAct, EmergencyState, emergencyRungs } from '@time-bank/contracts/emergency';
import { instantOf } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import {
  type EmergencyCommand,
  type EmergencyFacts,
  againAt,
  emergencyLeadsTo,
  isLive,
  nextRungAt,
  planAgain,
  planMistake,
  planMove,
  planTold,
  rungAt,
  rungsToTell,
} from './emergency.ts';

const OPENED = '2026-11-21T02:00:00.000Z';
const times = { emergencyAnswerSeconds: 30, emergencyOnSiteMinutes: 30 };
const elderId = MemberId.parse('mem_01M7XX9X80S2EN2E32AE2TFSYW');

let commands = 0;
const command = (at: string = OPENED): EmergencyCommand => {
  commands += 1;
  const number = String(commands).padStart(4, '0');
  return {
    commandId: CommandId.parse(`cmd_01M7XX9X80S2EN2E32AE2T${number}`),
    fingerprint: number,
    actorId: SYSTEM,
    channel: 'web',
    at,
  };
};

const open = (also: Partial<EmergencyFacts> = {}): EmergencyFacts => ({
  elderId,
  source: 'own_button',
  state: 'open',
  openedAt: OPENED,
  calls: 1,
  isFlooded: false,
  told: 'desk',
  toldPeople: [],
  history: [{ ...command(), step: 'opened', state: 'open', rung: 'desk' }],
  ...also,
});

const after = (seconds: number): string => instantOf(Date.parse(OPENED) + seconds * 1000);

describe('every state with everything that can be done', () => {
  it.each(EmergencyState.options.flatMap((state) => EmergencyAct.options.map((act) => ({ state, act }))))(
    '$state and $act',
    ({ state, act }) => {
      const planned = planMove(open({ state }), command(), { act });
      if (state === 'closed')
        expect(planned).toMatchObject({ kind: 'refused', refusal: { code: 'case_closed' } });
      else if (emergencyLeadsTo[state].includes(act))
        expect(planned).toMatchObject({ kind: 'done', value: { state: act } });
      else expect(planned).toMatchObject({ kind: 'refused', refusal: { code: 'wrong_step' } });
    },
  );

  it('nothing is closed that nobody has looked at', () => {
    const before = EmergencyState.options.filter((state) => emergencyLeadsTo[state].includes('closed'));
    expect(before).toEqual(['reviewed']);
  });

  it('who is there cannot be a mistake any more', () => {
    expect(planMistake(open({ state: 'on_site' }), command())).toMatchObject({ kind: 'refused' });
    expect(planMistake(open(), command())).toMatchObject({ kind: 'done', value: { state: 'mistaken' } });
  });
});

describe('a ladder that is silent to its end', () => {
  const allTold = (repeats: number, also: Partial<EmergencyFacts> = {}): EmergencyFacts => {
    let facts = open(also);
    for (const rung of emergencyRungs.slice(1)) {
      facts = planTold(facts, command(after(90)), { rung, people: [elderId] });
    }
    for (let count = 0; count < repeats; count += 1) {
      facts = planTold(facts, command(after(90)), { rung: 'county', people: [] });
    }
    return facts;
  };

  it.each([
    [0, 30],
    [1, 60],
    [2, 120],
    [5, 960],
    [6, 1440],
    [40, 1440],
  ])('told again %i times already, the next word comes after %i minutes', (repeats, minutes) => {
    expect(againAt(allTold(repeats), times)).toBe(after(90 + minutes * 60));
  });

  it('is told again while nobody is there, and not before everybody was told once', () => {
    expect(againAt(open(), times)).toBeUndefined();
    const states = EmergencyState.options.filter(
      (state) => againAt(allTold(0, { state }), times) !== undefined,
    );
    expect(states).toEqual(['open', 'answered', 'dispatched']);
  });
});

describe('the ladder of a call that nobody answers', () => {
  it.each([
    [0, 'desk'],
    [29, 'desk'],
    [30, 'family'],
    [59, 'family'],
    [60, 'township'],
    [90, 'county'],
    [100_000, 'county'],
  ])('after %i seconds it stands with the %s', (seconds, rung) => {
    expect(rungAt(open(), times, after(seconds))).toBe(rung);
  });

  it('names everybody who is due and has not been told, in order, and each once', () => {
    let facts = open();
    expect(rungsToTell(facts, times, after(61))).toEqual(['family', 'township']);
    for (const rung of rungsToTell(facts, times, after(61)))
      facts = planTold(facts, command(after(61)), { rung, people: [elderId] });
    expect(rungsToTell(facts, times, after(61))).toEqual([]);
    expect(facts).toMatchObject({ told: 'township', toldPeople: [elderId] });
    expect(nextRungAt(facts, times, after(61))).toBe(after(90));
  });

  it('never goes down, whatever the clock says', () => {
    expect(rungAt(open({ told: 'county' }), times, after(1))).toBe('county');
    expect(nextRungAt(open({ told: 'county' }), times, after(1))).toBeUndefined();
  });
});

describe('the ladder of a call that was answered', () => {
  it('rests until somebody should be there, then family and township hear, and the county after as long again', () => {
    const answered = open({ state: 'dispatched' });
    expect(rungAt(answered, times, after(29 * 60))).toBe('desk');
    expect(nextRungAt(answered, times, after(60))).toBe(after(30 * 60));
    expect(rungAt(answered, times, after(30 * 60))).toBe('township');
    expect(rungAt(answered, times, after(60 * 60))).toBe('county');
  });

  it.each(EmergencyState.options.filter((state) => !['open', 'answered', 'dispatched'].includes(state)))(
    'is over once it is %s',
    (state) => {
      expect(rungsToTell(open({ state }), times, after(100_000))).toEqual([]);
    },
  );
});

it('a thousand further calls are counted, and the first twenty of all are listed', () => {
  let facts = open();
  for (let press = 0; press < 1000; press += 1) facts = planAgain(facts, command());
  expect(facts.calls).toBe(1001);
  expect(facts.history).toHaveLength(20);
});

it('somebody is needed until the elder is in good hands', () => {
  expect(EmergencyState.options.filter(isLive)).toEqual(['open', 'answered', 'dispatched', 'on_site']);
  expect(emergencyRungs).toHaveLength(4);
});
