/** Every word of the payment page, in each of its languages. */

/** The units in which Stripe counts how often something is paid. */
export type Unit = 'day' | 'month' | 'week' | 'year';

const zhUnits: { readonly [U in Unit]: string } = { day: '天', month: '月', week: '周', year: '年' };

const en = {
  abandon: 'Leave without paying',
  afterwards: 'Or pay, and see what comes afterwards',
  amountDue: 'Amount due',
  awaitedText: 'Whether the money arrives is known in a few minutes here, and in a few days in real life. There is nothing more to do on this page.',
  awaitedTitle: 'Your bank has been asked',
  back: 'Go back',
  bandNote: 'Nothing here is real: no card is charged and no money moves.',
  bandTitle: 'Test mode',
  card: 'Card',
  cardNote: 'A made-up card, filled in for you.',
  code: 'Promotion code',
  codeApply: 'Apply',
  codeRemove: 'Remove the code',
  codeWrong: 'This code cannot be used here.',
  console: 'Console',
  completeTitle: 'This is already paid',
  completeText: 'The payment went through. There is nothing more to do here, and you were charged once.',
  completeAction: 'Continue',
  discount: 'Discount',
  declinedText: 'Nothing was charged. You can pay again with the same card, or leave.',
  declinedTitle: 'The card was declined',
  email: 'E-mail',
  emailHint: 'Your receipt would go here.',
  emailInvalid: 'Write an e-mail address, like name@example.com.',
  every: (amount: string, count: number, unit: Unit) => `${amount} every ${count === 1 ? unit : `${count} ${unit}s`}`,
  expiredTitle: 'This page has expired',
  expiredText: 'The time to pay ran out, and nothing was charged. Go back to start again.',
  free: 'Nothing to pay',
  freePay: 'Complete the order',
  missingTitle: 'There is no such payment page',
  missingText: 'The address is incomplete or wrong. Open the link again from where you found it.',
  notHere: 'You cannot go back from here. You can close this page.',
  otherEndings: 'Or see how it ends otherwise',
  outcomes: {
    pay: 'Pay',
    decline: 'Decline the card',
    secure: 'Ask for 3-D Secure',
    debit: 'Bank debit that arrives',
    'debit-fails': 'Bank debit that fails',
    dispute: 'Card that disputes it',
    'refund-waits': 'Card with slow refunds',
    'refund-fails': 'Card whose refunds fail',
  },
  pageTitle: 'Checkout',
  pay: (amount: string) => `Pay ${amount}`,
  payTitle: 'Payment',
  proofFails: 'I cannot prove it',
  proofText: 'In real life this is a code, or a tap in the bank’s app. Nothing is charged before it.',
  proofTitle: 'Your bank asks whether it is you',
  prove: 'Yes, it is me',
  quantity: (count: string, each: string) => `${count} × ${each}`,
  startTrial: 'Start the trial',
  subscribe: (amount: string) => `Subscribe for ${amount}`,
  summary: 'Your order',
  timeLeft: (span: string) => `You can pay here for another ${span}.`,
  trialFree: (days: number) => (days === 1 ? 'Free for one day' : `Free for ${days} days`),
  trialThen: (rhythm: string) => `Then ${rhythm}, until you cancel.`,
  unnamed: 'Item',
  unprovenTitle: 'The bank did not get its proof',
};

/** The words of one language. */
export type Words = typeof en;

const zhCN: Words = {
  abandon: '不付款，返回',
  afterwards: '或者付款，再看之后会发生什么',
  amountDue: '应付金额',
  awaitedText: '款项是否到账，在这里几分钟后就知道，现实中需要几天。您在此页面无需再做任何操作。',
  awaitedTitle: '已向您的银行发出请求',
  back: '返回',
  bandNote: '这里的一切都不是真的：不会扣款，也不会有资金往来。',
  bandTitle: '测试模式',
  card: '银行卡',
  cardNote: '虚构的测试卡，已为您填好。',
  code: '优惠码',
  codeApply: '使用',
  codeRemove: '取消优惠码',
  codeWrong: '此优惠码不能用于这笔订单。',
  console: '控制台',
  completeTitle: '这笔订单已付款',
  completeText: '付款已成功，只收取了一次，您无需再做任何操作。',
  completeAction: '继续',
  discount: '优惠',
  declinedText: '没有扣款。您可以用同一张卡再试一次，或者离开。',
  declinedTitle: '银行卡被拒绝',
  email: '电子邮箱',
  emailHint: '收据会寄到这里。',
  emailInvalid: '请填写电子邮箱地址，例如 name@example.com。',
  every: (amount, count, unit) => (count === 1 ? `每${zhUnits[unit]} ${amount}` : `每 ${count} ${unit === 'month' ? '个' : ''}${zhUnits[unit]} ${amount}`),
  expiredTitle: '此页面已过期',
  expiredText: '付款时间已过，没有扣款。请返回后重新开始。',
  free: '无需付款',
  freePay: '完成订单',
  missingTitle: '没有这个付款页面',
  missingText: '网址不完整或有误。请从原来的地方重新打开链接。',
  notHere: '无法从这里返回，您可以关闭此页面。',
  otherEndings: '或者看看其他结果',
  outcomes: {
    pay: '支付',
    decline: '拒绝这张卡',
    secure: '要求 3-D Secure 验证',
    debit: '银行扣款：之后到账',
    'debit-fails': '银行扣款：之后失败',
    dispute: '之后会被拒付的卡',
    'refund-waits': '退款较慢的卡',
    'refund-fails': '退款会失败的卡',
  },
  pageTitle: '收银台',
  pay: (amount) => `支付 ${amount}`,
  payTitle: '付款',
  proofFails: '我无法验证',
  proofText: '现实中这会是验证码，或在银行应用里点一下确认。在此之前不会扣款。',
  proofTitle: '您的银行需要确认是您本人',
  prove: '是我本人',
  quantity: (count, each) => `${count} × ${each}`,
  startTrial: '开始试用',
  subscribe: (amount) => `订阅并支付 ${amount}`,
  summary: '您的订单',
  timeLeft: (span) => `您还可以在${span}内付款。`,
  trialFree: (days) => `免费试用 ${days} 天`,
  trialThen: (rhythm) => `之后${rhythm}，可随时取消。`,
  unnamed: '商品',
  unprovenTitle: '银行未能确认您的身份',
};

/** The languages of the page, by their BCP 47 tags. */
export const languages = { en, 'zh-CN': zhCN } as const;

/** A language that the page speaks. */
export type Language = keyof typeof languages;

/** The page's language for a session's locale: Chinese for any Chinese, English for the rest; `null` when it does not say. */
export function languageOf(locale: string | null): Language | null {
  if (locale === null || locale === 'auto') return null;
  return locale.startsWith('zh') ? 'zh-CN' : 'en';
}
