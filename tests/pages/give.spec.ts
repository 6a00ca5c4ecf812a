/** Giving hours away in the page: to family, to everybody, and choosing where hours above the cap go. */
import { randomBytes } from 'node:crypto';
import { type Page, expect, test } from '@playwright/test';
import { idMaker } from '@time-bank/contracts/ids';
import { balanceOf, pass, phoneOf, phones, pressAt } from './people.ts';

/** Two people who are in no other test. */
const giverPhone = '10033270440';
const motherPhone = '10059118743';
/** Somebody else, as a second device of the same person would have to wait before it moves hours. */
const donorPhone = '10035042578';

const ask = <Value>(page: Page, path: string, sent?: object): Promise<Value> =>
  page.evaluate(
    async ({ address, body }) => {
      const answer = await fetch(address, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'X-Time-Bank': 'web', 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
      if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
      return (await answer.json()) as Value;
    },
    { address: path, body: sent === undefined ? undefined : JSON.stringify(sent) },
  );

const memberIdOf = async (page: Page): Promise<string> =>
  (await ask<{ member: { memberId: string } }>(page, '/api/me')).member.memberId;

/** Counts what is sent to `path`. */
const sentTo = (page: Page, path: string): (() => number) => {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) count += 1;
  });
  return () => count;
};

test('a member gives an hour to family, donates half an hour, and chooses where surplus goes', async ({
  browser,
}) => {
  const coordinator = await phoneOf(browser, phones.coordinator);
  const giver = await phoneOf(browser, giverPhone);
  const mother = await phoneOf(browser, motherPhone);
  const before = await balanceOf(giver);
  const hers = await balanceOf(mother);

  await test.step('without a registered relative the page says how to get one', async () => {
    await giver.getByRole('link', { name: '赠送与捐赠' }).click();
    await giver.getByRole('link', { name: '赠送给亲友' }).click();
    await expect(giver.getByText(/请带户口本到社区服务点登记/)).toBeVisible();
    await expect(giver.getByRole('button', { name: '下一步' })).toHaveCount(0);
  });

  await test.step('the coordinator registers the mother at the counter', async () => {
    const now = await pass(0);
    await ask(coordinator, '/api/family-ties', {
      transferId: idMaker(() => now.getTime()).transfer(),
      giverId: await memberIdOf(giver),
      receiverId: await memberIdOf(mother),
      relation: 'parent',
      proof: `户口本 ${randomBytes(2).toString('hex')}`,
    });
  });

  await test.step('the member sees what will happen, goes back, changes it, and gives: once', async () => {
    const gifts = sentTo(giver, '/api/gifts');
    await giver.goto('/give/family');
    await giver.getByLabel(/^母亲.\*\*$/).check();
    await expect(giver.locator('form .big')).toHaveText('1小时');
    await giver.getByRole('button', { name: '加30分钟' }).click();
    await expect(giver.locator('form .big')).toHaveText('1小时30分');
    await giver.getByRole('button', { name: '下一步' }).click();
    await expect(giver.getByText(/把1小时30分赠送给母亲.\*\*，赠送后不能撤回。/)).toBeVisible();
    expect(gifts()).toBe(0);
    await giver.getByRole('link', { name: '返回修改' }).click();
    await giver.getByRole('button', { name: '减30分钟' }).click();
    await giver.getByRole('button', { name: '下一步' }).click();
    await expect(giver.getByText(/把1小时赠送给母亲.\*\*，赠送后不能撤回。/)).toBeVisible();
    await giver.getByRole('button', { name: '确认赠送' }).dblclick();
    await expect(giver.getByText(/已把1小时赠送给母亲.\*\*。/)).toBeVisible();
    expect(gifts()).toBe(1);
    await expect
      .poll(() => balanceOf(giver))
      .toEqual({ available: before.available - 60, held: before.held });
    await expect(giver.getByText('赠送给亲友').first()).toBeVisible();
  });

  await test.step('the mother has it, and sees where it came from', async () => {
    await expect.poll(() => balanceOf(mother)).toEqual({ available: hers.available + 60, held: hers.held });
    await expect(mother.getByText('收到亲友赠送').first()).toBeVisible();
  });

  await test.step('with the keyboard alone, half an hour is donated to the township', async () => {
    const donations = sentTo(giver, '/api/donations');
    await giver.goto('/give/donate');
    await pressAt(giver.getByRole('button', { name: '下一步' }), 'Enter');
    await expect(giver.getByRole('alert').getByText('请选捐给哪里。')).toBeVisible();
    await expect(giver).toHaveTitle(/^错误：/);
    await pressAt(giver.getByLabel(/街道公益时间池/), 'Space');
    await pressAt(giver.getByRole('button', { name: '减30分钟' }), 'Enter');
    await expect(giver.locator('form .big')).toHaveText('30分钟');
    await pressAt(giver.getByRole('button', { name: '下一步' }), 'Enter');
    await expect(giver.getByText(/把30分钟捐给.*街道公益时间池，捐出后不能撤回。/)).toBeVisible();
    await giver.getByRole('button', { name: '确认捐赠' }).dblclick();
    await expect(giver.getByText(/已把30分钟捐给.*谢谢您！/)).toBeVisible();
    expect(donations()).toBe(1);
    await expect
      .poll(() => balanceOf(giver))
      .toEqual({ available: before.available - 90, held: before.held });
    await expect(giver.getByText('捐入公益时间池').first()).toBeVisible();
  });

  await test.step('hours above the cap go to the township from now on; the choice stays', async () => {
    await giver.goto('/give/surplus');
    await expect(giver.getByLabel('记作荣誉时间')).toBeChecked();
    await giver.getByLabel(/街道公益时间池/).check();
    await giver.getByRole('button', { name: '保存' }).click();
    await expect(giver.getByText(/保存好了/)).toBeVisible();
    await giver.reload();
    await expect(giver.getByLabel(/街道公益时间池/)).toBeChecked();
  });
});

test('an answer that is lost is told at the top, and what is sent again is done once', async ({
  browser,
}) => {
  const giver = await phoneOf(browser, donorPhone);
  const before = await balanceOf(giver);
  await giver.goto('/give/donate');
  await giver.getByLabel(/区公益时间池/).check();
  await giver.getByRole('button', { name: '下一步' }).click();
  const ids: string[] = [];
  await giver.route('**/api/donations', async (route) => {
    ids.push((route.request().postDataJSON() as { transferId: string }).transferId);
    // The service does it, and its answer never arrives.
    if (ids.length === 1) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await giver.getByRole('button', { name: '确认捐赠' }).click();
  await expect(giver.getByRole('alert').getByText('没有连上网。请看看网络，再试一次。')).toBeVisible();
  await giver.getByRole('button', { name: '再试一次' }).click();
  await expect(giver.getByText(/已把1小时捐给/)).toBeVisible();
  expect(new Set(ids).size).toBe(1);
  await expect.poll(() => balanceOf(giver)).toEqual({ available: before.available - 60, held: before.held });
});
