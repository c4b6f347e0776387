import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RuleFields } from './RuleFields.js';
import type { PoolDraft, TypeDraft } from './saleDraft.js';
import styles from '../../desk.module.css';

export interface TypeFieldsProps {
  type: TypeDraft;
  pools: PoolDraft[];
  place: number;
  onChange: (part: Partial<TypeDraft>) => void;
  onDrop: () => void;
  check: (field: string) => string | false;
}

/** One kind of ticket among several. */
export function TypeFields({ type, pools, place, onChange, onDrop, check }: TypeFieldsProps) {
  const { t } = useTranslation('desk');
  const path = `types.${place}`;
  const title = t('sale.type', { number: place + 1 });
  const poolNames = pools.map(({ key, name }, index) => ({ value: key, label: name || t('sale.pool', { number: index + 1 }) }));
  return (
    <fieldset className={styles['group']}>
      <legend className="unseen">{title}</legend>
      <div className={styles['groupHead']}>
        <b aria-hidden>{title}</b>
        <Tooltip label={t('sale.dropType', { number: place + 1 })}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('sale.dropType', { number: place + 1 })} onClick={onDrop}><IconTrash size={18} /></ActionIcon>
        </Tooltip>
      </div>
      <div className={pools.length > 1 ? styles['triple'] : styles['pair']}>
        <TextInput label={t('sale.name')} required value={type.name} error={check(`${path}.name`) || check('types')} onChange={(event) => onChange({ name: event.currentTarget.value })} />
        <TextInput inputMode="decimal" label={t('publish.price')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={pools.length === 1 && t('publish.priceHint')} value={type.price} error={check(`${path}.price`)} onChange={(event) => onChange({ price: event.currentTarget.value })} />
        {pools.length > 1 && <NativeSelect label={t('sale.seatsFrom')} data={poolNames} value={type.pool} error={check(`${path}.pool`)} onChange={(event) => onChange({ pool: event.currentTarget.value })} />}
      </div>
      <RuleFields type={type} path={path} onChange={(rules) => onChange({ rules })} check={check} />
    </fieldset>
  );
}
