/** What must be so of the whole table, whatever its rows say. */
import { CommunityCode } from '@time-bank/contracts/region';
import { MemberId } from '@time-bank/contracts/ids';
import { Role } from '@time-bank/contracts/role';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import { type Subject, grant, reachesOf } from './grant.ts';
import { type Action, type Rule, actions, rules } from './rules.ts';

const HOME = CommunityCode.parse('341302001003');
const idOf = (last: string): MemberId => MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQR${last}`);
const [ME, ELDER, VISITOR] = [idOf('A'), idOf('B'), idOf('C')];

const staff = Role.options.filter(
  (role) => !['resident', 'volunteer', 'family_proxy', 'guardian'].includes(role),
);
const those = (is: (rule: Rule) => boolean): Action[] => actions.filter((action) => is(rules[action]));
const isGranted = (actor: Actor, action: Action, subject: Subject): boolean =>
  grant(actor, action, subject).kind === 'done';
const somebody = (role: Role, region: string): Actor => ({ memberId: ME, roles: [{ role, region }] });
const elder: Subject = { communityCode: HOME, memberId: ELDER, receiverId: ELDER, concerns: [ELDER] };

describe('the administrator', () => {
  it('writes nothing into the ledger', () => {
    expect(those(({ moves, may }) => moves === true && 'administrator' in may)).toEqual([]);
  });

  it('sees nobody: no row that shows what is personal', () => {
    expect(those(({ personal, may }) => personal === true && 'administrator' in may)).toEqual([]);
  });
});

describe('an auditor', () => {
  const rows = those(({ may }) => 'auditor' in may);

  it('changes nothing', () => {
    expect(rows.filter((action) => rules[action].moves === true)).toEqual([]);
    expect(rows.filter((action) => !/^(read|list)_/.test(action))).toEqual([]);
  });

  it.each(rows)('looks masked: %s', (action) => {
    const leave = grant(somebody('auditor', '341302'), action, { ...elder, region: '341302' });
    expect(leave).toMatchObject({ kind: 'done', value: { isMasked: true } });
  });
});

describe('above the county', () => {
  const personal = those((rule) => rule.personal === true);

  it.each(personal)('nobody may %s unless the region says so', (action) => {
    for (const role of staff) {
      for (const region of ['34', '3413']) {
        for (const subject of [elder, { ...elder, open: true, receiverHasPhone: false }, { region: HOME }]) {
          expect(isGranted(somebody(role, region), action, subject), `${role} ${region}`).toBe(false);
          if (isGranted(somebody(role, '341302'), action, subject)) {
            const open = { ...subject, isOpenAboveCounty: true };
            expect(isGranted(somebody(role, region), action, open), `${role} ${region}`).toBe(true);
          }
        }
        expect(reachesOf(somebody(role, region), action)).toEqual([]);
      }
    }
  });

  it('numbers and rules are for everybody there', () => {
    for (const role of ['city', 'province'] as const) {
      expect(isGranted(somebody(role, '34'), 'read_region_numbers', { region: '341302' })).toBe(true);
      expect(isGranted(somebody(role, '34'), 'approve_policy', { region: '3413' })).toBe(true);
    }
  });
});

describe('whoever decides', () => {
  const decisions = those((rule) => rule.impartial === true);

  it('never does so in an affair of their own, whatever roles they hold', () => {
    const roles = fc.uniqueArray(fc.constantFrom(...Role.options), { minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...decisions), roles, fc.boolean(), (action, held, isAbout) => {
        const me: Actor = { memberId: ME, roles: held.map((role) => ({ role, region: '341302' })) };
        const mine: Subject = isAbout
          ? { communityCode: HOME, memberId: ME }
          : { communityCode: HOME, memberId: ELDER, concerns: [ELDER, ME] };
        expect(isGranted(me, action, mine)).toBe(false);
      }),
    );
  });

  it.each(those(({ moves, may }) => moves === true && !('member' in may)))(
    '%s writes into the books of others: it is on record, and not for whom it concerns',
    (action) => {
      // Of a whole region, of an organisation or of a purchase nobody is concerned in person until it is used.
      const ofNobody: readonly Action[] = [
        'open_organisation',
        'bank_group_hours',
        'donate_group_hours',
        'enter_purchase',
        'propose_grants',
      ];
      expect(rules[action].audited).toBe(true);
      expect(rules[action].impartial === true || ofNobody.includes(action)).toBe(true);
    },
  );
});

describe('a helper', () => {
  const rows = those(({ may }) => 'family_proxy' in may || 'guardian' in may);

  it.each(rows)('may %s only while bound, and a family helper within the scope', (action) => {
    const { scope, may } = rules[action];
    for (const kind of ['family_proxy', 'guardian'] as const) {
      if (may[kind] === undefined) continue;
      const helper = somebody(kind, HOME);
      const receiver = { communityCode: HOME, receiverId: ELDER, memberId: ELDER, volunteerId: VISITOR };
      const binding = {
        bindingId: 'fil_01KB2C3D4E5F6G7H8J9KMNPQRS' as never,
        helperId: ME,
        kind,
        scopes: [],
      };
      const bound = { ...binding, scopes: scope === undefined ? [] : [scope] };
      expect(isGranted(helper, action, receiver)).toBe(false);
      expect(isGranted(helper, action, { ...receiver, bindings: [{ ...bound, helperId: VISITOR }] })).toBe(
        false,
      );
      expect(isGranted(helper, action, { ...receiver, bindings: [bound] })).toBe(true);
      const without = isGranted(helper, action, { ...receiver, bindings: [binding] });
      expect(without).toBe(scope === undefined || kind === 'guardian');
    }
  });
});

describe('each row', () => {
  it.each(actions)('%s is for somebody, and hides what is not theirs', (action) => {
    const { may, otherwise, only } = rules[action];
    expect(Object.keys(may).length).toBeGreaterThan(0);
    expect(otherwise).toMatch(/^(not_allowed|unknown_\w+)$/);
    for (const holder of Object.keys(only ?? {})) expect(Object.keys(may)).toContain(holder);
  });

  it.each(those(({ personal, may }) => personal === true && 'auditor' in may))(
    'a masked look is personal and on record: %s',
    (action) => {
      expect(rules[action].audited === true).toBe(true);
    },
  );

  // A request that staff post tells itself who has posted it, to its receiver as well.
  it.each(those(({ personal }) => personal === true).filter((action) => action !== 'post_request'))(
    'whoever shows or changes what is personal of others is on record: %s',
    (action) => {
      expect(rules[action].audited === true).toBe(true);
    },
  );

  it.each(['list_linkages', 'read_linkage', 'list_family', 'apply_volunteer'] as const)(
    'what tells of people is personal, and whoever looks is on record: %s',
    (action) => {
      expect(rules[action]).toMatchObject({ personal: true, audited: true });
    },
  );

  it('everybody whom the plans name has something to do', () => {
    const holders = new Set(actions.flatMap((action) => Object.keys(rules[action].may)));
    // Residents do what everybody who has signed in may do.
    expect(Role.options.filter((role) => !holders.has(role))).toEqual(['resident']);
  });
});
