/**
 * A room, as two people use it: an organizer at a desk, in English and light; a supporter on a phone, in Chinese and dark.
 * They write code, edit, react, reply, open a thread, pin, link, go to a day, and delete.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { seriousFaults } from './steps/axe.js';
import { signIn } from './steps/signIn.js';
import { tellOfFailure } from './steps/tellOfFailure.js';
import { speakChinese } from './steps/speakChinese.js';

const code = 'Sketch, @Wei Zhang 张伟:\n```rust\nlet buf = ring.lend(4096);\n```\nand <img src=x onerror=alert(1)> as it is';

let house: DemoHouse;
let ines: Person;
let wei: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  [ines, wei] = [await house.crowd.person({ width: 1280 }), await house.crowd.person({ colorScheme: 'dark', width: 390, height: 844 })];
  await ines.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

afterAll(() => house?.close());

/** The first message with these words; a reply that quotes them comes after it. */
function rowWith(page: Page, words: string): Locator {
  return page.getByRole('article').filter({ hasText: words }).first();
}

/** Writes in the field that is open under this name, and sends. */
async function say(page: Page, field: string, words: string): Promise<void> {
  await page.getByRole('textbox', { name: field }).fill(words);
  await page.getByRole('textbox', { name: field }).press('Enter');
}

async function expectFocusIn(row: Locator): Promise<void> {
  await expect.poll(() => row.evaluate((element) => element.contains(document.activeElement))).toBe(true);
}

/** Does something from the list of all acts, as the keyboard opens it. */
async function act(page: Page, row: Locator, name: string): Promise<void> {
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

it('a room is written in, changed, answered, linked to and cleaned up by two people', async () => {
  tellOfFailure('chatRoom', { ines, wei });
  const { password } = house;
  await signIn(ines, 'organizer@rivet.example', password);
  await signIn(wei, 'supporter@rivet.example', password);
  await speakChinese(wei);
  await ines.page.goto('/');
  await ines.page.getByRole('link', { name: 'general' }).first().click();
  await ines.page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  const room = new URL(ines.page.url()).pathname;
  await wei.page.goto(room);
  await wei.page.getByRole('textbox', { name: '发消息到 #general' }).waitFor();

  // Code is coloured, a name is a chip, a tag is text.
  await say(ines.page, 'Message #general', code);
  const sketch = rowWith(wei.page, 'Sketch');
  await sketch.locator('[data-tone="keyword"]', { hasText: 'let' }).waitFor();
  await sketch.locator('[data-mine="true"]', { hasText: '@Wei Zhang 张伟' }).waitFor();
  await sketch.getByText('<img src=x onerror=alert(1)>').waitFor();
  expect(await sketch.locator('img').count()).toBe(0);

  // An edit is seen, with what it said before.
  await rowWith(ines.page, 'Sketch').locator('[data-tone="keyword"]').waitFor();
  await expect.poll(() => ines.page.getByText('Sending').count()).toBe(0);
  await ines.page.getByRole('textbox', { name: 'Message #general' }).press('ArrowUp');
  await ines.page.getByText('Editing your message').waitFor();
  await say(ines.page, 'Message #general', code.replace('4096', '8192'));
  await sketch.getByRole('button', { name: '已编辑' }).click();
  await wei.page.getByRole('dialog').getByText('4096').waitFor();
  await wei.page.keyboard.press('Escape');
  await wei.page.getByRole('dialog').waitFor({ state: 'detached' });

  // A reaction, and a reply with its quote.
  await act(wei.page, sketch, '赞');
  const reaction = rowWith(ines.page, 'Sketch').getByRole('button', { name: 'thumbs up, 1 person' });
  await reaction.hover();
  await ines.page.getByRole('tooltip', { name: 'Wei Zhang 张伟' }).waitFor();
  await act(wei.page, sketch, '回复');
  await wei.page.getByText('回复 Ines Carvalho').waitFor();
  await wei.page.getByRole('textbox', { name: '发消息到 #general' }).fill('取消之后呢？ :tad');
  await wei.page.getByRole('option', { name: '撒花' }).waitFor();
  await wei.page.keyboard.press('Enter');
  await wei.page.keyboard.press('Enter');
  const question = rowWith(ines.page, '取消之后呢');
  await question.getByRole('button', { name: /In reply to\s*Ines Carvalho\s*Sketch/ }).waitFor();
  // She saw it come.
  expect(await ines.page.getByText('New since you were here').count()).toBe(0);

  // A thread: beside the room at the desk, over it on the phone.
  await question.hover();
  await question.getByRole('button', { name: 'Reply in a thread' }).click();
  await ines.page.waitForURL(/\/threads\/[0-9a-f]{24}$/);
  await say(ines.page, 'Reply in this thread', 'The slot is *parked* until the kernel answers.');
  await wei.page.getByRole('button', { name: /1 条回复/ }).click();
  await wei.page.getByRole('region', { name: '话题' }).getByText('parked').waitFor();
  await say(wei.page, '在话题中回复', '明白了');
  await rowWith(ines.page, '明白了').waitFor();
  await ines.page.getByRole('button', { name: /2 replies/ }).waitFor();
  expect(await seriousFaults(ines)).toEqual([]);
  expect(await seriousFaults(wei)).toEqual([]);
  await wei.page.getByRole('region', { name: '话题' }).getByRole('button', { name: '返回' }).click();

  // A pin, and the way from it to where it was said.
  await ines.page.getByRole('textbox', { name: 'Reply in this thread' }).press('Escape');
  await ines.page.waitForURL((url) => url.pathname === room);
  await expectFocusIn(question);
  await rowWith(ines.page, 'Sketch').focus();
  await ines.page.keyboard.press('p');
  await rowWith(wei.page, 'Sketch').getByText('已置顶').waitFor();
  await wei.page.getByRole('button', { name: '房间的更多操作' }).click();
  await wei.page.getByRole('button', { name: '置顶消息' }).click();
  await wei.page.getByRole('button', { name: '查看原消息' }).click();
  await wei.page.locator('article[data-target="true"]', { hasText: 'Sketch' }).waitFor();

  // A link to a message leads a newcomer's page there; a day leads to the first message of it.
  await rowWith(ines.page, '取消之后呢').focus();
  await ines.page.keyboard.press('l');
  await ines.page.getByText('Link copied').waitFor();
  const link = await ines.page.evaluate(() => navigator.clipboard.readText());
  await ines.page.goto(link);
  await expectFocusIn(ines.page.locator('article[data-target="true"]', { hasText: '取消之后呢' }));
  await ines.page.getByRole('button', { name: 'Go to a day' }).click();
  await ines.page.getByRole('button', { name: 'Go there' }).click();
  await ines.page.locator('article[data-target="true"]', { hasText: 'Welcome to the guild' }).waitFor();

  // Deleted by a moderator, after a plain question: the words go, the thread stays.
  const gone = rowWith(ines.page, '取消之后呢');
  await gone.hover();
  await gone.getByRole('button', { name: 'More' }).click();
  await ines.page.getByRole('menuitem', { name: 'Delete' }).click();
  await ines.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  const tombstone = rowWith(wei.page, '管理员删除了这条消息');
  await tombstone.getByRole('button', { name: /2 条回复/ }).waitFor();
  expect(await wei.page.getByText('取消之后呢').count()).toBe(0);

  expect([...ines.complaints, ...wei.complaints]).toEqual([]);
});
