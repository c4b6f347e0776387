import { formatMoney } from '../../../shared/money.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { Order, type OrderDocument } from '../../models/order.js';
import type { Letter } from '../../platform/mail.js';

/** Writes to a buyer, once, that their money came too late and goes back, and what for: the workshop had ended, or no seat was left. That the letter fails stops nothing. */
export async function sendLateLetter(deps: Deps, order: OrderDocument, hasEnded: boolean): Promise<void> {
  const claimed = await Order.findOneAndUpdate({ _id: order._id, lateMailAt: null }, { $set: { lateMailAt: deps.now() } }).lean();
  const buyer = claimed && (await Member.findById(order.memberId).lean());
  if (!buyer) return;
  const price = formatMoney(order.price.amount, order.price.currency, buyer.language);
  const words = { title: order.workshopTitle, price, hasEnded, link: `${deps.publicUrl}/orders/${String(order._id)}` };
  await deps.mail.send({ to: buyer.email, ...letters[buyer.language](words) }).catch((error: unknown) => deps.log.error({ err: error, orderId: String(order._id) }, 'a letter about late money was not sent'));
}

interface Words {
  title: string;
  price: string;
  link: string;
  hasEnded: boolean;
}

const letters: Record<'en' | 'zh-CN', (words: Words) => Omit<Letter, 'to'>> = {
  en: ({ title, price, link, hasEnded }) => ({
    subject: `Your payment for “${title}” is coming back`,
    text: `Your payment of ${price} for “${title}” reached us ${hasEnded ? 'after the workshop had ended' : 'after the time your seat was kept for you, and by then no seat was left'}.\n\nWe are returning the whole amount to where it came from; banks take up to ten days to show it. You need not do anything.\n\nYour order: ${link}\n`,
  }),
  'zh-CN': ({ title, price, link, hasEnded }) => ({
    subject: `您为“${title}”支付的款项将退回`,
    text: `您为“${title}”支付的 ${price} ${hasEnded ? '在活动结束之后才到账' : '在席位保留时间之后才到账，此时已没有空余席位'}。\n\n我们会将全部款项退回您付款时使用的账户，银行最多需要十天才能显示到账。您无需进行任何操作。\n\n您的订单：${link}\n`,
  }),
};
