/** Who is who in the page: passkeys, a daughter who helps, a lost card, consent, sign-ins and devices. */
import { type Browser, type Page, expect, test } from '@playwright/test';
import { pass, phoneOf, phones, pressAt, signIn } from './people.ts';

/** People who are in no other test. */
const elder = { surname: '韩', phone: '10068661926' };
const daughter = { surname: '傅', phone: '10071395040' };
const someone = '10016170273';
const withPasskey = '10073110060';
const reader = '10075673010';

const wallOf = (instant: Date): { date: string; time: string } => {
  const wall = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
};

/** A browser on a device that has a fingerprint reader: one that Chrome plays, over its DevTools protocol. */
const withFingerprint = async (browser: Browser): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
};

test('a passkey is offered after the first sign-in, and signs in from then on without a code', async ({
  browser,
}) => {
  const page = await withFingerprint(browser);
  await page.goto('/sign-in');
  await expect(page.getByText('没有手机也能办')).toBeVisible();
  const offer = page.getByRole('heading', { name: '以后不用验证码，好吗？' });
  await signIn(page, withPasskey, offer);
  await page.getByRole('button', { name: '好，存一把' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto('/me/passkeys');
  await expect(page.locator('li.card')).toHaveCount(1);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/sign-in/);
  await page.getByRole('button', { name: '用指纹、刷脸或锁屏密码登录' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await expect(page.getByRole('link', { name: '我的', exact: true })).toBeVisible();
});

test('a daughter proposes, the staff check, the elder agrees; what she does says so, and the elder ends it', async ({
  browser,
}) => {
  const mother = await phoneOf(browser, elder.phone);
  const helper = await phoneOf(browser, daughter.phone);
  const name = `${daughter.surname}女士（家人）`;

  const address = await test.step('the elder shows the code with which family applies', async () => {
    await mother.goto('/me/helpers');
    await expect(mother.getByText('您还没有帮手。')).toBeVisible();
    await mother.getByRole('link', { name: '请家人做帮手' }).click();
    await expect(mother.getByRole('img', { name: '申请码' })).toBeVisible();
    return mother.getByText(/helped\/ask#mem_/).innerText();
  });

  await test.step('the daughter applies from her own phone; what is missing is told beside the field', async () => {
    await helper.goto(address);
    await helper.getByRole('button', { name: '提交申请' }).click();
    await expect(helper.getByRole('alert').getByText('请至少选一样。')).toBeVisible();
    for (const scope of ['约帮助、取消预约', '确认探访', '看余额和明细'])
      await helper.getByLabel(scope).check();
    await helper.getByLabel('你们是什么关系，用什么证明').fill('女儿，户口本');
    await helper.getByRole('button', { name: '提交申请' }).click();
    await expect(helper.getByText('申请交上去了。工作人员核对以后，请老人同意。')).toBeVisible();
  });

  await test.step('the staff see the proof and let it go on', async () => {
    const coordinator = await phoneOf(browser, phones.coordinator);
    await coordinator.goto('/desk/people/helpers');
    const waiting = coordinator.locator('li.card').filter({ hasText: '女儿，户口本' });
    await waiting.getByRole('button', { name: '核对无误' }).click();
    await waiting.getByRole('button', { name: '核对无误，请老人同意' }).click();
    await expect(coordinator.getByText('核对好了，等老人同意。')).toBeVisible();
  });

  await test.step('the elder agrees on her own phone', async () => {
    await mother.goto('/me/helpers');
    await mother.getByRole('link', { name: '同意' }).click();
    await expect(mother.getByRole('heading', { name: /替您办事吗/ })).toBeVisible();
    await mother.getByRole('button', { name: '同意', exact: true }).click();
    await expect(mother.getByText('已经同意。')).toBeVisible();
  });

  const path = await test.step('the daughter books help for her', async () => {
    await helper.goto('/helped');
    await helper.locator('main li.card a').click();
    await helper.getByRole('link', { name: '约帮助' }).click();
    await helper.getByLabel('陪聊').check();
    await helper.getByRole('button', { name: '下一步' }).click();
    const { date, time } = wallOf(new Date((await pass(0)).getTime() + 48 * 3_600_000));
    await helper.getByLabel('别的日子').check();
    await helper.getByLabel('哪一天').fill(date);
    await helper.getByRole('button', { name: '下一步' }).click();
    await helper.getByLabel('别的时间').check();
    await helper.getByLabel('几点').fill(time);
    await helper.getByRole('button', { name: '下一步' }).click();
    await helper.getByLabel('1小时', { exact: true }).check();
    await helper.getByRole('button', { name: '下一步' }).click();
    await helper.getByRole('button', { name: '下一步' }).click();
    await helper.getByRole('button', { name: '提交' }).click();
    await expect(helper.getByRole('heading', { name: '预约好了' })).toBeVisible();
    const link = helper.locator('main a[href^="/received/req_"]');
    return (await link.getAttribute('href')) ?? '';
  });

  await test.step('the elder reads who did it, and ends it at once', async () => {
    await mother.goto(path);
    await expect(mother.getByText(`由${name}代办`)).toBeVisible();
    await mother.goto('/me/helpers');
    await mother.locator('main li.card a').click();
    await mother.getByRole('button', { name: /^解除/ }).click();
    await mother.getByRole('button', { name: '确定解除' }).click();
    await expect(mother.getByText('已经解除。')).toBeVisible();
  });

  await test.step('the daughter may do nothing for her any more', async () => {
    await helper.goto('/helped');
    await expect(helper.locator('main a[href^="/helped/mem_"]')).toHaveCount(0);
    await helper.goto(path);
    await expect(helper.getByText('没有找到这次探访。请回到列表再看看。').first()).toBeVisible();
  });
});

test('a lost card stops in one step, asked once more', async ({ browser }) => {
  const page = await phoneOf(browser, someone);
  await page.goto('/me/card');
  await expect(page.locator('main .code')).toHaveText(/\d{3} \d{3}/);
  await page.getByRole('button', { name: '卡丢了，挂失' }).click();
  await page.getByRole('button', { name: '确定挂失' }).click();
  await expect(page.getByText('已经挂失，卡不能用了。请到社区服务点领新卡。')).toBeVisible();
});

test('consent is given and taken back, each purpose by itself', async ({ browser }) => {
  const page = await phoneOf(browser, reader);
  await page.goto('/me/consents');
  const photos = page.locator('li.card').filter({ hasText: '探访时拍照' });
  await expect(photos.getByText('○ 没有同意')).toBeVisible();
  await photos.getByRole('button', { name: '同意' }).click();
  await expect(page.getByText('探访时拍照：已同意。')).toBeVisible();
  await expect(photos.getByText('✓ 已同意')).toBeVisible();
  await photos.getByRole('button', { name: '不同意了' }).click();
  await expect(page.getByText('探访时拍照：已改为不同意。')).toBeVisible();
  await expect(photos.getByText('○ 没有同意')).toBeVisible();
});

test('signing in and the own pages can be walked with the keyboard alone', async ({ browser }) => {
  const page = await phoneOf(browser, reader);
  await page.goto('/me/sign-ins');
  await expect(page.getByText('就是这一台').first()).toBeVisible();
  await page.goto('/me/wishes');
  await pressAt(page.getByLabel('有地方写错了，要更正'), 'Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('门牌号是12号');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^✓ 收到了。/)).toBeVisible();
});
