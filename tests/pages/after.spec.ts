/** What comes after a visit, on phones and at the desk: confirmed by link, rated, complained of, called back, decided. */
import { type Browser, type Page, expect, test } from '@playwright/test';
import { idMaker } from '@time-bank/contracts/ids';
import { pass, phones, readerOf } from './people.ts';

/** People who are in no other test but one who calls for help. */
const numbers = { elder: '10015084073', volunteer: '10021113819' } as const;

let nowMs = 0;
const ids = idMaker(() => nowMs);

const send = async (page: Page, path: string, data: Record<string, unknown>): Promise<void> => {
  const answer = await page.request.post(`/api${path}`, { headers: { 'X-Time-Bank': 'web' }, data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
};

const cast = async (browser: Browser) => ({
  coordinator: await readerOf(browser, phones.coordinator),
  volunteer: await readerOf(browser, numbers.volunteer),
  elder: await readerOf(browser, numbers.elder),
});

/** A visit of half an hour that has just begun. Gives its request. */
const aBegunVisit = async ({ coordinator, volunteer, elder }: Awaited<ReturnType<typeof cast>>) => {
  nowMs = (await pass(0)).getTime();
  const requestId = ids.request();
  const { member } = (await (await elder.request.get('/api/me')).json()) as {
    member: { memberId: string; visitCode: string };
  };
  await send(coordinator, '/requests', {
    requestId,
    serviceCode: 'C01',
    receiverId: member.memberId,
    plannedStartAt: new Date(nowMs + 10 * 60_000).toISOString(),
    plannedMinutes: 30,
    wishes: { languages: [] },
  });
  const path = `/requests/${requestId}`;
  await send(volunteer, `${path}/accept`, { visitId: ids.visit() });
  nowMs = (await pass(10)).getTime();
  await send(volunteer, `${path}/check-in`, { commandId: ids.command(), code: member.visitCode });
  return { requestId, path };
};

const rowOf = (page: Page, path: string) =>
  page.locator('li.card').filter({ has: page.locator(`a[href="/desk${path}"]`) });

test('a visit is confirmed by a link, rated badly, complained of, and decided', async ({ browser }) => {
  test.slow();
  const people = await cast(browser);
  const { coordinator, volunteer, elder } = people;
  const { requestId, path } = await aBegunVisit(people);
  nowMs = (await pass(30)).getTime();
  await send(volunteer, `${path}/check-out`, { commandId: ids.command() });

  const link = await test.step('the desk sees that nobody has confirmed it, and makes a link', async () => {
    await coordinator.goto('/desk/confirm');
    const row = rowOf(coordinator, path);
    await row.getByText('给家人一个确认链接').click();
    await row.getByRole('button', { name: '生成链接' }).click();
    const made = row.locator('a[href^="/c#"]');
    await expect(made).toBeVisible();
    return (await made.getAttribute('href')) ?? '';
  });

  await test.step('the daughter has no sign-in, and says yes; nobody does so twice', async () => {
    const phone = await (await browser.newContext()).newPage();
    await phone.goto(link);
    await phone.getByRole('button', { name: '是的，来过' }).click();
    await expect(phone.getByText('谢谢，已经确认。')).toBeVisible();
    const again = await (await browser.newContext()).newPage();
    await again.goto(link);
    await expect(again.getByText(/这个链接已经用过/)).toBeVisible();
  });

  await test.step('the elder is not content, and says so on a page with five large faces', async () => {
    await elder.goto(`/received/${requestId}`);
    await elder.getByRole('link', { name: '评价这次服务' }).click();
    await expect(elder).toHaveURL(/\/rate$/);
    await elder.getByRole('button', { name: '提交评价' }).click();
    await expect(elder.getByText('请选一个。').first()).toBeVisible();
    await elder.getByRole('radio', { name: '不满意', exact: true }).check();
    await elder.getByLabel('想说的话（可以不写）').fill('来晚了一些');
    await elder.getByRole('button', { name: '提交评价' }).click();
    await expect(elder.getByText('社区会在一天内联系您', { exact: false })).toBeVisible();
  });

  await test.step('the desk has it to put right', async () => {
    await coordinator.goto('/desk/review-items');
    const row = coordinator.locator('li.card').filter({ hasText: '来晚了一些' });
    await row.getByText('做了什么？').first().click();
    await row.getByLabel('情况').fill('已电话道歉');
    await row.getByRole('button', { name: '记下来' }).click();
    await expect(coordinator.getByText('已经写下。')).toBeVisible();
  });

  await test.step('she complains, the volunteer answers, the community decides', async () => {
    await elder.goto(`/received/${requestId}/complain`);
    await elder.getByLabel('时间不对').check();
    await elder.getByLabel('请说说经过').fill('只坐了十分钟');
    await elder.getByRole('button', { name: '提交投诉' }).click();
    await expect(elder.getByText('已经收到，社区会处理。')).toBeVisible();
    await volunteer.goto(`/visits/${requestId}/complain`);
    await volunteer.getByLabel('我的说法').fill('坐了半个小时');
    await volunteer.getByRole('button', { name: '提交说法' }).click();
    await expect(volunteer.getByText('已经收到。')).toBeVisible();
    await coordinator.goto(`/desk/disputes/${requestId}`);
    await expect(coordinator.getByText('坐了半个小时')).toBeVisible();
    await coordinator.locator('summary', { hasText: '决定' }).click();
    await coordinator.getByLabel('理由（两边都会看到）').fill('签到记录为三十分钟');
    await coordinator.getByRole('button', { name: '写下决定' }).click();
    await expect(coordinator.getByText('已经写下，两边都会收到通知。')).toBeVisible();
    await elder.goto(`/received/${requestId}/complain`);
    await expect(elder.getByText(/签到记录为三十分钟/)).toBeVisible();
  });
});

test('a visit that was broken off waits for whoever calls, and counts when somebody says that it took place', async ({
  browser,
}) => {
  // The schedule, which runs once a minute, brings it into the list.
  test.slow();
  const people = await cast(browser);
  const { coordinator, volunteer, elder } = people;
  const { requestId, path } = await aBegunVisit(people);
  nowMs = (await pass(20)).getTime();
  await send(volunteer, `${path}/abort`, { commandId: ids.command(), reason: 'unwell', note: '老人说头晕' });
  const row = rowOf(coordinator, path);
  await expect(async () => {
    await coordinator.goto('/desk/callbacks');
    await expect(row).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 150_000 });
  await row.locator('summary', { hasText: '老人怎么说？' }).click();
  await row.getByLabel('来过', { exact: true }).check();
  await row.getByLabel('备注（可以不写）').fill('女儿接的电话');
  await row.getByRole('button', { name: '记下来' }).click();
  await expect(coordinator.getByText('已经记下。')).toBeVisible();
  await expect(row).toHaveCount(0);
  const counted = await elder.request.get(`/api${path}`);
  expect(await counted.json()).toMatchObject({ requestId, state: 'settled' });
});
