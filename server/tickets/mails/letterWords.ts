/** The words of the letters about a seat, in each language. */
import type { Language } from '../../../shared/roles.js';
import type { SeatLetter } from '../../models/letters/dueLetter.js';
import type { Letter } from '../../platform/mail.js';

/** What a letter may tell, as people read it; what there is nothing to tell of is empty. */
export interface LetterFacts {
  name: string;
  title: string;
  when: string;
  minutes: number;
  price: string;
  /** What goes back. */
  returned: string;
  /** Until when the reader must answer. */
  until: string;
  reason: string;
  keepsSeat: boolean;
  orderLink: string;
  workshopLink: string;
}

type Words = Record<SeatLetter, (facts: LetterFacts) => Pick<Letter, 'subject' | 'text'>>;

/** Paragraphs, without those that have nothing to say. */
const paragraphs = (...parts: string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

const en: Words = {
  receipt: ({ name, title, when, minutes, price, orderLink, workshopLink }) => ({
    subject: `Your seat in “${title}”`,
    text: paragraphs(`Hello ${name},`, `you have a seat in “${title}”.`, `When: ${when} (${minutes} minutes)\n${price === '' ? 'Price: free' : `Paid: ${price}`}`, 'The attached file puts it into your calendar.', `The workshop: ${workshopLink}\nOrder and receipt: ${orderLink}`),
  }),
  day_before: ({ name, title, when, minutes, workshopLink }) => ({
    subject: `Tomorrow: “${title}”`,
    text: paragraphs(`Hello ${name},`, `“${title}” begins in a day.`, `When: ${when} (${minutes} minutes)`, `The way in: ${workshopLink}`),
  }),
  hour_before: ({ name, title, when, workshopLink }) => ({
    subject: `In an hour: “${title}”`,
    text: paragraphs(`Hello ${name},`, `“${title}” begins in an hour, ${when}. The lobby is open: try sound and network there before it starts.`, `The way in: ${workshopLink}`),
  }),
  refund: ({ name, title, returned, reason, keepsSeat, orderLink }) => ({
    subject: `${returned} for “${title}” is coming back to you`,
    text: paragraphs(`Hello ${name},`, `we are returning ${returned} of what you paid for “${title}” to where it came from; banks take up to ten days to show it.`, reason === '' ? '' : `Reason: ${reason}`, keepsSeat ? 'You keep your seat.' : 'Your seat was given back.', `Your order: ${orderLink}`),
  }),
  refund_asks: ({ name, title, returned, until, orderLink }) => ({
    subject: `Your answer is needed: ${returned} for “${title}”`,
    text: paragraphs(`Hello ${name},`, `we are returning ${returned} for “${title}”, and it cannot go back by the way it came. Our payment service, Stripe, has written to you and asks where to send it.`, `Please answer that mail${until === '' ? '' : ` by ${until}`}; look among unwanted mail, too. Without your answer the money comes back to us, and we look for another way.`, `Your order: ${orderLink}`),
  }),
  payment_failed: ({ name, title, price, workshopLink, orderLink }) => ({
    subject: `Your payment for “${title}” did not arrive`,
    text: paragraphs(`Hello ${name},`, `your bank did not pay the ${price} for “${title}”. Nothing was taken from you, and the seat that we kept for you was let go.`, 'You can take a seat again, by card or from another account, as long as one is free.', `The workshop: ${workshopLink}\nYour order: ${orderLink}`),
  }),
  cancelled: ({ name, title, when, returned, reason, orderLink }) => ({
    subject: `“${title}” will not take place`,
    text: paragraphs(`Hello ${name},`, `“${title}” on ${when} was cancelled.`, `Reason: ${reason}`, returned === '' ? '' : `We are returning ${returned} to where it came from; you need not do anything. Banks take up to ten days to show it.`, 'The attached file marks it as cancelled in your calendar.', orderLink === '' ? '' : `Your order: ${orderLink}`),
  }),
};

const zh: Words = {
  receipt: ({ name, title, when, minutes, price, orderLink, workshopLink }) => ({
    subject: `您在“${title}”的座位`,
    text: paragraphs(`${name}，您好：`, `您已订好“${title}”的座位。`, `时间：${when}（${minutes} 分钟）\n${price === '' ? '价格：免费' : `已付款：${price}`}`, '附件可将它加入您的日历。', `工作坊：${workshopLink}\n订单与收据：${orderLink}`),
  }),
  day_before: ({ name, title, when, minutes, workshopLink }) => ({
    subject: `明天：“${title}”`,
    text: paragraphs(`${name}，您好：`, `“${title}”将在一天后开始。`, `时间：${when}（${minutes} 分钟）`, `入口：${workshopLink}`),
  }),
  hour_before: ({ name, title, when, workshopLink }) => ({
    subject: `一小时后：“${title}”`,
    text: paragraphs(`${name}，您好：`, `“${title}”将在一小时后开始（${when}）。候场室已经开放，您可以先测试声音和网络。`, `入口：${workshopLink}`),
  }),
  refund: ({ name, title, returned, reason, keepsSeat, orderLink }) => ({
    subject: `“${title}”的 ${returned} 正在退回给您`,
    text: paragraphs(`${name}，您好：`, `您为“${title}”支付的款项中，${returned} 将原路退回，银行最多需要十天才能显示到账。`, reason === '' ? '' : `原因：${reason}`, keepsSeat ? '座位仍为您保留。' : '您的座位已退回。', `您的订单：${orderLink}`),
  }),
  refund_asks: ({ name, title, returned, until, orderLink }) => ({
    subject: `需要您回复：“${title}”的 ${returned} 退款`,
    text: paragraphs(`${name}，您好：`, `我们正在为“${title}”退款 ${returned}，但这笔钱无法原路退回。我们的支付服务商 Stripe 已给您发送邮件，询问收款账户。`, `请${until === '' ? '' : `在 ${until} 之前`}回复那封邮件，也请查看垃圾邮件。如果没有收到您的答复，款项会退回给我们，我们再另想办法。`, `您的订单：${orderLink}`),
  }),
  payment_failed: ({ name, title, price, workshopLink, orderLink }) => ({
    subject: `您为“${title}”的付款未能到账`,
    text: paragraphs(`${name}，您好：`, `您的银行未能支付“${title}”的 ${price}。没有扣款，为您保留的座位已经释放。`, '只要还有空位，您可以用银行卡或其他账户重新订座。', `工作坊：${workshopLink}\n您的订单：${orderLink}`),
  }),
  cancelled: ({ name, title, when, returned, reason, orderLink }) => ({
    subject: `“${title}”不再举行`,
    text: paragraphs(`${name}，您好：`, `原定于 ${when} 举行的“${title}”已取消。`, `原因：${reason}`, returned === '' ? '' : `${returned} 将原路退回，您无需进行任何操作。银行最多需要十天才能显示到账。`, '附件会在您的日历中将它标为已取消。', orderLink === '' ? '' : `您的订单：${orderLink}`),
  }),
};

export const letterWords: Record<Language, Words> = { en, 'zh-CN': zh };
