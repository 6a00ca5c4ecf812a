/** A record that is wrong is put right at the desk: proposed by one coordinator, approved by another, told to the member. */
import { type Page, expect, test } from '@playwright/test';
import { balanceOf, phoneOf, phones } from './people.ts';

/** Who looks after the whole sub-district, and a volunteer who is in no other test. */
const secondCoordinator = '10034668618';
const volunteer = { name: '段小玲', phone: '10075214575' };
/** An elder who has no hours yet. */
const elderName = '王兴生';

/** The choice of the newest line of a visit that no member has paid for; it has less than two hours. */
const lineOf = (page: Page) =>
  page
    .locator('.scrolled .choice')
    .filter({ hasText: /居家探访 · 存入 \+/ })
    .first();

const minutesIn = (text: string): number =>
  Number(/\+(\d+)小时/.exec(text)?.[1] ?? 0) * 60 + Number(/(\d+)分/.exec(text)?.[1] ?? 0);

test('a large correction is proposed, approved by a second coordinator, and told to the member', async ({
  browser,
}) => {
  const coordinator = await phoneOf(browser, phones.coordinator);
  const second = await phoneOf(browser, secondCoordinator);
  const member = await phoneOf(browser, volunteer.phone);
  const before = await balanceOf(member);
  let amount = 0;

  await test.step('the coordinator finds the volunteer by telephone; a wrong number is told', async () => {
    await coordinator.goto('/desk/corrections');
    await coordinator.getByRole('link', { name: '提出更正' }).click();
    await coordinator.getByLabel('手机号').fill('10099999999');
    await coordinator.getByRole('button', { name: '查找' }).click();
    await expect(
      coordinator.getByText('您负责的社区里没有人用这个手机号。请核对号码。').first(),
    ).toBeVisible();
    await coordinator.getByLabel('手机号').fill(volunteer.phone);
    await coordinator.getByRole('button', { name: '查找' }).click();
    await expect(coordinator.getByRole('heading', { name: volunteer.name })).toBeVisible();
  });

  await test.step('what is missing is told beside the field', async () => {
    await coordinator.getByRole('button', { name: '下一步' }).click();
    await expect(coordinator.getByRole('alert').getByText('请选一条记录。')).toBeVisible();
    await expect(coordinator.getByRole('alert').getByText('请写上为什么更正。')).toBeVisible();
    await expect(coordinator).toHaveTitle(/^错误：/);
  });

  await test.step('it was meant to be two hours: the page says what will happen, and it waits', async () => {
    const line = lineOf(coordinator);
    amount = minutesIn(await line.innerText());
    expect(amount).toBeGreaterThan(0);
    await line.getByRole('radio').check();
    await coordinator.getByLabel('应该是别的时间').check();
    await coordinator.getByLabel('应该是多少分钟').fill('120');
    await coordinator.getByLabel('为什么更正').fill('签退时间记错了');
    await coordinator.getByRole('button', { name: '下一步' }).click();
    await expect(coordinator.getByText(/^收回段小玲.*，改记2小时。.*确定吗？$/)).toBeVisible();
    await coordinator.getByRole('button', { name: '确定更正' }).dblclick();
    await expect(coordinator.getByText('已经提出，等另一位同事批准。批准以前，账户不变。')).toBeVisible();
    expect(await balanceOf(member)).toEqual(before);
  });

  await test.step('who proposed it sees it in their community, and cannot approve it', async () => {
    await coordinator.getByRole('link', { name: '返回' }).click();
    const waiting = coordinator.locator('li.card').filter({ hasText: '签退时间记错了' });
    await expect(waiting.getByText('这是您自己提出的，要由同事来批准。')).toBeVisible();
    await expect(waiting.getByRole('button')).toHaveCount(0);
  });

  await test.step('the coordinator of the sub-district approves it', async () => {
    await second.goto('/desk/corrections');
    await second.getByLabel('社区').selectOption({ label: '东仙桥社区居委会' });
    const waiting = second.locator('li.card').filter({ hasText: '签退时间记错了' });
    await waiting.getByRole('button', { name: '批准' }).click();
    await waiting.getByRole('button', { name: '确定批准' }).click();
    await expect(second.getByText('已经批准，更正好了。')).toBeVisible();
    await expect(waiting).toHaveCount(0);
  });

  await test.step('the member has two hours instead, and reads why', async () => {
    await expect
      .poll(() => balanceOf(member))
      .toEqual({ available: before.available - amount + 120, held: before.held });
    await expect(member.getByText('更正：居家探访 · 收回').first()).toBeVisible();
    await expect(member.getByText('更正：居家探访 · 补记').first()).toBeVisible();
    await expect(member.getByText('说明：签退时间记错了').first()).toBeVisible();
  });
});

test('a small correction is carried out at once, and once only where its answer is lost', async ({
  browser,
}) => {
  const coordinator = await phoneOf(browser, phones.coordinator);
  await coordinator.goto('/desk/corrections/new');
  await coordinator.getByLabel('找老人').fill(elderName);
  await expect(coordinator.getByRole('heading', { name: elderName })).toBeVisible();
  await expect(coordinator.getByText('这里没有可以更正的记录。')).toBeVisible();
  await coordinator.getByLabel('手机号').fill(volunteer.phone);
  await coordinator.getByLabel('手机号').press('Enter');
  await expect(coordinator.getByRole('heading', { name: volunteer.name })).toBeVisible();
  const line = lineOf(coordinator);
  const lineId = await line.getByRole('radio').getAttribute('value');
  await line.getByRole('radio').check();
  await coordinator.getByLabel('不该记，全部收回').check();
  await coordinator.getByLabel('为什么更正').fill('登记了两次');
  await coordinator.getByRole('button', { name: '下一步' }).click();
  await expect(coordinator.getByText(/^收回段小玲.*，不再补记。/)).toBeVisible();
  const ids: string[] = [];
  await coordinator.route('**/api/corrections', async (route) => {
    ids.push((route.request().postDataJSON() as { transferId: string }).transferId);
    // The service does it, and its answer never arrives.
    if (ids.length === 1) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await coordinator.getByRole('button', { name: '确定更正' }).click();
  await expect(coordinator.getByRole('alert').getByText('没有连上网。请看看网络，再试一次。')).toBeVisible();
  await coordinator.getByRole('button', { name: '再试一次' }).click();
  await expect(coordinator.getByText('已经更正，明细里能看到。')).toBeVisible();
  expect(new Set(ids).size).toBe(1);
  await expect(coordinator.locator(`.scrolled input[value="${lineId ?? ''}"]`)).toHaveCount(0);
  await coordinator.getByText('全部明细').click();
  await expect(coordinator.getByText('说明：登记了两次')).toHaveCount(1);
  const member = await phoneOf(browser, volunteer.phone);
  await member.goto('/');
  await expect(member.getByText('说明：登记了两次')).toHaveCount(1);
});
