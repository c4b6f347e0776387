import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteMutation } from '../../api/useRoute.js';
import { tickets, type PriceQuote } from '../../../shared/contracts/tickets.js';
import { useFailureWords } from '../../ui/ErrorNote.js';
import styles from './sale.module.css';

export interface CouponFieldProps {
  workshopId: string;
  typeKey: string;
  /** What it costs with a code; null while none is taken. */
  quote: PriceQuote | null;
  onQuote: (quote: PriceQuote | null) => void;
}

/** A coupon's code: asked for when somebody says that they have one, and judged by the server before anything is held. */
export function CouponField({ workshopId, typeKey, quote, onQuote }: CouponFieldProps) {
  const { t } = useTranslation('workshops');
  const words = useFailureWords();
  const ask = useRouteMutation(tickets.quote);
  const [isOpen, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The button that opened it is gone, and with it the place where the keyboard was.
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  if (quote?.why.coupon) return <Button variant="subtle" color="gray" size="sm" onClick={() => onQuote(null)}>{t('sale.withoutCode', { code: quote.why.coupon.code })}</Button>;
  if (!isOpen) return <Button variant="subtle" size="sm" onClick={() => setOpen(true)}>{t('sale.haveCode')}</Button>;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') ask.mutate({ product: { kind: 'seat', workshopId, typeKey }, couponCode: code }, { onSuccess: onQuote });
  };
  const wrong = ask.error ? words(ask.error) : ask.data && !ask.data.why.coupon ? t('sale.codeNotNeeded') : null;
  return (
    <form className={styles['coupon']} onSubmit={apply} noValidate>
      <TextInput
        label={t('sale.code')} value={code} maxLength={32} autoComplete="off" autoCapitalize="characters" spellCheck={false} error={wrong} ref={field}
        onChange={(event) => {
          ask.reset();
          setCode(event.currentTarget.value);
        }}
      />
      <Button type="submit" variant="default" loading={ask.isPending}>{t('sale.apply')}</Button>
    </form>
  );
}
