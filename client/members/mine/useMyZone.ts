import { useEffect } from 'react';
import { members } from '../../../shared/contracts/members.js';
import { request } from '../../api/http.js';
import { rememberMe, useSession } from '../../api/session.js';

/** Tells the house in which zone this browser is, so that letters name the times that stand on the member's own clock. */
export function useMyZone(): void {
  const { me } = useSession();
  const known = me?.timeZone;
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    // Where it cannot be told now, it is at the next visit.
    if (known !== undefined && known !== timeZone) request(members.updateProfile, { timeZone }).then(rememberMe, () => undefined);
  }, [known]);
}
