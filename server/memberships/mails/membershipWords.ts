/** The words of the letters about a membership, in each language. */
import type { BillingInterval, MembershipEnd } from '../../../shared/contracts/memberships/memberships.js';
import type { Language } from '../../../shared/roles.js';
import type { MembershipLetter } from '../../models/letters/dueLetter.js';
import type { Letter } from '../../platform/mail.js';

/** What a letter may tell, as people read it; what there is nothing to tell of is empty. */
export interface MembershipLetterFacts {
  name: string;
  tier: string;
  interval: BillingInterval;
  /** What it costs per interval. */
  price: string;
  paid: string;
  owed: string;
  trialEnd: string;
  graceUntil: string;
  endedAt: string;
  endReason: MembershipEnd;
  /** The member's page. */
  link: string;
}

type Words = Record<MembershipLetter, (facts: MembershipLetterFacts) => Pick<Letter, 'subject' | 'text'>>;

const paragraphs = (...parts: string[]): string => `${parts.join('\n\n')}\n`;

const per: Record<Language, Record<BillingInterval, string>> = { en: { month: 'a month', year: 'a year' }, 'zh-CN': { month: '每月', year: '每年' } };

const whyEnded: Record<Language, Record<MembershipEnd, string>> = {
  en: {
    cancelled: 'It ended as you asked. Nothing more will be charged.',
    payment_failed: 'Its last payment did not go through, and nothing more will be charged.',
    trial_used: 'Its card has had a free trial before, so this trial could not begin. Nothing was charged; you can become a member without a trial at any time.',
    not_completed: 'Its checkout was left. Nothing was charged.',
  },
  'zh-CN': {
    cancelled: '它已按您的要求结束，之后不会再扣款。',
    payment_failed: '最近一次付款没有成功，之后不会再扣款。',
    trial_used: '这张银行卡此前已经用过免费试用，因此无法再次试用。没有扣款；您随时可以直接成为付费会员。',
    not_completed: '付款没有完成，没有扣款。',
  },
};

const en: Words = {
  trial_ending: ({ name, tier, trialEnd, price, interval, link }) => ({
    subject: `Your free trial of ${tier} ends on ${trialEnd}`,
    text: paragraphs(`Hello ${name},`, `your free trial of ${tier} ends on ${trialEnd}. Then it costs ${price} ${per.en[interval]}, charged to the card you gave.`, `If you want to go on, you need not do anything. To change your tier, or to end it before anything is charged: ${link}`),
  }),
  membership_paid: ({ name, tier, paid, link }) => ({
    subject: `Your receipt: ${paid} for ${tier}`,
    text: paragraphs(`Hello ${name},`, `we have received ${paid} for your membership ${tier}. Thank you.`, `Your membership, and all invoices: ${link}`),
  }),
  card_failed: ({ name, tier, owed, graceUntil, link }) => ({
    subject: `Your payment for ${tier} did not go through`,
    text: paragraphs(`Hello ${name},`, `${owed} for your membership ${tier} could not be charged to your card. Nothing is closed to you yet: everything stays open until ${graceUntil}.`, `Please mend your card before then: ${link}`),
  }),
  membership_ended: ({ name, tier, endedAt, endReason, link }) => ({
    subject: `Your membership ${tier} has ended`,
    text: paragraphs(`Hello ${name},`, `your membership ${tier} ended on ${endedAt}. ${whyEnded.en[endReason]}`, `Your account stays, and you can come back whenever you like: ${link}`),
  }),
};

const zh: Words = {
  trial_ending: ({ name, tier, trialEnd, price, interval, link }) => ({
    subject: `您的“${tier}”免费试用将于 ${trialEnd} 结束`,
    text: paragraphs(`${name}，您好：`, `您的“${tier}”免费试用将于 ${trialEnd} 结束，之后${per['zh-CN'][interval]} ${price}，从您留下的银行卡扣款。`, `想继续的话，无需任何操作。如需更改等级，或在扣款前结束：${link}`),
  }),
  membership_paid: ({ name, tier, paid, link }) => ({
    subject: `收据：“${tier}”会员 ${paid}`,
    text: paragraphs(`${name}，您好：`, `我们已收到您“${tier}”会员的付款 ${paid}，谢谢您的支持。`, `您的会员信息与全部账单：${link}`),
  }),
  card_failed: ({ name, tier, owed, graceUntil, link }) => ({
    subject: `您的“${tier}”会员付款没有成功`,
    text: paragraphs(`${name}，您好：`, `您的“${tier}”会员费 ${owed} 未能从银行卡扣款。目前一切照常，在 ${graceUntil} 之前都会为您保留。`, `请在此之前更新银行卡：${link}`),
  }),
  membership_ended: ({ name, tier, endedAt, endReason, link }) => ({
    subject: `您的“${tier}”会员资格已结束`,
    text: paragraphs(`${name}，您好：`, `您的“${tier}”会员资格已于 ${endedAt} 结束。${whyEnded['zh-CN'][endReason]}`, `您的账号仍然保留，随时欢迎回来：${link}`),
  }),
};

export const membershipWords: Record<Language, Words> = { en, 'zh-CN': zh };
