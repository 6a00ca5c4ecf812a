import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readRegionsFile, writeRegionsFile } from './regions-file.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const regions = [
  { code: '34', name: '安徽省' },
  { code: '3413', name: '宿州市' },
  { code: '341302', name: '埇桥区' },
  { code: '341302001', name: '埇桥街道' },
  { code: '341302001003', name: '东仙桥社区居委会' },
];

describe('the regions file', () => {
  it('gives the same regions back, in either encoding and in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(regions, { minLength: 5 }), (shuffled) => {
        const text = writeRegionsFile(shuffled);
        for (const bytes of [utf8(text), new Uint8Array(iconv.encode(text, 'gb18030'))]) {
          expect(readRegionsFile(bytes)).toEqual({ regions: shuffled, problems: [] });
        }
      }),
    );
  });

  it('may begin below the province, with English headings', () => {
    expect(readRegionsFile(utf8('name,code\n埇桥区,341302\n埇桥街道,341302001\n'))).toEqual({
      regions: regions.slice(2, 4),
      problems: [],
    });
  });

  it.each<[string, string, [number, string, string][]]>([
    ['a code twice', '34,安徽省\n34,安徽', [[3, '代码', 'duplicate_region']]],
    ['no parent', '34,安徽省\n341302,埇桥区', [[3, '代码', 'missing_parent']]],
    ['two tops', '341302001,埇桥街道\n341302002,沱河街道', [[3, '代码', 'missing_parent']]],
    ['a code of five digits', '34130,埇桥区', [[2, '代码', 'bad_region_code']]],
    ['a rounded code', '3.41302E+11,东仙桥', [[2, '代码', 'scientific_notation']]],
    ['no name', '34,', [[2, '名称', 'missing_value']]],
    ['no code', ',安徽省', [[2, '代码', 'missing_value']]],
    ['a name too long', `34,${'省'.repeat(61)}`, [[2, '名称', 'text_too_long']]],
    ['a formula', '34,=A1', [[2, '名称', 'formula']]],
  ])('is refused with %s', (_, lines, expected) => {
    const { problems } = readRegionsFile(utf8(`代码,名称\n${lines}\n`));
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual(expected);
  });

  it('is refused without its columns', () => {
    expect(readRegionsFile(utf8('代码\n34\n')).problems).toMatchObject([
      { line: 1, column: '名称', code: 'missing_column' },
    ]);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(readRegionsFile(bytes).problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
