import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import { signIn, useSession } from '../api/session.js';
import { AuthFrame } from './AuthFrame.js';
import { nextPath } from './nextPath.js';
import { PersonForm } from './PersonForm.js';

/** `/sign-in`: for those who have an account; leads back to where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation('members');
  const { status } = useSession();
  const { search } = useLocation();
  if (status === 'in') return <Navigate replace to={nextPath(search)} />;
  const footer = (
    <>
      {t('signIn.noAccount')}{' '}
      <Anchor component={Link} underline="always" to={`/join${search}`}>
        {t('signIn.join')}
      </Anchor>
    </>
  );
  return (
    <AuthFrame title={t('signIn.title')} footer={footer}>
      <PersonForm person="known" submitLabel={t('signIn.submit')} submit={({ email, password }) => signIn({ email, password })} />
    </AuthFrame>
  );
}
