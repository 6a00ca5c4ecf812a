/**
 * What a service asks of whoever makes it: the one place in which the risk of a service stands. Source: README
 * "Services"; 志愿服务条例 Arts 15 to 17.
 */
import type { ServiceCode } from '@time-bank/contracts/request';

/**
 * `risk` 1 to 3: from 2 on bodily danger is possible. `isHeavy`: too much for whoever is old. `isGroup`: made by a group
 * at a place of its own. `licence`: its name, where the law asks for one.
 */
export interface ServiceTraits {
  risk: 1 | 2 | 3;
  isHeavy: boolean;
  isGroup: boolean;
  licence?: string;
}

/** By the code of the service. */
export const services: Readonly<Record<ServiceCode, ServiceTraits>> = {
  B01: { risk: 1, isHeavy: false, isGroup: false },
  C01: { risk: 1, isHeavy: false, isGroup: false },
};
