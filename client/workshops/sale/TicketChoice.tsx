import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketTypeView } from '../../../shared/contracts/selling.js';
import { Price } from './Price.js';
import { usePriceForMe } from './usePriceForMe.js';
import styles from './sale.module.css';

export interface TicketChoiceProps {
  types: TicketTypeView[];
  currency: string;
  chosen: string;
  onChoose: (typeKey: string) => void;
}

/** The kinds of ticket, each with its price for the reader and what is left of it. */
export function TicketChoice({ types, currency, chosen, onChoose }: TicketChoiceProps) {
  const { t } = useTranslation('workshops');
  const priceForMe = usePriceForMe();
  return (
    <Radio.Group aria-label={t('sale.which')} value={chosen} onChange={onChoose}>
      <div className={styles['types']}>
        {types.map((type) => {
          const { amount, reason } = priceForMe(type);
          const isSoldOut = type.seatsLeft === 0;
          return (
            <Radio.Card key={type.key} value={type.key} disabled={isSoldOut} className={styles['type']}>
              <Radio.Indicator disabled={isSoldOut} />
              <span className={styles['about']}>
                <b>{type.name}</b>
                <span className="meta tabular">{isSoldOut ? t('box.soldOut') : t('card.seatsLeft', { count: type.seatsLeft })}</span>
              </span>
              <Price size="small" price={{ amount, currency }} why={{ list: type.price, reason, coupon: null }} />
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
