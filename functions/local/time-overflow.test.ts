import { CommunityCode } from '@time-bank/contracts/region';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBankTransfers, readBankUsers } from './time-overflow.ts';

const HOME = { communityCode: CommunityCode.parse('341302001003') };
const bytes = (text: string) => new TextEncoder().encode(text);

const userHead =
  'N,Nombre,Email,Fecha de nacimiento,Teléfono,Teléfono alternativo,Dirección,Alta,Actualizado,Sexo,Descripción,Términos,Sesión,Última sesión,Idioma,Avisos';
const user = (change: Partial<Record<'n' | 'name' | 'born' | 'phone' | 'address' | 'gender', string>> = {}) =>
  [
    change.n ?? '7',
    change.name ?? '林试一',
    'lin@example.org',
    change.born ?? '1962-05-01',
    change.phone ?? '+34600000001',
    '',
    change.address ?? 'Carrer de la Pau 1',
    '2019-03-01 10:00:00',
    '2026-01-01 10:00:00',
    change.gender ?? 'female',
    '',
    '2019-03-01 10:00:00',
    '',
    '',
    'ca',
    'true',
  ].join(',');
const users = (...lines: string[]) => bytes([userHead, ...lines, ''].join('\r\n'));

const transferHead = 'Fecha,from,from ID,to,to ID,post,post ID,Motivo,quantity';
const transfer = (from: string, to: string, hours: string) =>
  `2026-01-05 10:00:00 UTC,某人 (${from}),${from},另一人 (${to}),${to},聊天,12,谢谢,${hours}`;
const transfers = (...lines: string[]) => bytes([transferHead, ...lines, ''].join('\r\n'));

const codesOf = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

describe('users of another bank', () => {
  it('are read by the place of their columns, whatever the language of the headings', () => {
    const { users: read, problems } = readBankUsers(
      users(user(), user({ n: '8', phone: '', address: '' })),
      HOME,
    );
    expect(problems).toEqual([]);
    expect(read[0]).toMatchObject({
      number: '7',
      person: {
        name: '林试一',
        birthDate: '1962-05-01',
        gender: 'female',
        phone: '+34600000001',
        roles: [{ role: 'resident', region: HOME.communityCode, from: '2019-03-01' }],
      },
    });
    expect(read[1]?.person).not.toHaveProperty('phone');
    expect(read[1]?.person.address).toBe('（未登记）');
  });

  it.each([
    ['no day of birth', { born: '' }, 'bad_birth_date'],
    ['a gender that is not on a card', { gender: 'prefer_not_to_answer' }, 'unknown_gender'],
    ['a national number without its country', { phone: '600000001' }, 'bad_phone'],
    ['a number that is none', { n: 'x' }, 'bad_characters'],
    ['a formula for a name', { name: '=HYPERLINK(1)' }, 'formula'],
    ['a name that is too long', { name: '长'.repeat(41) }, 'text_too_long'],
  ] as const)('%s is told with its line, and nothing is taken', (_what, change, code) => {
    const { users: read, problems } = readBankUsers(users(user({ n: '1' }), user(change)), HOME);
    expect(read).toEqual([]);
    expect(codesOf(problems)).toContain(code);
    expect(problems.every(({ line }) => line === 3)).toBe(true);
    expect(JSON.stringify(problems)).not.toContain('600000001');
  });

  it('with national numbers are taken where their country is said', () => {
    const { users: read } = readBankUsers(users(user({ phone: '600 000 001' })), {
      ...HOME,
      countryCode: '+34',
    });
    expect(read[0]?.person.phone).toBe('+34600000001');
  });

  it('that come twice, and a file of another kind, are refused', () => {
    expect(codesOf(readBankUsers(users(user(), user()), HOME).problems)).toEqual(['duplicate_number']);
    expect(codesOf(readBankUsers(bytes('a,b\r\n1,2\r\n'), HOME).problems)).toEqual(['missing_column']);
  });
});

describe('transfers of another bank', () => {
  const numbers = new Set(['1', '2', '3']);

  it('add up to what each has, those who left and the bank itself among them', () => {
    const read = readBankTransfers(
      transfers(
        transfer('1', '2', '1.5'),
        transfer('2', '3', '0.33'),
        transfer('0', '1', '2'),
        transfer('deleted_user', '3', '1'),
        transfer('3', 'inactive_user', '0.25'),
      ),
      numbers,
    );
    expect(read.problems).toEqual([]);
    expect(Object.fromEntries(read.net)).toEqual({ '1': 30, '2': 70, '3': 65 });
    expect([read.bankMinutes, read.leftMinutes, read.transfers]).toEqual([-120, -45, 5]);
  });

  it.each([
    ['somebody who is in no list', transfer('1', '9', '1'), 'unknown_number'],
    ['an amount below zero', transfer('1', '2', '-1'), 'bad_amount'],
    ['a time instead of hours', transfer('1', '2', '1:30'), 'bad_amount'],
    ['no amount', transfer('1', '2', ''), 'bad_amount'],
  ])('%s is told with its line', (_what, line, code) => {
    const { problems } = readBankTransfers(transfers(transfer('1', '2', '1'), line), numbers);
    expect(problems).toMatchObject([{ line: 3, code }]);
  });

  it('never make or lose a minute, whatever moved', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('0', '1', '2', '3', 'deleted_user'),
            fc.constantFrom('0', '1', '2', '3', 'inactive_user'),
            fc.integer({ min: 0, max: 999 }),
          ),
          { maxLength: 30 },
        ),
        (moves) => {
          const lines = moves.map(([from, to, hundredths]) => transfer(from, to, String(hundredths / 100)));
          const read = readBankTransfers(transfers(...lines), numbers);
          const sum = [...read.net.values()].reduce((total, one) => total + one, 0);
          expect(sum + read.leftMinutes + read.bankMinutes).toBe(0);
        },
      ),
      { seed: 20261122 },
    );
  });
});
