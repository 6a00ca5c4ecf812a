import { describe, expect, it } from 'vitest';
import { isPlain, plainJpeg, readJpeg } from './jpeg.ts';

const part = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  Math.floor((content.length + 2) / 256),
  (content.length + 2) % 256,
  ...content,
];
const jfif = part(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const tables = [
  ...part(
    0xdb,
    Array.from({ length: 65 }, () => 1),
  ),
  ...part(0xc4, [0, 1, 2, 3]),
];
const frame = (width: number, height: number) =>
  part(0xc0, [8, Math.floor(height / 256), height % 256, Math.floor(width / 256), width % 256, 1, 1, 17, 0]);
const scan = [...part(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4];
const place = part(0xe1, [...new TextEncoder().encode('Exif\0\0 33.646N 116.964E')]);

const file = (...parts: number[][]): Uint8Array => Uint8Array.from([0xff, 0xd8, ...parts.flat(), 0xff, 0xd9]);
const picture = file(jfif, tables, frame(240, 320), scan);

describe('a picture', () => {
  it('is read with its size, and has nothing in it but itself', () => {
    const jpeg = readJpeg(picture)!;
    expect([jpeg.widthPx, jpeg.heightPx, isPlain(jpeg)]).toEqual([240, 320, true]);
  });

  it('may come in several scans', () => {
    expect(isPlain(readJpeg(file(jfif, tables, frame(9, 9), scan, tables, scan))!)).toBe(true);
  });

  it.each([
    ['the place where it was taken', place],
    ['the colours of a screen', part(0xe2, [1, 2, 3])],
    ['words', part(0xfe, [0x68, 0x69])],
    [
      'a picture within it',
      part(
        0xe0,
        Array.from({ length: 300 }, () => 7),
      ),
    ],
  ])('with %s in it is not plain, and is the same one without', (_what, beside) => {
    const given = file(jfif, beside, tables, frame(240, 320), scan);
    expect(isPlain(readJpeg(given)!)).toBe(false);
    expect(plainJpeg(given)).toEqual(picture);
  });

  it.each([
    ['has something behind it', Uint8Array.from([...picture, 0])],
    ['is cut off', picture.slice(0, -2)],
    ['has no end but that of a part', picture.slice(0, 40)],
    ['has no frame', file(jfif, tables, scan)],
    ['has two frames', file(jfif, tables, frame(2, 2), frame(240, 240), scan)],
    ['has no scan', file(jfif, tables, frame(2, 2))],
    ['is empty', new Uint8Array()],
    ['is another kind of file', new TextEncoder().encode('<svg onload="alert(1)"/>')],
  ])('that %s is none', (_what, bytes) => {
    expect(readJpeg(bytes)).toBeUndefined();
    expect(plainJpeg(bytes)).toBeUndefined();
  });
});
