/** The whole story on a phone, as people live it: posted, accepted, visited, confirmed, banked, redeemed. */
import { type Page, expect, test } from '@playwright/test';
import { balanceOf, pass, phoneOf, phones } from './people.ts';

const elderName = '陈文萍';

/** Date and time on the wall in China, as the form's fields take them. */
const wallOf = (instant: Date): { date: string; time: string } => {
  const wall = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
};

const postVisit = async (coordinator: Page, start: Date): Promise<string> => {
  await coordinator.goto('/desk');
  await coordinator.getByLabel('找老人').fill(elderName);
  await coordinator.getByLabel('服务', { exact: true }).selectOption({ label: '陪聊' });
  const { date, time } = wallOf(start);
  await coordinator.getByLabel('哪一天').fill(date);
  await coordinator.getByLabel('几点').fill(time);
  await coordinator.getByLabel('多少分钟').fill('60');
  await coordinator.getByRole('button', { name: '发布探访' }).click();
  await expect(coordinator.getByText('已发布')).toBeVisible();
  await coordinator.getByRole('link', { name: '查看这次探访' }).click();
  await expect(coordinator).toHaveURL(/\/desk\/requests\/req_/);
  return new URL(coordinator.url()).pathname.split('/').at(-1) ?? '';
};

test('a visit is asked for, made, confirmed, banked, and its hours are redeemed', async ({ browser }) => {
  // Late on a Sunday the visit would lie in the week before the one that the board shows at the end.
  const wall = new Date((await pass(0)).getTime() + 8 * 3_600_000);
  if (wall.getUTCDay() === 0 && wall.getUTCHours() >= 18) await pass(7 * 60);
  const coordinator = await phoneOf(browser, phones.coordinator);
  const volunteer = await phoneOf(browser, phones.volunteer);
  const elder = await phoneOf(browser, phones.elder);
  const before = await balanceOf(volunteer);

  const requestId =
    await test.step('the coordinator posts a visit and sees who fits, with reasons', async () => {
      const posted = await postVisit(coordinator, new Date((await pass(0)).getTime() + 20 * 60_000));
      await expect(coordinator.getByRole('heading', { name: '合适的志愿者' })).toBeVisible();
      await expect(coordinator.getByText(/住在同一社区|住在同一街道/).first()).toBeVisible();
      await expect(coordinator.getByText(/相距约.*公里/).first()).toBeVisible();
      return posted;
    });

  await test.step('the volunteer finds it, without a name or an address, and accepts', async () => {
    await volunteer.goto('/requests');
    await volunteer.locator(`a[href="/requests/${requestId}"]`).click();
    await expect(volunteer).toHaveURL(/\/requests\/req_/);
    await expect(volunteer.getByRole('button', { name: '接单', exact: true })).toBeVisible();
    await expect(volunteer.getByText('陈阿姨').first()).toBeVisible();
    await expect(volunteer.getByText(elderName)).toHaveCount(0);
    await expect(volunteer.getByText(/梧桐里/)).toHaveCount(0);
    await volunteer.getByRole('button', { name: '接单', exact: true }).click();
    await volunteer.getByRole('button', { name: '确定接单' }).click();
    await expect(volunteer.getByText('接好了。请按时去。')).toBeVisible();
    await expect(volunteer.getByText(/梧桐里/)).toBeVisible();
    await expect(volunteer.getByText(elderName)).toBeVisible();
  });

  const code = await test.step('the elder reads the six digits of her card', async () => {
    await elder.goto('/');
    return (
      /\d{6}/.exec(
        (
          await elder
            .getByText(/^\d{3}\s?\d{3}$/)
            .first()
            .innerText()
        ).replaceAll(/\s/g, ''),
      )?.[0] ?? ''
    );
  });

  await test.step('at the door a wrong code is refused in plain words, the right one begins the visit', async () => {
    await pass(20);
    await volunteer.goto(`/visits/${requestId}`);
    await volunteer.getByLabel('卡上的6位数字').fill(code === '123456' ? '654321' : '123456');
    await volunteer.getByRole('button', { name: '签到' }).click();
    await expect(volunteer.getByText(/还可以试4次/).first()).toBeVisible();
    await volunteer.getByLabel('卡上的6位数字').fill(code);
    await volunteer.getByRole('button', { name: '签到' }).click();
    await expect(volunteer.getByText('签到好了。时间从现在算起。')).toBeVisible();
  });

  await test.step('after 65 minutes the volunteer checks out', async () => {
    await pass(65);
    await volunteer.getByRole('button', { name: '签退' }).click();
    await volunteer.getByRole('button', { name: '确定签退' }).click();
    await expect(volunteer.getByText('1小时5分').first()).toBeVisible();
    await expect.poll(() => balanceOf(volunteer)).toEqual(before);
  });

  await test.step('the elder confirms on her own phone', async () => {
    await elder.goto(`/received/${requestId}`);
    await expect(elder.getByRole('heading', { name: '请确认这次探访' })).toBeVisible();
    await expect(elder.getByText('1小时5分')).toBeVisible();
    await elder.getByRole('button', { name: '确认', exact: true }).click();
    await expect(elder.getByText('确认好了，谢谢您。')).toBeVisible();
  });

  await test.step("an hour is in the volunteer's account", async () => {
    await expect
      .poll(() => balanceOf(volunteer))
      .toEqual({ available: before.available + 60, held: before.held });
    await expect(volunteer.getByText('陪聊 · 存入').first()).toBeVisible();
  });

  const redeem = async (start: Date): Promise<void> => {
    await volunteer.goto('/redeem');
    await volunteer.getByLabel('陪聊').check();
    await volunteer.getByRole('button', { name: '下一步' }).click();
    const { date, time } = wallOf(start);
    await volunteer.getByLabel('别的日子').check();
    await volunteer.getByLabel('哪一天').fill(date);
    await volunteer.getByRole('button', { name: '下一步' }).click();
    await volunteer.getByLabel('别的时间').check();
    await volunteer.getByLabel('几点').fill(time);
    await volunteer.getByRole('button', { name: '下一步' }).click();
    await volunteer.getByLabel('1小时', { exact: true }).check();
    await volunteer.getByRole('button', { name: '下一步' }).click();
    await volunteer.getByRole('button', { name: '下一步' }).click();
    await volunteer.getByRole('button', { name: '提交' }).click();
    await expect(volunteer.getByRole('heading', { name: '预约好了' })).toBeVisible();
  };
  /** The volunteer's own request that was posted last, as they see it. */
  const ownRequest = async (): Promise<string> => {
    await volunteer.goto('/received');
    const link = volunteer.locator('a[href^="/received/req_"]').first();
    return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
  };

  await test.step('the volunteer redeems an hour for tomorrow: it is set aside, and free again when cancelled', async () => {
    await redeem(new Date((await pass(0)).getTime() + 48 * 3_600_000));
    await expect
      .poll(() => balanceOf(volunteer))
      .toEqual({ available: before.available, held: before.held + 60 });
    await expect(volunteer.getByText('陪聊 · 预留（约好的探访）').first()).toBeVisible();
    await volunteer.goto(`/received/${await ownRequest()}`);
    await volunteer.getByRole('button', { name: '取消预约' }).click();
    await volunteer.getByLabel('身体不舒服').check();
    await volunteer.getByRole('button', { name: '确定取消' }).click();
    await expect(volunteer.getByText(/退回到您的余额/)).toBeVisible();
    await expect
      .poll(() => balanceOf(volunteer))
      .toEqual({ available: before.available + 60, held: before.held });
    await expect(volunteer.getByText('陪聊 · 预约取消，退回').first()).toBeVisible();
  });

  await test.step('redeems it again, somebody else comes, and the hour is theirs', async () => {
    const helper = await phoneOf(browser, phones.secondVolunteer);
    const theirs = await balanceOf(helper);
    await redeem(new Date((await pass(0)).getTime() + 20 * 60_000));
    const own = await ownRequest();
    await volunteer.goto('/');
    const card = (
      await volunteer
        .getByText(/^\d{3}\s?\d{3}$/)
        .first()
        .innerText()
    ).replaceAll(/\s/g, '');
    await helper.goto(`/requests/${own}`);
    await helper.getByRole('button', { name: '接单', exact: true }).click();
    await helper.getByRole('button', { name: '确定接单' }).click();
    await expect(helper.getByText('接好了。请按时去。')).toBeVisible();
    await pass(20);
    await helper.getByLabel('卡上的6位数字').fill(card);
    await helper.getByRole('button', { name: '签到' }).click();
    await expect(helper.getByText('签到好了。时间从现在算起。')).toBeVisible();
    await pass(62);
    await helper.getByRole('button', { name: '签退' }).click();
    await helper.getByRole('button', { name: '确定签退' }).click();
    await expect(helper.getByText('1小时2分').first()).toBeVisible();
    await volunteer.goto(`/received/${own}`);
    await volunteer.getByRole('button', { name: '确认', exact: true }).click();
    await expect(volunteer.getByText('确认好了，谢谢您。')).toBeVisible();
    await expect.poll(() => balanceOf(volunteer)).toEqual(before);
    await expect(volunteer.getByText('陪聊 · 用去1小时').first()).toBeVisible();
    await expect
      .poll(() => balanceOf(helper))
      .toEqual({ available: theirs.available + 60, held: theirs.held });
  });

  await test.step('the coordinator, whose desk was left for over an hour, signs in again and sees the elder visited', async () => {
    const again = await phoneOf(browser, phones.coordinator);
    await again.goto('/desk/week');
    await expect(
      again.locator('li, tr').filter({ hasText: elderName }).getByText('已探访').first(),
    ).toBeVisible();
  });
});
