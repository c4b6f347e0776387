import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/**
 * Light or dark, for who is not signed in; until it is used, the system decides. Its tooltip is the browser's own: one that
 * floats would be most of what the first page loads beside React.
 */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const name = isDark ? t('toLight') : t('toDark');
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={name} title={name} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
      {isDark ? <IconSun size={19} /> : <IconMoon size={19} />}
    </ActionIcon>
  );
}
