import { useTranslation } from 'react-i18next';
import type { PriceWhy } from '../../../shared/contracts/selling.js';
import type { Money } from '../../../shared/money.js';
import { usePriceWords } from '../../tickets/usePriceWords.js';
import { useFormat } from '../../ui/format.js';
import styles from './sale.module.css';

/** A price, what everybody pays where that is more, and why it is less. */
export function Price({ price, why, size }: { price: Money; why: PriceWhy; size: 'large' | 'small' }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const words = usePriceWords().why(why, price.currency);
  const isLess = price.amount < why.list;
  return (
    <span className={styles['price']} data-size={size}>
      <span className="tabular">
        <b>{price.amount === 0 ? t('box.free') : format.money(price)}</b>
        {isLess && <> <span className="unseen">{t('sale.insteadOf')}</span> <s>{format.money({ ...price, amount: why.list })}</s></>}
        {size === 'large' && price.amount > 0 && <> <span className="meta">{t('box.perSeat')}</span></>}
      </span>
      {words.map((line) => <span key={line} className={styles['why']}>{line}</span>)}
    </span>
  );
}
