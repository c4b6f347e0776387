import { UnstyledButton } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import type { MeView } from '../../../shared/contracts/members.js';
import { Face } from '../../presence/PersonFace.js';
import styles from './MeMenu.module.css';

type MeButtonProps = ComponentProps<'button'> & { me: MeView };

/** My face, name and tier: the button that opens what concerns only me. Everything else is the button's own. */
export function MeButton({ me, ...button }: MeButtonProps) {
  return (
    <UnstyledButton {...button} className={styles['me']}>
      <Face person={me} standing={me.status} />
      <span className={styles['who']}>
        <span className={styles['name']}>{me.name}</span>
        <span className={styles['tier']}>{me.tier.name}</span>
      </span>
      <IconSelector size={16} aria-hidden="true" />
    </UnstyledButton>
  );
}
