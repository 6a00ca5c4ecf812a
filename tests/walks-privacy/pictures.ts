/** Pictures as files, part by part: small ones, large ones, and such that tell where they were taken. */

const part = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  Math.floor((content.length + 2) / 256),
  (content.length + 2) % 256,
  ...content,
];

/** A JPEG in base64: `sidePx` wide and high; `beside`, words in it beside the picture; `grain` tells two apart. */
export const aPicture = ({ sidePx = 240, beside = '', grain = 1 } = {}): string => {
  const side = [Math.floor(sidePx / 256), sidePx % 256];
  const bytes = [
    ...[0xff, 0xd8],
    ...part(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...(beside === '' ? [] : part(0xe1, [...new TextEncoder().encode(beside)])),
    ...part(
      0xdb,
      Array.from({ length: 65 }, () => grain),
    ),
    ...part(0xc0, [8, ...side, ...side, 1, 1, 17, 0]),
    ...part(0xc4, [0, 1, 2, 3]),
    ...part(0xda, [1, 1, 0, 0, 63, 0]),
    ...[1, 2, 0xff, 0, 3, 0xff, 0xd9],
  ];
  return Buffer.from(bytes).toString('base64');
};
