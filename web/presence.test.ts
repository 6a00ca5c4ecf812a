import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf, placeNow, readWays, roughly } from './presence.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

type Found = (position: { coords: { latitude: number; longitude: number } }) => void;

const phoneThat = (answers: (found: Found, refused: () => void) => void) => {
  vi.stubGlobal('navigator', { geolocation: { getCurrentPosition: answers } });
};

describe('where a visitor is', () => {
  it('leaves the phone to a hundredth of a degree, which is about a kilometre', async () => {
    phoneThat((found) => {
      found({ coords: { latitude: 33.646312, longitude: 116.964871 } });
    });
    expect(await placeNow()).toEqual({ latitude: 33.65, longitude: 116.96 });
    expect(roughly({ latitude: -0.004, longitude: 179.999 })).toEqual({ latitude: -0, longitude: 180 });
  });

  it('is not known where it is not told, and nobody is stopped', async () => {
    phoneThat((_found, refused) => {
      refused();
    });
    expect(await placeNow()).toBeUndefined();
    vi.stubGlobal('navigator', {});
    expect(await placeNow()).toBeUndefined();
  });
});

describe('what stands for a picture', () => {
  it('is the SHA-256 of its file, in hexadecimal', async () => {
    expect(await digestOf(new Blob(['abc']))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is nothing where the file cannot be read', async () => {
    const gone = new Blob(['abc']);
    vi.spyOn(gone, 'arrayBuffer').mockRejectedValue(new Error('gone'));
    vi.stubGlobal(
      'Response',
      class {
        arrayBuffer() {
          return Promise.reject(new Error('gone'));
        }
      },
    );
    expect(await digestOf(gone)).toBeUndefined();
  });
});

describe('what is taken on a visit beside a code', () => {
  const visit = { communityCode: '341302001001', serviceCode: 'C01' } as const;
  const answers = (proofs: string[], kinds: string[], isGiven: boolean): Record<string, unknown> => ({
    policies: { values: [{ name: 'proofKinds', value: kinds }] },
    services: { communityCode: visit.communityCode, items: [{ code: 'C01', proofs }] },
    consents: { items: [{ purpose: 'location', isGiven }] },
  });
  const taken = async (proofs: string[], kinds: string[], isGiven: boolean) => {
    const known = answers(proofs, kinds, isGiven);
    vi.stubGlobal('fetch', (path: string) =>
      Promise.resolve(Response.json(known[/(policies|services|consents)/.exec(path)?.[0] ?? ''])),
    );
    const ways = await readWays(visit);
    return ways.kind === 'done' ? Object.values(ways.value) : ways.kind;
  };
  const all = ['code', 'gps', 'photo'];

  it('is what both the service and the region take, and where one is only with one’s own consent', async () => {
    expect(await taken(all, all, true)).toEqual([true, true, true]);
    expect(await taken(all, all, false)).toEqual([true, true, false]);
    expect(await taken(['code'], all, true)).toEqual([false, false, true]);
    expect(await taken(all, ['code', 'photo'], true)).toEqual([false, true, true]);
  });

  it('is not known where nobody can be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
    expect(await readWays(visit)).toEqual({ kind: 'unreachable' });
  });
});
