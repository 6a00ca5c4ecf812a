/** What the tests of looks measure on a page that is open. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What a screen reader trips over on a page, each rule with the first place; nothing is what is wanted. */
export const trippedOver = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};

/** By how many pixels a page is wider than its screen; none where it is 0 or less. */
export const widerThanScreen = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** What is smaller than `textPx`, or pressed and smaller than `least`. */
export const tooSmall = (
  page: Page,
  textPx: number,
  least: { width?: number; height: number },
): Promise<string[]> =>
  page.evaluate(
    ({ textPx: text, least: { width: leastWidth = 0, height: leastHeight } }) => {
      const shown = (element: Element): boolean => element.getClientRects().length > 0;
      const name = (element: Element): string =>
        `${element.tagName} "${element.textContent.trim().slice(0, 20)}"`;
      const texts = [...document.querySelectorAll('body *')].filter(
        (element) =>
          shown(element) &&
          [...element.childNodes].some(
            (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
          ) &&
          parseFloat(getComputedStyle(element).fontSize) < text,
      );
      const targets = [...document.querySelectorAll('a[href], button, select, input, summary')].filter(
        (element) => {
          if (!shown(element) || element.closest('.skip') !== null) return false;
          const label = element.closest('label');
          const { width, height } = (label ?? element).getBoundingClientRect();
          return width > 1 && height > 1 && (width < leastWidth || height < leastHeight);
        },
      );
      return [
        ...texts.map((element) => `text ${name(element)}`),
        ...targets.map((element) => `target ${name(element)}`),
      ];
    },
    { textPx, least },
  );
