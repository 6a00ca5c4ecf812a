/** What residents, their daughters and volunteers do for themselves: ask, mend and ask again, call for help, go along. */
import { randomBytes } from 'node:crypto';
import { idMaker } from '@time-bank/contracts/ids';
import { type Page, expect, test } from '@playwright/test';
import { trippedOver, widerThanScreen } from './looks.ts';
import { pass, phoneOf, phones, readerOf } from './people.ts';

/** People who are in no other test. */
const elderPhone = '10045705196';
const mother = { name: '李占义', phone: '10091309036' };
const daughterPhone = '10092815533';
/** A community with an elder who needs two, and those who could go. */
const elsewhere = {
  coordinator: '10066470898',
  elder: '邓翠侠',
  first: '10086268919',
  second: '10036424892',
};

const DAY_MS = 24 * 3_600_000;

const idsNow = async () => {
  const today = await pass(0);
  return idMaker(
    () => today.getTime(),
    () => randomBytes(4).readUInt32BE() / 2 ** 32,
  );
};

const send = async (page: Page, path: string, data: Record<string, unknown>): Promise<void> => {
  const answer = await page.request.post(path, { headers: { 'X-Time-Bank': 'web' }, data });
  expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true);
};

const whoIs = async (page: Page): Promise<string> => {
  const { member } = (await (await page.request.get('/api/me')).json()) as { member: { memberId: string } };
  return member.memberId;
};

/** Nothing that a screen reader trips over, and nothing wider than the screen. */
const isForEverybody = async (page: Page): Promise<void> => {
  await expect(page.locator('main h1')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await trippedOver(page), page.url()).toEqual([]);
  expect(await widerThanScreen(page), page.url()).toBeLessThanOrEqual(0);
};

const goOn = async (page: Page): Promise<void> => {
  await isForEverybody(page);
  await page.getByRole('button', { name: '下一步' }).click();
};

test('an elder asks for help with big choices; it is turned down, and she mends it and hands it in again', async ({
  browser,
}) => {
  const elder = await phoneOf(browser, elderPhone);

  const path = await test.step('she asks, one question a page', async () => {
    await elder.goto('/');
    await elder.getByRole('link', { name: '请人帮忙' }).click();
    await elder.getByRole('button', { name: '下一步' }).click();
    await expect(elder.getByRole('alert').getByText('请选一种帮助。')).toBeVisible();
    await expect(elder.getByLabel('护理')).toHaveCount(0);
    await elder.locator('summary', { hasText: '看看别的帮助' }).click();
    await expect(elder.getByLabel('读书读报')).toBeVisible();
    await expect(elder.getByLabel('法律咨询')).toHaveCount(0);
    await elder.getByLabel('陪聊').check();
    await goOn(elder);
    await elder.getByLabel('明天').check();
    await goOn(elder);
    await elder.getByLabel('下午2点').check();
    await goOn(elder);
    await expect(elder.getByLabel('1小时', { exact: true })).toBeChecked();
    await goOn(elder);
    await elder.getByLabel('备注').fill('我耳朵不好，请大声敲门');
    await goOn(elder);
    await expect(elder.getByText('这次不用您的时间。')).toBeVisible();
    await isForEverybody(elder);
    await elder.getByRole('button', { name: '交给社区' }).click();
    await expect(elder.getByRole('heading', { name: '交上去了' })).toBeVisible();
    await isForEverybody(elder);
    await elder.getByRole('link', { name: '查看我的预约' }).click();
    await expect(elder.getByText('已经交给社区，正在看。')).toBeVisible();
    return new URL(elder.url()).pathname;
  });
  const requestId = path.split('/').at(-1) ?? '';

  await test.step('whoever reviews it turns it down and says why', async () => {
    const desk = await readerOf(browser, phones.coordinator);
    const commandId = (await idsNow()).command();
    const reason = '那个时间大家都有事，请换到上午。';
    await send(desk, `/api/requests/${requestId}/review`, { commandId, decision: 'reject', reason });
  });

  await test.step('she reads why, takes another hour, and keeps it for now', async () => {
    await elder.goto('/received');
    await expect(elder.getByRole('heading', { name: '要您再看一看' })).toBeVisible();
    await isForEverybody(elder);
    await elder.goto(path);
    await expect(elder.getByText('那个时间大家都有事，请换到上午。')).toBeVisible();
    await isForEverybody(elder);
    await elder.getByRole('link', { name: '改一改，再交' }).click();
    await expect(elder.getByText('我耳朵不好，请大声敲门')).toBeVisible();
    await elder.getByRole('link', { name: /^改 ?时间/ }).click();
    await elder.getByRole('button', { name: '下一步' }).click();
    await elder.getByLabel('上午9点').check();
    for (let page = 0; page < 3; page += 1) await goOn(elder);
    await elder.getByRole('button', { name: '先存着，以后再交' }).click();
    await expect(elder.getByRole('heading', { name: '存好了，还没有交' })).toBeVisible();
  });

  await test.step('she goes on with it and hands it in', async () => {
    await elder.goto(path);
    await elder.getByRole('link', { name: '接着写，再交' }).click();
    await expect(elder.getByText(/09:00/)).toBeVisible();
    await elder.getByRole('button', { name: '交给社区' }).click();
    await expect(elder.getByRole('heading', { name: '交上去了' })).toBeVisible();
    const read = await elder.request.get(`/api/requests/${requestId}`);
    expect(await read.json()).toMatchObject({ state: 'submitted', note: '我耳朵不好，请大声敲门' });
  });
});

