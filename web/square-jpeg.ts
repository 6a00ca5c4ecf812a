import { plainJpeg } from '@time-bank/contracts/jpeg';
import { PORTRAIT_BYTES_MAX, PORTRAIT_SIDE_PX } from '@time-bank/contracts/portrait-size';
import { base64Of } from './base64.ts';

/** How closely the picture is kept: the first that is light enough. */
const QUALITIES = [0.85, 0.7, 0.5, 0.3];

/** The middle of a picture, on a small square. */
const squareOf = (picture: ImageBitmap): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = PORTRAIT_SIDE_PX;
  canvas.height = PORTRAIT_SIDE_PX;
  const pen = canvas.getContext('2d');
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  pen?.drawImage(picture, left, top, side, side, 0, 0, PORTRAIT_SIDE_PX, PORTRAIT_SIDE_PX);
  return canvas;
};

const jpegOf = async (canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array | undefined> => {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
  return blob === null ? undefined : plainJpeg(new Uint8Array(await blob.arrayBuffer()));
};

/**
 * A picture as a small square JPEG in base64, drawn anew on this device: where and with what it was taken stays here.
 * Undefined where the file is none that this browser can show.
 */
export const squareJpeg = async (file: Blob): Promise<string | undefined> => {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  const canvas = squareOf(picture);
  picture.close();
  for (const quality of QUALITIES) {
    const bytes = await jpegOf(canvas, quality);
    if (bytes !== undefined && bytes.length <= PORTRAIT_BYTES_MAX) return base64Of(bytes);
  }
  return undefined;
};
