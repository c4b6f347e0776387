import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import { Language } from '../../shared/roles.js';
import { becomeOrganizer, useSession } from '../api/session.js';
import { useRouteQuery } from '../api/useRoute.js';
import { AuthFrame } from './AuthFrame.js';
import { PersonForm } from './PersonForm.js';

/** `/setup?token=…`: the link the first start prints; whoever opens it becomes the first organizer. */
export function SetupPage() {
  const { t, i18n } = useTranslation('members');
  const { status } = useSession();
  const token = useSearchParams()[0].get('token') ?? '';
  const needsOrganizer = useRouteQuery(community.show, {}).data?.needsOrganizer;
  if (status === 'in') return <Navigate replace to="/" />;
  if (needsOrganizer === false || token === '') {
    return (
      <AuthFrame title={t('setup.closedTitle')} text={t('setup.closedText')}>
        <Anchor component={Link} to="/sign-in">
          {t('join.signIn')}
        </Anchor>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('setup.title')} text={t('setup.text')}>
      <PersonForm person="new" submitLabel={t('setup.submit')} submit={(values) => becomeOrganizer({ ...values, token, language: Language.parse(i18n.language) })} />
    </AuthFrame>
  );
}