test('a daughter calls for help for her mother: 120 stands first, and she sees that somebody comes', async ({
  browser,
}) => {
  const elder = await phoneOf(browser, mother.phone);
  const daughter = await phoneOf(browser, daughterPhone);
  const desk = await readerOf(browser, phones.coordinator);
  const elderId = await whoIs(elder);
  const ids = await idsNow();

  await test.step('she has become a helper', async () => {
    const bindingId = ids.file();
    const until = new Date((await pass(0)).getTime() + 300 * DAY_MS).toISOString().slice(0, 10);
    const terms = {
      kind: 'family_proxy',
      scopes: ['order', 'confirm'],
      spendMinutesMax: 0,
      until,
      proof: '女儿，户口本',
    };
    await send(daughter, '/api/bindings', { bindingId, elderId, helperId: await whoIs(daughter), terms });
    const binding = `/api/members/${elderId}/bindings/${bindingId}`;
    await send(desk, `${binding}/check`, { decision: 'accept' });
    await send(elder, `${binding}/confirm`, { by: 'own_phone', decision: 'accept' });
  });

  await test.step('what she can order is what the community of the elder offers', async () => {
    const listed = daughter.waitForResponse(/\/api\/services\?communityCode=341302001003/);
    await daughter.goto(`/helped/${elderId}/order`);
    await listed;
    await expect(daughter.getByLabel('陪聊')).toBeVisible();
    await expect(daughter.getByLabel('助餐')).toBeVisible();
    await isForEverybody(daughter);
  });

  await test.step('she calls, and the page says how it stands', async () => {
    await daughter.goto(`/helped/${elderId}`);
    await daughter.locator('main').getByRole('link', { name: '一键呼叫' }).click();
    await expect(daughter.getByRole('heading', { name: `替${mother.name}叫人` })).toBeVisible();
    await expect(daughter.locator('main a').first()).toHaveAttribute('href', 'tel:120');
    await isForEverybody(daughter);
    await daughter.getByRole('button', { name: '请社区马上来人' }).click();
    await daughter.getByRole('button', { name: '是的，快来人' }).click();
    await expect(daughter.getByText('已经告诉社区了。请留意电话')).toBeVisible();
    await expect(daughter.getByRole('heading', { name: '正在叫人，请稍等' })).toBeVisible();
    await isForEverybody(daughter);
  });

  await test.step('it is the call that her mother sees, too', async () => {
    await elder.goto('/help');
    await expect(elder.getByRole('heading', { name: '正在叫人，请稍等' })).toBeVisible();
    await elder.getByRole('button', { name: '我按错了' }).click();
    await elder.getByRole('button', { name: '是按错了' }).click();
    await expect(elder.getByText('好的，知道是按错了。')).toBeVisible();
  });
});

