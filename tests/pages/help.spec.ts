/** The big button: an elder calls for help, the desk answers, and the page of each says how it stands. */
import { expect, test } from '@playwright/test';
import { phoneOf, phones, readerOf } from './people.ts';

test('an elder presses the button, takes nothing back, and sees who answers', async ({ browser }) => {
  const elder = await phoneOf(browser, '10015084073');
  await elder.goto('/help');
  const first = elder.locator('main a').first();
  await expect(first).toHaveAttribute('href', 'tel:120');
  await elder.getByRole('button', { name: '我需要帮助' }).click();
  await elder.getByRole('button', { name: '是的，快来人' }).click();
  await expect(elder.getByRole('heading', { name: '正在叫人，请稍等' })).toBeVisible();

  const desk = await readerOf(browser, phones.coordinator);
  await desk.goto('/desk/emergency');
  const call = desk.locator('li.card').first();
  await expect(call).toContainText('社区值班');
  await call.getByRole('button', { name: '我来处理' }).click();
  await expect(desk.getByText('已经记下。')).toBeVisible();
  await expect(elder.getByRole('heading', { name: '有人接到了，马上联系您' })).toBeVisible({
    timeout: 15_000,
  });
});
