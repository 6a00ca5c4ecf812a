/** Who has acted in the name of somebody, in simplified Chinese. */
import type { ActedAs } from '@time-bank/contracts/helping';
import type { Gender } from '@time-bank/contracts/member';

const as: Record<ActedAs, string> = {
  family_proxy: '家人',
  guardian: '监护人',
  counter: '服务点',
  hotline: '服务电话',
  coordinator: '社区',
};

/** The words of acts in somebody's name, from which the other languages take their shape. */
export const actedZhHans = {
  as,
  by: (surname: string, gender: Gender, capacity: string) =>
    `由${surname}${gender === 'female' ? '女士' : '先生'}（${capacity}）代办`,
};

/** What each language has to say of acts in somebody's name. */
export type ActedCatalogue = typeof actedZhHans;