test('a second volunteer sees who goes already, joins, shows roughly where they are, and reports danger', async ({
  browser,
}) => {
  const desk = await phoneOf(browser, elsewhere.coordinator);
  const first = await phoneOf(browser, elsewhere.first);
  const second = await phoneOf(browser, elsewhere.second);
  const ids = await idsNow();
  const requestId = ids.request();
  const path = `/requests/${requestId}`;

  await test.step('somebody who needs two is to be visited in twenty minutes', async () => {
    const list = (await (await desk.request.get('/api/elders')).json()) as {
      items: { memberId: string; name: string }[];
    };
    const receiverId = list.items.find(({ name }) => name === elsewhere.elder)?.memberId;
    await send(desk, '/api/requests', {
      requestId,
      receiverId,
      serviceCode: 'C01',
      plannedStartAt: new Date((await pass(0)).getTime() + 20 * 60_000).toISOString(),
      plannedMinutes: 60,
      wishes: { languages: [] },
    });
  });

  await test.step('the first one finds that two are wanted, and says yes', async () => {
    await first.goto(path);
    await expect(first.getByText('要两个人一起去，还差两人')).toBeVisible();
    await first.getByRole('button', { name: '接单', exact: true }).click();
    await first.getByRole('button', { name: '确定接单' }).click();
    await expect(first.getByText('接好了。请按时去。')).toBeVisible();
  });

  await test.step('the second one reads in the list who goes, by family name, and joins', async () => {
    await second.goto('/requests');
    const card = second.locator('li.card').filter({ has: second.locator(`a[href="${path}"]`) });
    await expect(card).toContainText('尹先生已经接了，还差一人');
    await expect(card).not.toContainText('尹允义');
    await isForEverybody(second);
    await card.getByRole('link').click();
    await expect(second.getByText('要两个人一起去，尹先生已经接了，还差一人')).toBeVisible();
    await isForEverybody(second);
    await second.getByRole('button', { name: '接单', exact: true }).click();
    await second.getByRole('button', { name: '确定接单' }).click();
    await expect(second.getByText('接好了。请按时去。')).toBeVisible();
    await expect(second.getByText('尹允义')).toBeVisible();
  });

  await test.step('without their consent no place is asked for; a picture leaves only its number', async () => {
    await second.getByText('还可以多留一份证明').click();
    await expect(second.getByRole('link', { name: '去看“同意事项”' })).toBeVisible();
    await isForEverybody(second);
    const consent = { consentId: ids.file(), purpose: 'location', version: '2026-11', isGiven: true };
    await send(second, '/api/me/consents', consent);
    await second.context().grantPermissions(['geolocation']);
    await second.context().setGeolocation({ latitude: 33.646_312, longitude: 116.964_871 });
    await second.reload();
    await second.getByText('还可以多留一份证明').click();
    await second.getByRole('button', { name: '记下大概位置' }).click();
    await expect(second.getByText('大概位置记好了，会一起交上去。')).toBeVisible();
    await second
      .getByLabel('拍一张照片')
      .setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('abc') });
    await expect(second.getByText('照片的核对号码记好了，会一起交上去。')).toBeVisible();
    await isForEverybody(second);
  });

  await test.step('both go along with the code', async () => {
    const spoken = await desk.request.post(`/api/requests/${requestId}/spoken-code`, {
      headers: { 'X-Time-Bank': 'web' },
      data: {},
    });
    const { code } = (await spoken.json()) as { code: string };
    await second.getByLabel('卡上的6位数字').fill(code);
    const sent = second.waitForRequest(/check-in$/);
    await second.getByRole('button', { name: '签到' }).click();
    expect((await sent).postDataJSON()).toMatchObject({
      code,
      point: { latitude: 33.65, longitude: 116.96 },
      photo: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
    await expect(second.getByText('签到好了。时间从现在算起。')).toBeVisible();
    await isForEverybody(second);
  });

  await test.step('danger leads to 120 first, and then to whoever can come', async () => {
    await second.goto(`/visits/${requestId}/report`);
    await second.locator('summary', { hasText: '中断探访' }).click();
    await second.locator('#reason').check();
    await second.getByRole('button', { name: '中断探访' }).click();
    await expect(second).toHaveURL(/\/help\?after=abort$/);
    await expect(second.locator('main a').first()).toHaveAttribute('href', 'tel:120');
    await expect(second.getByText('已中断，也已为老人呼救')).toBeVisible();
    await isForEverybody(second);
    await second.getByRole('button', { name: '请社区马上来人' }).click();
    await second.getByRole('button', { name: '是的，快来人' }).click();
    await expect(second.getByText('已经告诉社区了。请留意电话')).toBeVisible();
  });
});
