/** Every word of the customer portal, in each of its languages. */
import type { Language } from './words.js';

const en = {
  back: 'Go back',
  cancel: 'Cancel',
  cancelConfirm: 'Yes, cancel it',
  cancelText: (date: string) => `You keep everything until ${date}; nothing is charged after that.`,
  card: 'Card',
  cardGood: 'Use a card that works',
  cardAsks: 'Use a card whose bank always asks for proof',
  cardBad: 'Use a card that will be declined',
  cardNone: 'You have no card on file.',
  cardNote: 'Made-up cards, to see how the shop takes it.',
  changed: 'Your change is made.',
  declined: 'The card was declined, and nothing was changed. Use another card and try again.',
  dueNow: (amount: string) => `${amount} due now`,
  credit: (amount: string) => `${amount} in credit for later`,
  endsOn: (date: string) => `Ends on ${date}`,
  invoices: 'Invoices',
  invoicesNone: 'There are no invoices yet.',
  keep: 'Keep it',
  missingTitle: 'This page has expired',
  missingText: 'For your safety it can be used for one hour. Open it again from where you found it.',
  pageTitle: 'Manage your subscription',
  pay: (amount: string) => `Pay ${amount}`,
  plans: 'Change the plan',
  refused: 'That cannot be done now. Nothing was changed.',
  renewsOn: (date: string) => `Renews on ${date}`,
  status: {
    active: 'Active', canceled: 'Canceled', incomplete: 'Not paid yet', incomplete_expired: 'Never paid', past_due: 'Payment failed',
    paused: 'Paused', trialing: 'Free trial', unpaid: 'Not paid',
  },
  invoiceStatus: { draft: 'Upcoming', open: 'To be paid', paid: 'Paid', uncollectible: 'Given up', void: 'Void' },
  subscriptionsNone: 'You have no subscription now.',
  switchTo: (plan: string) => `Switch to ${plan}`,
  trialUntil: (date: string) => `Free until ${date}, then paid`,
};

/** The words of one language. */
export type PortalWords = typeof en;

const zhCN: PortalWords = {
  back: '返回',
  cancel: '取消订阅',
  cancelConfirm: '确认取消',
  cancelText: (date) => `您的权益保留到${date}，之后不再扣款。`,
  card: '银行卡',
  cardGood: '换成可用的卡',
  cardAsks: '换成每次都要求银行验证的卡',
  cardBad: '换成会被拒绝的卡',
  cardNone: '您还没有添加银行卡。',
  cardNote: '均为虚构的测试卡，用来查看不同的结果。',
  changed: '更改已生效。',
  declined: '银行卡被拒绝，未作任何更改。请换一张卡再试。',
  dueNow: (amount) => `现在需支付 ${amount}`,
  credit: (amount) => `${amount} 将抵扣以后的账单`,
  endsOn: (date) => `将于${date}结束`,
  invoices: '账单',
  invoicesNone: '还没有账单。',
  keep: '继续订阅',
  missingTitle: '此页面已过期',
  missingText: '为了您的安全，此页面的有效期为一小时。请从原来的地方重新打开。',
  pageTitle: '管理订阅',
  pay: (amount) => `支付 ${amount}`,
  plans: '更换方案',
  refused: '现在无法这样做，未作任何更改。',
  renewsOn: (date) => `将于${date}续订`,
  status: {
    active: '生效中', canceled: '已取消', incomplete: '尚未付款', incomplete_expired: '未曾付款', past_due: '扣款失败',
    paused: '已暂停', trialing: '免费试用', unpaid: '未付款',
  },
  invoiceStatus: { draft: '待生成', open: '待支付', paid: '已支付', uncollectible: '无法收取', void: '已作废' },
  subscriptionsNone: '您目前没有订阅。',
  switchTo: (plan) => `改为 ${plan}`,
  trialUntil: (date) => `免费试用至${date}，之后开始收费`,
};

/** The languages of the portal, by their BCP 47 tags. */
export const portalLanguages: { readonly [L in Language]: PortalWords } = { en, 'zh-CN': zhCN };
