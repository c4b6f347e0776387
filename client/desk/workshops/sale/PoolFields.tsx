import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { withoutPool, type PoolDraft, type SaleDraft } from './saleDraft.js';
import styles from '../../desk.module.css';

export interface PoolFieldsProps {
  sale: SaleDraft;
  onChange: (sale: SaleDraft) => void;
  /** What is wrong with a field, named by its path as `pools.0.capacity`. */
  check: (field: string) => string | false;
}

/** The seats: one number, or several pools with a name each. */
export function PoolFields({ sale, onChange, check }: PoolFieldsProps) {
  const { t } = useTranslation('desk');
  const { pools } = sale;
  const change = (key: string, part: Partial<PoolDraft>) => onChange({ ...sale, pools: pools.map((pool) => (pool.key === key ? { ...pool, ...part } : pool)) });
  const isOnly = pools.length === 1;
  return pools.map((pool, place) => (
    <div key={pool.key} className={styles['row']} data-fields={isOnly ? 1 : 2}>
      {!isOnly && <TextInput label={t('sale.poolName', { number: place + 1 })} required value={pool.name} error={check(`pools.${place}.name`) || check('pools')} onChange={(event) => change(pool.key, { name: event.currentTarget.value })} />}
      <TextInput inputMode="numeric" label={isOnly ? t('sale.seatsOfAll') : t('publish.capacity')} required value={pool.capacity} error={check(`pools.${place}.capacity`)} onChange={(event) => change(pool.key, { capacity: event.currentTarget.value })} />
      {!isOnly && (
        <Tooltip label={t('sale.dropPool', { number: place + 1 })}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('sale.dropPool', { number: place + 1 })} onClick={() => onChange(withoutPool(sale, pool.key))}><IconTrash size={18} /></ActionIcon>
        </Tooltip>
      )}
    </div>
  ));
}
