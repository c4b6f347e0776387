import { useTranslation } from 'react-i18next';

/** How somebody is called; of someone whose account is gone the words stay, the name does not. */
export function useName(): (person: { name: string }) => string {
  const { t } = useTranslation('messages');
  return ({ name }) => (name === '' ? t('formerMember') : name);
}
