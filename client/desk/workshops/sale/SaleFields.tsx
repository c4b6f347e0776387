import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../../shared/limits.js';
import { offeredCurrencies } from '../price.js';
import { PoolFields } from './PoolFields.js';
import { RuleFields } from './RuleFields.js';
import { withoutType, withPool, withType, type SaleDraft, type TypeDraft } from './saleDraft.js';
import { TypeFields } from './TypeFields.js';
import styles from '../../desk.module.css';

export interface SaleFieldsProps {
  sale: SaleDraft;
  onChange: (sale: SaleDraft) => void;
  /** What is wrong with a field, named by its path as `types.0.price`. */
  check: (field: string) => string | false;
  /** It is on sale already: its currency stays. */
  isOnSale?: boolean;
}

/** What is sold: one kind of ticket in three fields, and more of all when it is asked for. */
export function SaleFields({ sale, onChange, check, isOnSale = false }: SaleFieldsProps) {
  const { t } = useTranslation('desk');
  const { types, pools } = sale;
  const [only] = types;
  const change = (key: string, part: Partial<TypeDraft>) => onChange({ ...sale, types: types.map((type) => (type.key === key ? { ...type, ...part } : type)) });
  return (
    <>
      {types.length === 1 && only ? (
        <>
          <OnlyTicket sale={sale} only={only} onChange={onChange} check={check} isOnSale={isOnSale} />
          <RuleFields type={only} path="types.0" onChange={(rules) => change(only.key, { rules })} check={check} />
        </>
      ) : (
        <>
          {!isOnSale && <Currency sale={sale} onChange={onChange} />}
          {types.map((type, place) => <TypeFields key={type.key} type={type} pools={pools} place={place} onChange={(part) => change(type.key, part)} onDrop={() => onChange(withoutType(sale, type.key))} check={check} />)}
          <PoolFields sale={sale} onChange={onChange} check={check} />
        </>
      )}
      <div className={styles['more']}>
        {types.length < limits.ticketTypesMax && <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onChange(withType(sale))}>{t('sale.addType')}</Button>}
        {types.length > pools.length && <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onChange(withPool(sale))}>{t('sale.addPool')}</Button>}
      </div>
    </>
  );
}

/** The currency of all its prices. */
function Currency({ sale, onChange }: Pick<SaleFieldsProps, 'sale' | 'onChange'>) {
  const { t } = useTranslation('desk');
  return <NativeSelect label={t('publish.currency')} data={offeredCurrencies.map((value) => ({ value, label: value.toUpperCase() }))} value={sale.currency} onChange={(event) => onChange({ ...sale, currency: event.currentTarget.value })} />;
}

function OnlyTicket({ sale, only, onChange, check, isOnSale = false }: SaleFieldsProps & { only: TypeDraft }) {
  const { t } = useTranslation('desk');
  const [pool] = sale.pools;
  return (
    <div className={isOnSale ? styles['pair'] : styles['triple']}>
      <TextInput
        inputMode="decimal" label={t('publish.price')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('publish.priceHint')} value={only.price} error={check('types.0.price')}
        onChange={(event) => onChange({ ...sale, types: [{ ...only, price: event.currentTarget.value }] })}
      />
      {!isOnSale && <Currency sale={sale} onChange={onChange} />}
      <TextInput
        inputMode="numeric" label={t('publish.capacity')} required value={pool?.capacity ?? ''} error={check('pools.0.capacity')}
        onChange={(event) => onChange({ ...sale, pools: pool ? [{ ...pool, capacity: event.currentTarget.value }] : [] })}
      />
    </div>
  );
}
