import { IconUserQuestion } from '@tabler/icons-react';
import type { PersonView } from '../../shared/contracts/members.js';
import { Avatar } from '../ui/Avatar.js';

/** Who asked; nobody's face where it was asked anonymously. */
export function AskerFace({ asker }: { asker: PersonView | null }) {
  return asker ? <Avatar person={asker} size="small" /> : <IconUserQuestion size={20} aria-hidden />;
}
