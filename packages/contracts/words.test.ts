import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { nameCharacters, wholeCharacters } from './words.ts';

const text = z.string().check(wholeCharacters);
const name = z.string().check(nameCharacters);
const takes = (schema: typeof text, value: string) => z.safeParse(schema, value).success;

/** What a reader does not see, by what it is called. */
const unseen: [string, string][] = [
  ['an end of everything', '\u0000'],
  ['a bell', '\u0007'],
  ['a step back', '\b'],
  ['a tabulator', '\t'],
  ['a return', '\r'],
  ['an escape that paints a terminal', '\u001b[31m'],
  ['a deletion', '\u007f'],
  ['a next line of old machines', '\u0085'],
  ['a control sequence in one letter', '\u009b31m'],
  ['a soft hyphen', '\u00ad'],
  ['a mark of Arabic letters', '\u061c'],
  ['a space of no width', '\u200b'],
  ['a mark to the left', '\u200e'],
  ['a mark to the right', '\u200f'],
  ['a separator of lines', '\u2028'],
  ['a separator of paragraphs', '\u2029'],
  ['an embedding', '\u202a'],
  ['an override to the left', '\u202e'],
  ['a joiner of words', '\u2060'],
  ['an isolate', '\u2066'],
  ['the end of an isolate', '\u2069'],
  ['a mark of the order of bytes', '\ufeff'],
  ['an annotation', '\ufff9'],
  ['a hidden tag', '\u{e0041}'],
  ['half a character', '\ud83d'],
];

describe('text that people write', () => {
  it.each([
    ['simplified Chinese', '三楼，敲门请重一点。'],
    ['traditional Chinese', '三樓，敲門請重一點。'],
    ['rare characters of names', '𠮷野家的㐂、䶮'],
    ['a chosen form of a character', '葛\u{e0100}城'],
    ['full-width signs', '（１３８）５号楼＃３０２'],
    ['Tibetan, Uyghur, Mongolian, Zhuang', 'བཀྲ་ཤིས ئەلىم ᠮᠣᠩᠭᠣᠯ Vangzcuengh'],
    ['accents', 'Ünal, Nguyễn, Zoë'],
    ['emoji and the joiners that they are made with', '👵🏻 谢谢 👨‍👩‍👧 ❤️'],
    ['line breaks', '一、敲门\n二、等一等'],
    ['what looks like code', `"},{"role":"admin"} <b> ' OR 1=1 -- \${x} %0a \\n`],
  ])('may have %s', (_, value) => {
    expect(takes(text, value)).toBe(true);
  });

  it.each(unseen)('has no %s', (_, value) => {
    expect(takes(text, `王${value}秀英`)).toBe(false);
    expect(takes(text, value)).toBe(false);
  });
});

describe('a name', () => {
  it.each(['王秀英', '买买提·吐尔逊', '𠮷川', '欧阳 修', "O'Brien-Łuczak", '和平里（北）老年协会', 'ئەلىم'])(
    'may be %s',
    (value) => {
      expect(takes(name, value)).toBe(true);
    },
  );

  it.each([
    ...unseen,
    ['a line break', '\n'],
    ['a joiner', '\u200d'],
    ['a filler of Hangul', '\u3164'],
    ['a half-width filler of Hangul', '\uffa0'],
    ['an empty braille cell', '\u2800'],
    ['a joiner of graphemes', '\u034f'],
  ])('has no %s', (_, value) => {
    expect(takes(name, `王${value}秀英`)).toBe(false);
  });
});
