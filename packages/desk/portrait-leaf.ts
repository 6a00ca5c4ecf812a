/** Where the portrait of a person stands in their file, and how it is taken out of it. */
import { FileId, type MemberId } from '@time-bank/contracts/ids';
import type { PortraitLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

type Files = Pick<Ports, 'personFiles'>;

const TRIES_MAX = 5;

/** The leaf of a person: there is one, under their own number. */
export const portraitFileOf = (memberId: MemberId): FileId => FileId.parse(`fil_${memberId.slice(4)}`);

/** The leaf as it is now; without a picture where it was taken out. */
export const portraitLeafOf = (ports: Files, memberId: MemberId): Promise<PortraitLeaf | undefined> =>
  ports.personFiles.readNow('portrait', memberId, portraitFileOf(memberId));

/** Takes the picture out, if there is one. False where others were faster too often. */
export const emptyPortrait = async (ports: Files, memberId: MemberId): Promise<boolean> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const leaf = await portraitLeafOf(ports, memberId);
    if (leaf?.jpeg === undefined) return true;
    const { jpeg: _, ...rest } = leaf;
    if (await ports.personFiles.move({ ...rest, version: leaf.version + 1 })) return true;
  }
  return false;
};
